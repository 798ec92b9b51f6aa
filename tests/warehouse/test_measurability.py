"""A missing file makes exactly the metrics that need it not measurable, and is named.

One shop is built whole, and once more without each file. A metric that needs the file says so and
has no value; every other metric has one as before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from orchestration.folder import ShopFolder
from orchestration.metric import compute_metric, list_metrics
from orchestration.metric_waiting import Waited, compute_waiting_quantile
from orchestration.publication import CheckCounts
from orchestration.publishing import publish
from tests.orchestration.small_shops import make_small_shop
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.landed_facts import AS_OF
from tests.warehouse.landed_shop import Row
from tests.warehouse.oracle_costs import Costs
from tests.warehouse.oracle_development import Development
from tests.warehouse.oracle_episodes import Walk
from tests.warehouse.oracle_handling import HandlingOracle
from tests.warehouse.oracle_outcomes import OutcomeOracle
from tests.warehouse.oracle_sales import SalesOracle
from tests.warehouse.recomputation import Recomputation
from tests.warehouse.small_shops import SOURCES, SmallShop

pytestmark = [pytest.mark.dbt]

WHOLE = SmallShop(
    order_numbers=tuple(range(100, 160)),
    missing=frozenset(),
    policy_days=(),
    is_bulky=True,
    is_closed=False,
)
# A month without its advertising costs leaves contribution after advertising unknown.
AD_COSTS = [
    {"date": f"{year}-{month:02d}-01", "campaign_code": campaign, "amount": "100"}
    for campaign in ("spring", "autumn")
    for year in (2025, 2026)
    for month in range(1, 13)
    if (year, month) <= (2026, 10)
]
TARGETS = [{"metric": "refund_cash_out", "period": "2026-10", "value": "1000"}]
NEEDED = (
    *("return_receipts", "refunds", "exchanges", "inventory_snapshots", "targets"),
    *("contacts", "shipments", "delivery_events", "ad_costs", "purchase_plan", "address_checks"),
)
# No metric that is computed needs these.
OTHERS = ("shipment_lines", "worklist_notes", "size_charts")


def draw_whole() -> dict[str, Sequence[Row]]:
    """A shop with every file that a computed metric needs, and a cost of every SKU."""
    rows = {**WHOLE.draw_rows(), "targets": TARGETS, "ad_costs": AD_COSTS}
    return rows | {"products": [{"unit_cost": "500", **row} for row in rows["products"]]}


@pytest.fixture(scope="module")
def measured(
    warehouse: CompiledWarehouse, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bool]:
    """Every metric that a mart answers, and whether the whole shop has a value of it."""
    shop = tmp_path_factory.mktemp("whole") / "shop"
    publish_rows(shop, draw_whole(), warehouse=warehouse)
    names = [m["name"] for m in list_metrics(shop) if not m["missing"]]
    return {name: has_value(shop, name) for name in names}


def test_the_whole_shop_measures_what_is_computed(measured: dict[str, bool]) -> None:
    assert len(measured) > 25
    assert [name for name, is_measured in measured.items() if not is_measured] == []


@pytest.mark.parametrize("left_out", [*((name,) for name in NEEDED), OTHERS])
def test_a_missing_file_is_named_by_its_metrics_alone(
    warehouse: CompiledWarehouse,
    measured: dict[str, bool],
    tmp_path: Path,
    left_out: tuple[str, ...],
) -> None:
    rows = {name: some for name, some in draw_whole().items() if name not in left_out}
    publish_rows(tmp_path / "shop", rows, warehouse=warehouse)
    listed = [metric for metric in list_metrics(tmp_path / "shop") if metric["name"] in measured]
    needing = [metric for metric in listed if set(left_out).intersection(metric["required"])]
    assert bool(needing) is (left_out != OTHERS)
    named = {metric["name"]: metric["missing"] for metric in listed if metric["missing"]}
    assert named == {metric["name"]: list(left_out) for metric in needing}
    valued = {name for name in measured if has_value(tmp_path / "shop", name)}
    assert measured.keys() - valued == named.keys()


def test_waits_are_answered_by_stage_from_the_sums_of_a_slice(
    warehouse: CompiledWarehouse, tmp_path: Path
) -> None:
    rows = draw_whole()
    publish_rows(tmp_path / "shop", rows, warehouse=warehouse)
    core = Recomputation(rows, sources=SOURCES)
    developed = Development(core)
    outcomes, sales = OutcomeOracle(core, developed), SalesOracle(core, developed)
    waits: dict[tuple[str, str], list[Waited]] = {}
    oracle = HandlingOracle(outcomes, sales, Costs(Walk(core)))
    for stage, channel, begin, end in oracle.list_stages():
        until = end.day if end.has_happened else AS_OF
        if begin.day and until:
            days = max((until - begin.day).days, 0)
            one = Waited(days=days, settled=end.has_happened, total=1)
            waits.setdefault((stage, channel), []).append(one)
    found = {
        (row["stage"], row["channel"]): (row["value"], row["p90"], row["n"])
        for row in compute_metric(tmp_path / "shop", "waiting_time", by=["channel"])
    }
    assert found == {
        place: (
            compute_waiting_quantile(some, share=0.5),
            compute_waiting_quantile(some, share=0.9),
            len(some),
        )
        for place, some in waits.items()
    }


def test_a_column_that_is_left_out_is_named_by_its_metrics_alone(
    warehouse: CompiledWarehouse, measured: dict[str, bool], tmp_path: Path
) -> None:
    left_out = {
        "return_receipts": {"graded_at", "restocked_at"},
        "return_requests": {"decided_by", "decision_rule_id", "review_minutes"},
        "address_checks": {"method"},
    }
    rows = {
        entity: [
            {name: value for name, value in row.items() if name not in left_out.get(entity, ())}
            for row in some
        ]
        for entity, some in draw_whole().items()
    }
    publish_rows(tmp_path / "shop", rows, warehouse=warehouse)
    named = {m["name"]: m["missing"] for m in list_metrics(tmp_path / "shop") if m["missing"]}
    assert {name: missing for name, missing in named.items() if name in measured} == {
        "policy_automation": ["return_requests.decided_by"],
        "policy_exceptions": ["return_requests.decided_by"],
        "review_minutes_per_request": ["return_requests.review_minutes"],
        "address_auto_resolved": ["address_checks.method"],
        "address_manual_touch": ["address_checks.method"],
    }
    waits = compute_metric(tmp_path / "shop", "waiting_time")
    assert {row["stage"]: row.get("missing") for row in waits} == {
        "arrival": None,
        "grading": ["return_receipts.graded_at"],
        "resolution": ["return_receipts.graded_at"],
        "resale": ["return_receipts.restocked_at"],
    }
    assert [row["value"] is None for row in waits] == [False, True, True, True]
    only = compute_metric(tmp_path / "shop", "waiting_time", where={"stage": ["resale"]})
    assert [row["stage"] for row in only] == ["resale"]


def publish_rows(
    shop: Path, rows: Mapping[str, Sequence[Row]], *, warehouse: CompiledWarehouse
) -> None:
    """Publish the marts of a shop that holds exactly these rows."""
    warehouse.build(rows, sources=SOURCES)
    make_small_shop(shop)
    folder = ShopFolder(shop)
    folder.make_folders()
    warehouse.session.execute(f"attach '{folder.serving_database}' as written")
    warehouse.session.execute("copy from database serving to written")
    warehouse.session.execute("detach written")
    publish(shop, run_id="v1", as_of="2026-10-31", tests=CheckCounts(passed=1), models=1)


def has_value(shop: Path, metric: str) -> bool:
    """Whether any row of the answer has a value: what has no delivery yet has none."""
    return any(row["value"] is not None for row in compute_metric(shop, metric))
