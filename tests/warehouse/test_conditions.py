"""Each of the five conditions in each of its four states, and a leak that counts every yen once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import pandas as pd
import pytest

from dashboards.lib import yard
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.landed_shop import Row
from tests.warehouse.small_shops import SOURCES, SmallShop

pytestmark = [pytest.mark.dbt]

ORDERS, RETURNS = 800, 500
FIRST_DAY: Final = datetime(2026, 8, 1, 1)
CONDITIONS: Final = (1, 2, 3, 4, 5)
STATES: Final = {
    "pass": (1.0, 1.0, 1.0, 1.0, 1.0),
    "partial": (0.97, 0.95, 0.7, 0.85, 0.75),
    "fail": (0.9, 0.8, 0.3, 0.6, 0.5),
}
HOLES: Final = {
    "delivery_events": {"addresses"},
    "refunds": {"refunds"},
    "return_receipts": {"grading"},
    "address_checks": {"addresses"},
}
WHOLE: Final = SmallShop(
    order_numbers=tuple(range(100, 160)),
    missing=frozenset(),
    policy_days=(),
    is_bulky=False,
    is_closed=False,
)


@dataclass(frozen=True)
class Yard:
    """A shop that does so much of what each condition asks for; the rest it does not."""

    checked: float
    on_the_web: float
    offered: float
    in_time: float
    usable: float

    def draw_rows(self) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {
            "products": [
                {"sku": f"knit-{size}", "style_id": "KNIT", "category": "tops", "size_label": size}
                for size in ("M", "L")
            ],
            "inventory_snapshots": [
                {
                    "snapshot_date": f"2026-{month:02d}-01",
                    "location_id": "A",
                    "sku": f"knit-{size}",
                    "on_hand": "900",
                }
                for month in (8, 9, 10)
                for size in ("M", "L")
            ],
            "product_actions": [
                {
                    "action_id": "A",
                    "style_id": "KNIT",
                    "opened_on": "2026-09-01",
                    "closed_on": "2026-09-20",
                    "effective_from": "2026-09-20",
                }
            ],
        }
        for number in range(ORDERS):
            self.add_order(rows, number)
        return rows

    def add_order(self, rows: dict[str, list[Row]], number: int) -> None:
        """Sell one pair; one that is not checked does not leave before it is cancelled."""
        key, day = f"o{number}", FIRST_DAY + timedelta(days=number % 80)
        sold = {"order_id": key, "ordered_at": write(day), "channel": "web"}
        add(rows, "orders", **sold)
        add(
            rows,
            "order_lines",
            **{"order_line_id": f"{key}/1", "order_id": key, "sku": "knit-M"},
            **{"quantity": "1", "unit_price": "3000"},
        )
        if is_among(number, self.checked, of=ORDERS):
            said = {"checked_at": write(day), "method": "system", "status": "ship"}
            add(rows, "address_checks", order_id=key, **said)
            sent = {"shipped_at": write(day), "delivered_at": write(day + timedelta(days=1))}
            add(rows, "shipments", shipment_id=f"S{key}", order_id=key, **sent)
        if number == 0:
            # The carrier's records are there, and none of them is about an address.
            met = {"event_type": "attempt_failed", "cause": "absent", "event_at": write(day)}
            add(rows, "delivery_events", shipment_id=f"S{key}", **met)
        if number < RETURNS:
            self.add_return(rows, number, day=day + timedelta(days=2))

    def add_return(self, rows: dict[str, list[Row]], number: int, *, day: datetime) -> None:
        """Ask for a return, receive it two days later, and pay in five hours or in two days."""
        arrived = day + timedelta(days=2)
        hours = 5 if is_among(number, self.in_time, of=RETURNS) else 48
        is_web = is_among(number, self.on_the_web, of=RETURNS)
        is_usable = is_among(number, self.usable, of=RETURNS)
        request = {
            "return_line_id": f"r{number}",
            "order_line_id": f"o{number}/1",
            "requested_at": write(day),
            "quantity": "1",
            "request_channel": "web" if is_web else "phone",
            "reason_code": "FIT.SMALL" if is_usable else "OTHER",
        }
        if is_among(number, self.offered, of=RETURNS):
            request["exchange_offered_at"] = write(day)
        add(rows, "return_requests", **request)
        add(rows, "return_receipts", return_line_id=f"r{number}", received_at=write(arrived))
        add(
            rows,
            "refunds",
            **{"refund_id": f"f{number}", "return_line_id": f"r{number}", "amount": "3000"},
            **{"method": "original_payment", "initiated_at": write(arrived)},
            paid_at=write(arrived + timedelta(hours=hours)),
        )


def is_among(number: int, share: float, *, of: int) -> bool:
    """Whether a case is among the first of so many."""
    return number < round(share * of)


def write(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def add(rows: dict[str, list[Row]], entity: str, **columns: str) -> None:
    rows.setdefault(entity, []).append(columns)


def judge(
    warehouse: CompiledWarehouse, rows: Mapping[str, Sequence[Row]]
) -> dict[int, dict[str, Any]]:
    """Build a shop and return its conditions by number."""
    warehouse.build(rows, sources=SOURCES)
    assert [name for name in warehouse.list_failed_tests() if "condition" in name] == []
    found = warehouse.read("rpt_conditions")
    found = found.astype(object).where(found.notna(), None)
    return {row["condition_number"]: row for row in found.to_dict("records")}


@pytest.mark.parametrize("state", STATES)
def test_what_a_shop_does_decides_each_condition(warehouse: CompiledWarehouse, state: str) -> None:
    shares = STATES[state]
    found = judge(warehouse, Yard(*shares).draw_rows())
    assert {number: row["state_code"] for number, row in found.items()} == dict.fromkeys(
        CONDITIONS, state
    )
    assert [found[number]["value_share"] for number in CONDITIONS] == pytest.approx(list(shares))
    assert [found[number]["n_count"] for number in CONDITIONS] == [ORDERS, *[RETURNS] * 4]
    assert all(row["low"] < row["value_share"] or row["low"] < 1 for row in found.values())


def test_without_its_file_or_column_a_condition_is_not_measurable(
    warehouse: CompiledWarehouse,
) -> None:
    rows = Yard(*STATES["pass"]).draw_rows()
    for entity in ("delivery_events", "inventory_snapshots", "refunds", "product_actions"):
        del rows[entity]
    rows["return_requests"] = [
        {name: value for name, value in row.items() if name != "request_channel"}
        for row in rows["return_requests"]
    ]
    found = judge(warehouse, rows)
    assert {row["state_code"] for row in found.values()} == {"not_measurable"}
    assert {number: row["missing_name"] for number, row in found.items()} == {
        1: "delivery_events",
        2: "return_requests.request_channel",
        3: "inventory_snapshots",
        4: "refunds",
        5: "product_actions",
    }


def test_an_empty_shop_measures_nothing_and_leaks_nothing_known(
    warehouse: CompiledWarehouse,
) -> None:
    found = judge(warehouse, {})
    assert {row["state_code"] for row in found.values()} == {"not_measurable"}
    assert {row["month_amount"] for row in found.values()} == {None}
    assert warehouse.read("rpt_leak_holes")["month_amount"].isna().all()


def test_one_look_or_too_many_bring_backs_are_no_pass(warehouse: CompiledWarehouse) -> None:
    rows = Yard(*STATES["pass"]).draw_rows()
    looked = {"checked_at": write(FIRST_DAY + timedelta(hours=1)), "status": "resolved"}
    manual = [*rows["address_checks"], {"order_id": "o0", "method": "manual", **looked}]
    found = judge(warehouse, rows | {"address_checks": manual})
    assert found[1]["state_code"] == "fail"  # one defect, and staff closed it
    back = {"event_type": "bring_back", "cause": "address", "event_at": write(FIRST_DAY)}
    events = [*rows["delivery_events"], {"shipment_id": "So1", **back}]
    assert judge(warehouse, rows | {"delivery_events": events})[1]["state_code"] == "partial"


def test_few_cases_are_no_pass_however_good(warehouse: CompiledWarehouse) -> None:
    rows = Yard(*STATES["pass"]).draw_rows()
    few = {f"r{number}" for number in range(20)}
    rows = {
        entity: [row for row in some if row.get("return_line_id", "r0") in few]
        for entity, some in rows.items()
    }
    found = judge(warehouse, rows)
    assert [found[number]["value_share"] for number in (2, 3, 4, 5)] == [1.0] * 4
    assert [found[number]["state_code"] for number in (2, 3, 4, 5)] == ["partial"] * 4


def test_lamps_add_up_to_the_holes_and_these_to_the_parts(warehouse: CompiledWarehouse) -> None:
    found = judge(warehouse, WHOLE.draw_rows())
    parts, holes = warehouse.read("rpt_leak_parts"), warehouse.read("rpt_leak_holes")
    total = parts["month_amount"].sum()
    assert total > 0
    assert holes["month_amount"].sum() == total
    assert sum(row["month_amount"] or 0 for row in found.values()) == total
    again = yard.compute_parts(parts, warehouse.read("rpt_leak"))
    assert again["month_amount"].equals(parts["month_amount"].astype(float))


@pytest.mark.parametrize("entity", HOLES)
def test_a_file_feeds_its_own_hole_alone(warehouse: CompiledWarehouse, entity: str) -> None:
    rows = WHOLE.draw_rows()
    before = read_holes(warehouse, rows)
    after = read_holes(warehouse, {name: some for name, some in rows.items() if name != entity})
    changed = {hole for hole in before.index if before[hole] != after[hole]}
    assert changed == HOLES[entity]


def test_a_call_about_a_return_stands_for_its_request(warehouse: CompiledWarehouse) -> None:
    """Ten minutes either way, never both."""
    rows = Yard(1.0, 0.8, 1.0, 1.0, 1.0).draw_rows()
    other = {"contact_id": "C0", "order_id": "o799", "topic": "size"}
    contacts = [other | {"contacted_at": write(FIRST_DAY), "channel": "phone"}]
    before = read_holes(warehouse, rows | {"contacts": contacts})
    about = {"contact_id": "C1", "order_id": "o450", "topic": "return", "minutes_spent": "10"}
    contacts = [*contacts, about | {"contacted_at": write(FIRST_DAY), "channel": "phone"}]
    after = read_holes(warehouse, rows | {"contacts": contacts})
    # 100 requests by phone in three months, 10 minutes each at 1,600 yen an hour.
    assert before["returns"] == after["returns"] == 8889


def read_holes(warehouse: CompiledWarehouse, rows: Mapping[str, Sequence[Row]]) -> pd.Series:
    """Build a shop and return what leaks through each hole; -1 where nobody knows."""
    warehouse.build(rows, sources=SOURCES)
    found = warehouse.read("rpt_leak_holes").set_index("hole_code")["month_amount"]
    return found.fillna(-1).astype(int)
