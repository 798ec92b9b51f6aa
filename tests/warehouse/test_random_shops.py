"""Every mart against an oracle without SQL, on small shops that hypothesis draws.

``make test`` draws a few, always the same; ``make shops`` draws 200, each time others.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.warehouse.comparison import find_differences
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.landed_facts import AS_OF
from tests.warehouse.mart_agreement import (
    list_cash_differences,
    list_change_differences,
    list_estimate_differences,
)
from tests.warehouse.oracle_cash import CashOracle
from tests.warehouse.oracle_development import Development
from tests.warehouse.oracle_episodes import (
    MONTH_KEYS,
    Walk,
    frame_episode_months,
    frame_kept_orders,
)
from tests.warehouse.oracle_outcomes import OutcomeOracle
from tests.warehouse.oracle_returns import ReturnOracle
from tests.warehouse.oracle_sales import SalesOracle
from tests.warehouse.oracle_worklist import WorklistOracle
from tests.warehouse.recomputation import Recomputation
from tests.warehouse.small_shops import SOURCES, SmallShop, small_shops

pytestmark = [pytest.mark.dbt]

IS_PROOF = settings.get_current_profile_name() == "proof"
# A shop takes about 2 seconds, the compilation 10: `make test` has a minute for both.
EXAMPLES = 200 if IS_PROOF else 10


# Lists that runs kept: of yesterday, of a week ago, and of a week before that.
KEPT = pd.DataFrame(
    {
        "level_code": level,
        "style_id": style,
        "sku": sku,
        "excess_count": 1,
        "excess_amount": 900,
        "is_alarm": style == "random-0",
        "as_of_date": AS_OF - timedelta(days=back),
    }
    for back in (1, 7, 14)
    for level, style, sku in (
        ("style", "random-0", None),
        ("style", "random-1", None),
        ("sku", "random-1", "random-1-M-red"),
        ("style", f"never-sold-{back}", None),
    )
)


@settings(
    max_examples=EXAMPLES,
    derandomize=not IS_PROOF,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink] if IS_PROOF else [Phase.generate],
)
@given(drawn=small_shops())
def test_marts(warehouse: CompiledWarehouse, drawn: SmallShop) -> None:
    assert compare_marts(warehouse, drawn) == {}


def compare_marts(warehouse: CompiledWarehouse, drawn: SmallShop) -> dict[str, list[str]]:
    """Build a shop and say what marts and oracles see differently, five rows a mart."""
    rows = drawn.draw_rows()
    warehouse.build(rows, sources=SOURCES, worklist_days=KEPT)
    core = Recomputation(rows, sources=SOURCES)
    developed = Development(core)
    wanted = {
        **expect_development(WorklistOracle(developed)),
        **expect_outcomes(OutcomeOracle(core, developed)),
        **expect_episodes(Walk(core)),
        **expect_sales(SalesOracle(core, developed)),
        **expect_returns(ReturnOracle(core, developed)),
    }
    differences = {
        mart: find_differences(
            expectation.choose(warehouse.read(mart.partition(" ")[0])),
            expectation.frame,
            keys=expectation.keys,
            tolerance=expectation.tolerance,
        )
        for mart, expectation in wanted.items()
    }
    cash = CashOracle(core, developed)
    differences |= {
        "cash": list(list_cash_differences(warehouse, cash)),
        "estimates": list(list_estimate_differences(warehouse)),
        "rpt_worklist_changes": list(list_change_differences(warehouse, KEPT)),
        "rpt_outstanding_refunds": find_differences(
            read_debts(warehouse),
            cash.frame_outstanding(),
            keys=["as_of_date", "age_class_code", "debt_state_code"],
        ),
    }
    return {mart: lines[:5] for mart, lines in differences.items() if lines}


def read_debts(warehouse: CompiledWarehouse) -> pd.DataFrame:
    """rpt_outstanding_refunds, wanted credits and other debts together."""
    keys = ["as_of_date", "age_class_code", "debt_state_code"]
    columns = ["return_line_count", "outstanding_amount"]
    return warehouse.read("rpt_outstanding_refunds").groupby(keys)[columns].sum().reset_index()


class Expectation(NamedTuple):
    """What an oracle says of a mart: its rows, what names them, and how exact doubles are."""

    frame: pd.DataFrame
    keys: list[str]
    tolerance: float = 1e-9
    date_basis: str | None = None

    def choose(self, mart: pd.DataFrame) -> pd.DataFrame:
        """The rows of the mart that the oracle speaks of."""
        return mart[mart["date_basis_code"] == self.date_basis] if self.date_basis else mart


def expect_development(oracle: WorklistOracle) -> dict[str, Expectation]:
    # Base rates and exposures are stored in whole millionths before they are multiplied.
    return {
        "rpt_lag_curves": Expectation(
            oracle.developed.frame_curves(),
            ["category_name", "channel_name", "is_after_policy_change", "age_days"],
            1.1e-6,
        ),
        "rpt_sku_development": Expectation(oracle.frame_skus(), ["sku", "channel_name"]),
        "rpt_category_development": Expectation(
            oracle.frame_categories(), ["as_of_date", "category_name", "channel_name"]
        ),
        "rpt_style_development_weeks": Expectation(
            oracle.frame_weeks(), ["style_id", "week_start_date"], 1e-6
        ),
        "rpt_rate_evidence": Expectation(oracle.frame_evidence(), ["level_code", "group_id"], 1e-6),
        "rpt_worklist": Expectation(
            oracle.frame_worklist(), ["level_code", "style_id", "sku"], 1e-6
        ),
    }


def expect_outcomes(oracle: OutcomeOracle) -> dict[str, Expectation]:
    return {
        "rpt_resolution_days": Expectation(
            oracle.frame_resolution_days(), ["calendar_date", "channel_name"]
        ),
        "rpt_style_exchanges": Expectation(
            oracle.frame_style_exchanges(), ["style_id", "exchange_kind_code", "size_step_count"]
        ),
        "rpt_exchange_days": Expectation(
            oracle.frame_exchange_days(), ["channel_name", "exchange_kind_code", "calendar_date"]
        ),
    }


def expect_episodes(walk: Walk) -> dict[str, Expectation]:
    return {
        "fct_episodes": Expectation(pd.DataFrame(walk.list_episodes()), ["episode_id"]),
        "rpt_episode_months": Expectation(frame_episode_months(walk), list(MONTH_KEYS)),
        "rpt_kept_orders": Expectation(
            frame_kept_orders(walk), ["channel_name", "cohort_month_date"]
        ),
    }


def expect_sales(oracle: SalesOracle) -> dict[str, Expectation]:
    return {
        "rpt_sell_through": Expectation(oracle.frame_sell_through(), ["style_id", "season_name"]),
        "rpt_style_stock": Expectation(oracle.frame_style_stock(), ["style_id", "size_label"]),
        "rpt_stock_asleep": Expectation(
            oracle.frame_stock_asleep(), ["style_id", "grade_code", "age_code"]
        ),
        "rpt_enquiries": Expectation(oracle.frame_enquiries(), ["topic_code", "week_start_date"]),
    }


def expect_returns(oracle: ReturnOracle) -> dict[str, Expectation]:
    days = ["sku", "channel_name", "calendar_date"]
    categories = ["category_name", "channel_name", "calendar_date"]
    return {
        "fct_order_lines": Expectation(
            pd.DataFrame(oracle.core.list_order_lines()), ["order_line_id"]
        ),
        "rpt_sku_returns": Expectation(oracle.frame_skus(), ["sku", "channel_name"]),
        "rpt_sku_return_days cohort": Expectation(
            oracle.frame_cohort_days(), days, date_basis="cohort"
        ),
        "rpt_sku_return_days event": Expectation(oracle.frame_sku_days(), days, date_basis="event"),
        "rpt_category_return_days": Expectation(
            oracle.frame_categories(), categories, date_basis="cohort"
        ),
        "rpt_style_return_weeks": Expectation(
            oracle.frame_weeks(), ["style_id", "channel_name", "week_start_date"]
        ),
        "rpt_style_sizes": Expectation(
            oracle.frame_sizes(), ["style_id", "size_label", "colour_name"]
        ),
        "rpt_bracketing": Expectation(oracle.frame_bracketing(), ["style_id"]),
        "rpt_return_bridge": Expectation(oracle.frame_bridge(), ["bridge_step_code"]),
        "rpt_refund_days": Expectation(
            oracle.frame_refund_days(), ["calendar_date", "method_code"]
        ),
    }
