"""Every mart against an oracle without SQL, on small shops that hypothesis draws.

``make test`` draws a few, always the same; ``make shops`` draws 200, each time others.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from orchestration.policy_drafts import PolicyDrafts
from tests.warehouse.comparison import find_differences
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.expectations import expect_marts
from tests.warehouse.landed_facts import AS_OF
from tests.warehouse.mart_agreement import (
    list_cash_differences,
    list_change_differences,
    list_closing_differences,
    list_estimate_differences,
)
from tests.warehouse.oracle_cash import CashOracle
from tests.warehouse.oracle_development import Development
from tests.warehouse.oracle_replays import draft_rules
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


# Figures with which the two months before the last were closed, each step of the second too.
CLOSED = pd.DataFrame(
    {"month": month, "metric": metric, "amount": amount, "closed_at": pd.Timestamp(f"{month}-28")}
    for month, metric, amount in (
        ("2026-08", "refund_liability", 4000),
        ("2026-09", "refund_liability", 5000),
        ("2026-09", "refunds_to_date", 7000),
        ("2026-09", "roll_forward_opening", 4000),
        ("2026-09", "roll_forward_re_estimates", 1000),
        ("2026-09", "roll_forward_closing", 5000),
    )
)
# One of its shares developed is half a millionth above a whole number of them. hypothesis also
# draws from the constants of the modules at hand, so that a run of one file never saw this shop.
# fmt: off
ORDER_NUMBERS: Final = (
    343, 181, 226, 268, 96, 314, 74, 65535, 1364, 2260, 366, 588, 699, 7098, 6772, 1063, 468, 9,
    15268, 1444, 34323, 1786, 144, 8119, 8006, 65537, 513, 476, 577, 4408, 2742,
)
# fmt: on
HALF_A_MILLIONTH: Final = SmallShop(
    order_numbers=ORDER_NUMBERS,
    missing=frozenset({"bank_payouts", "shipments", "shipment_lines"}),
    policy_days=(),
    is_bulky=False,
    is_closed=False,
)
# Of its three graders the goods of one are never of grade A.
ALWAYS_THE_SAME_GRADE: Final = SmallShop(
    order_numbers=(7836, 1117),
    missing=frozenset(),
    policy_days=(60, 400),
    is_bulky=True,
    is_closed=True,
)
# Marts without an expectation of their own, and what stands for it.
WITHOUT_ORACLE: Final = {
    "rpt_worklist_changes": "list_change_differences says what became of each row kept",
    "rpt_outstanding_refunds": "read_debts sums what CashOracle.frame_outstanding says",
    "rpt_cash_forecast_weeks": "list_forecast_differences: the sums of its days",
    "rpt_roll_forward": "list_cash_differences: refunds of the ledger, steps that sum up",
    "rpt_closings": "list_closing_differences: as they were closed",
    "rpt_conditions": "judges rpt_condition_figures; test_conditions reaches every state",
    "rpt_leak_holes": "sums rpt_leak_parts; test_conditions adds them up",
    "rpt_leak": "passes on the costs; nothing is counted in it",
    "rpt_entities": "counts landed rows; says nothing of what they mean",
    "rpt_files": "passes on what landing wrote of its files; these rows have none",
    "rpt_quarantined_rows": "passes on what landing held back; these rows were never held back",
    "rpt_undecided_keys": "lists versions that contradict each other; these rows have one each",
    "rpt_shop": "passes on the settings",
    "rpt_metrics": "passes on the metric catalogue",
    "rpt_reason_labels": "passes on the taxonomy",
    "fct_order_terms": "passes on the orders; oracle_policies decides by the same rows",
    "rpt_policy_rules": "passes on the rules of returns; test_policies judges what they decide",
    "rpt_policy_drafts": "lists the drafts; test_policy_drafts judges which can be used",
    "rpt_disposition_rules": "passes on the rules; test_disposition_rules judges the table",
    "rpt_grade_agreements": "these receipts are graded once; its unit tests judge second looks",
    "rpt_reason_corrections": "passes on what test_reason_corrections computes",
    "rpt_fit_lots": "lays what tests/models_ml/fit judges beside rpt_fit_lot_evidence",
    "rpt_fit_origins": "counts rpt_fit_verdicts, as its unit tests judge; no style here is decided",
    "rpt_fit_zone_rates": "lays what tests/models_ml/fit judges beside rpt_fit_zones",
    "rpt_fit_segments": "lays what tests/models_ml/fit judges beside rpt_fit_segment_evidence",
    "rpt_fit_sizes": "lays what tests/models_ml/fit judges beside rpt_fit_evidence",
    "rpt_fit_outcomes": "not measurable in so few rows; its unit test and models_ml/fit judge it",
    "rpt_size_curves": "not measurable in so few rows; its unit test and data tests judge it",
    "rpt_fit_verdicts": "sums rpt_fit_evidence; what it says is judged in tests/models_ml/fit",
    "rpt_fit_verdict_changes": "no verdict of a past day is kept for these rows",
    "rpt_fit_unknown_labels": "lists what tests/models_ml/fit/test_labels.py finds",
    "rpt_product_actions": "lays what tests/models_ml/actions judges beside its action",
    "rpt_product_action_weeks": "lays what tests/models_ml/actions judges beside the evidence",
    "dim_products": "passes on the products file; every oracle reads the same rows",
    "dim_dates": "lists days: nothing is counted in it",
}


def test_every_mart_is_compared(warehouse: CompiledWarehouse) -> None:
    rows = SmallShop((0,), frozenset(), (), is_bulky=False, is_closed=True).draw_rows()
    core = Recomputation(rows, sources=SOURCES)
    known = {name.partition(" ")[0] for name in expect_marts(core, Development(core))}
    assert not known & WITHOUT_ORACLE.keys()
    assert known | WITHOUT_ORACLE.keys() == set(warehouse.list_marts())


@settings(
    max_examples=EXAMPLES,
    derandomize=not IS_PROOF,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if IS_PROOF else [])],
)
@given(drawn=small_shops())
@example(drawn=HALF_A_MILLIONTH)
@example(drawn=ALWAYS_THE_SAME_GRADE)
def test_marts(warehouse: CompiledWarehouse, drawn: SmallShop) -> None:
    assert compare_marts(warehouse, drawn) == {}


def compare_marts(warehouse: CompiledWarehouse, drawn: SmallShop) -> dict[str, list[str]]:
    """Build a shop and say what marts and oracles see differently, five rows a mart."""
    rows = drawn.draw_rows()
    closings = CLOSED if drawn.is_closed else None
    drafts = PolicyDrafts(draft_rules(), {})
    warehouse.build(rows, sources=SOURCES, worklist_days=KEPT, closings=closings, drafts=drafts)
    core = Recomputation(rows, sources=SOURCES)
    developed = Development(core)
    differences = {
        mart: find_differences(
            expectation.choose(warehouse.read(mart.partition(" ")[0])),
            expectation.frame,
            keys=expectation.keys,
            tolerance=expectation.tolerance,
        )
        for mart, expectation in expect_marts(core, developed).items()
    }
    cash = CashOracle(core, developed)
    differences |= {
        "cash": list(list_cash_differences(warehouse, cash)),
        "closings": list(list_closing_differences(warehouse, cash, closings)),
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
