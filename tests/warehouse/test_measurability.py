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
from orchestration.publication import CheckCounts
from orchestration.publishing import publish
from tests.orchestration.small_shops import make_small_shop
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.landed_shop import Row
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
    *("contacts", "shipments", "delivery_events", "ad_costs", "purchase_plan"),
)
# No metric that is computed needs these.
OTHERS = ("shipment_lines", "worklist_notes")


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
