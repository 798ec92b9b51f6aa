"""Marts with the other tax against the oracle, on small shops that hypothesis draws."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies

from tests.warehouse.comparison import find_differences
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.mart_agreement import list_cash_differences
from tests.warehouse.oracle_cash import CashOracle
from tests.warehouse.oracle_development import Development
from tests.warehouse.oracle_episodes import MONTH_KEYS, Walk, frame_episode_months
from tests.warehouse.oracle_outcomes import OutcomeOracle
from tests.warehouse.oracle_returns import ReturnOracle
from tests.warehouse.oracle_worklist import WorklistOracle
from tests.warehouse.recomputation import Recomputation
from tests.warehouse.small_shops import SOURCES, SmallShop, small_shops
from tests.warehouse.taxed_recomputation import OTHER, TaxedRecomputation, Taxes, draw_rates

pytestmark = [pytest.mark.dbt]

IS_PROOF = settings.get_current_profile_name() == "proof"
EXAMPLES = 200 if IS_PROOF else 8
DAYS = ("channel_name", "calendar_date")


@settings(
    max_examples=EXAMPLES,
    derandomize=not IS_PROOF,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink] if IS_PROOF else [Phase.generate],
)
@given(drawn=small_shops(), own=strategies.sampled_from(sorted(OTHER)))
def test_marts_of_the_other_tax(warehouse: CompiledWarehouse, drawn: SmallShop, own: str) -> None:
    rows = draw_rates(drawn.draw_rows())
    taxes = Taxes(rows, sources=SOURCES)
    refunds = [row for row in rows.get("refunds", ()) if taxes.of_refund(row) is not None]
    rows = {**rows, "refunds": refunds} if "refunds" in rows else rows
    tax = OTHER[own]
    warehouse.build(rows, settings={"tax": own, "tax_shown": tax}, sources=SOURCES)
    core = TaxedRecomputation(rows, tax=tax, sources=SOURCES)
    assert compare_marts(warehouse, core) == {}


def compare_marts(warehouse: CompiledWarehouse, core: Recomputation) -> dict[str, list[str]]:
    """What marts and oracles see differently, five rows a mart."""
    developed = Development(core)
    cash = CashOracle(core, developed)
    differences = {
        mart: find_differences(warehouse.read(mart), frame, keys=keys)
        for mart, (frame, keys) in expect_marts(core, developed).items()
    }
    debts = ["as_of_date", "age_class_code", "debt_state_code"]
    outstanding = warehouse.read("rpt_outstanding_refunds").groupby(debts)
    differences |= {
        "cash": list(list_cash_differences(warehouse, cash)),
        "rpt_outstanding_refunds": find_differences(
            outstanding[["return_line_count", "outstanding_amount"]].sum().reset_index(),
            cash.frame_outstanding(),
            keys=debts,
        ),
    }
    return {mart: lines[:5] for mart, lines in differences.items() if lines}


def expect_marts(
    core: Recomputation, developed: Development
) -> dict[str, tuple[pd.DataFrame, list[str]]]:
    """The marts that hold money of order lines and refunds, and what names their rows."""
    walk = Walk(core)
    returns = ReturnOracle(core, developed)
    return {
        "fct_order_lines": (pd.DataFrame(core.list_order_lines()), ["order_line_id"]),
        "fct_return_lines": (core.frame_return_lines(), ["return_line_id"]),
        "fct_episodes": (pd.DataFrame(walk.list_episodes()), ["episode_id"]),
        "rpt_episode_months": (frame_episode_months(walk), list(MONTH_KEYS)),
        "rpt_exchange_days": (
            OutcomeOracle(core, developed).frame_exchange_days(),
            ["exchange_kind_code", *DAYS],
        ),
        "rpt_return_bridge": (returns.frame_bridge(), ["bridge_step_code"]),
        "rpt_refund_days": (returns.frame_refund_days(), ["calendar_date", "method_code"]),
        "rpt_sku_development": (WorklistOracle(developed).frame_skus(), ["sku", "channel_name"]),
        "rpt_sku_returns": (returns.frame_skus(), ["sku", "channel_name"]),
    }
