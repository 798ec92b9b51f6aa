"""What the marts say about rows whose answer is known; the arithmetic stands beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.warehouse.landed_shop import LandedShop

pytestmark = [pytest.mark.dbt]


@pytest.fixture(scope="module")
def order_lines(shop: LandedShop) -> dict[str, dict[str, Any]]:
    return shop.read_keyed("fct_order_lines", "order_line_id")


@pytest.fixture(scope="module")
def return_lines(shop: LandedShop) -> dict[str, dict[str, Any]]:
    return shop.read_keyed("fct_return_lines", "return_line_id")


def pick(row: dict[str, Any], *columns: str) -> tuple[Any, ...]:
    values = (row[column] for column in columns)
    return tuple(v.date() if isinstance(v, pd.Timestamp) else v for v in values)


def test_a_day_is_the_shops_day(order_lines: dict[str, dict[str, Any]]) -> None:
    # 2026-09-03 16:00 UTC is 01:00 on the 4th in Tokyo.
    assert pick(order_lines["kept/1"], "ordered_date", "delivered_date") == (
        date(2026, 9, 1),
        date(2026, 9, 4),
    )


def test_discount_and_points_go_to_lines_by_largest_remainder(
    order_lines: dict[str, dict[str, Any]],
) -> None:
    # Discount 99 by 3001 : 2000 : 1000 of 6001 = 49.508, 32.995, 16.497; rounded down 49 + 32 + 16
    # = 97, two yen left for the remainders .995 and .508.
    # Points 30 likewise: 15.002, 9.998, 4.999; 15 + 9 + 4 = 28, two yen left for .999 and .998.
    columns = ("discount_amount", "points_amount", "net_amount")
    assert pick(order_lines["partly/1"], *columns) == (50, 15, 2936)
    assert pick(order_lines["partly/2"], *columns) == (33, 10, 1957)
    assert pick(order_lines["partly/3"], *columns) == (16, 5, 979)


def test_two_return_lines_of_one_order_line_share_its_net(
    order_lines: dict[str, dict[str, Any]], return_lines: dict[str, dict[str, Any]]
) -> None:
    # 1957 / 2 = 978.5: the first gives back 979, the second the remaining 978.
    assert return_lines["partly-a"]["returned_net_amount"] == 979
    assert return_lines["partly-b"]["returned_net_amount"] == 978
    assert pick(order_lines["partly/2"], "returned_count", "returned_net_amount") == (2, 1957)


def test_refunds_of_an_order_line_are_not_doubled(return_lines: dict[str, dict[str, Any]]) -> None:
    # partly-a: 400 + 583 = 983 against a share of 978.5, rounded up 979: above its net.
    columns = ("refunded_amount", "is_refunded_above_net")
    assert pick(return_lines["partly-a"], *columns) == (983, True)
    assert pick(return_lines["partly-b"], *columns) == (2000, True)
    # A failed transfer and a payment after the as-of day are no refund.
    assert pick(return_lines["bracket"], *columns) == (0, None)


def test_a_line_in_two_parcels_is_dated_by_the_first(
    order_lines: dict[str, dict[str, Any]],
) -> None:
    columns = ("delivery_state_code", "delivered_count", "delivered_date", "net_amount")
    assert pick(order_lines["two_parcels/1"], *columns) == (
        "delivered",
        3,
        date(2026, 9, 5),
        5999,  # 3 x 2000 - 1
    )


def test_arrivals_on_several_days_add_up_to_the_as_of_day(
    return_lines: dict[str, dict[str, Any]],
) -> None:
    # 1 on the 14th, 1 on the 25th; the third arrives after the as-of day. 5999 x 2 / 3 = 3999.33.
    columns = ("requested_count", "received_count", "accepted_count", "returned_net_amount")
    assert pick(return_lines["two-days"], *columns) == (2, 2, 1, 3999)


@pytest.mark.parametrize(
    ("order_line_id", "state", "delivered_count", "delivered_date"),
    [
        ("cancelled/1", "cancelled", 0, None),
        ("cancelled_then_delivered/1", "delivered", 1, date(2026, 9, 4)),
        ("brought_back/1", "not_delivered", 0, None),
        ("brought_back_then_delivered/1", "delivered", 1, date(2026, 9, 7)),
        ("refused_by_request/1", "not_delivered", 0, None),
        ("on_its_way/1", "in_transit", 0, None),
        ("last_second_of_as_of/1", "in_transit", 0, None),
        ("unknown_delivery_day/1", "delivered_unknown_day", 1, None),
        # Shipped on 2 September, four days of lead time.
        ("estimated/1", "delivered", 1, date(2026, 9, 6)),
        ("replacement/1", "delivered", 1, date(2026, 9, 15)),
        ("order_never_landed/1", "in_transit", 0, None),
    ],
)
def test_delivery_state(
    order_lines: dict[str, dict[str, Any]],
    order_line_id: str,
    state: str,
    delivered_count: int,
    delivered_date: date | None,
) -> None:
    columns = ("delivery_state_code", "delivered_count", "delivered_date")
    assert pick(order_lines[order_line_id], *columns) == (state, delivered_count, delivered_date)


def test_what_is_dated_after_the_as_of_day_is_not_used(
    order_lines: dict[str, dict[str, Any]],
    return_lines: dict[str, dict[str, Any]],
    shop: LandedShop,
) -> None:
    assert "after_as_of/1" not in order_lines
    assert "after-as-of" not in return_lines
    refunds = shop.read_keyed("fct_refunds", "refund_id")
    assert "F-begun-after-as-of" not in refunds
    assert pick(refunds["F-paid-after-as-of"], "is_paid", "paid_date") == (False, None)


def test_only_estimated_deliveries_are_flagged(order_lines: dict[str, dict[str, Any]]) -> None:
    flagged = {key for key, row in order_lines.items() if row["is_estimated_delivery"]}
    estimated = {key for key in flagged if not key.startswith("random-")}
    assert estimated == {"estimated/1"}


def test_over_return_is_kept_and_flagged(order_lines: dict[str, dict[str, Any]]) -> None:
    # 2 of 1 unit at 999 yen.
    columns = ("returned_count", "returned_net_amount", "is_over_returned")
    assert pick(order_lines["over_returned/1"], *columns) == (2, 1998, True)
    assert order_lines["bracketed/2"]["is_over_returned"] is False


def test_requests_without_a_line_fill_the_lines_of_their_sku(
    return_lines: dict[str, dict[str, Any]],
) -> None:
    assert return_lines["by-order-and-sku"]["order_line_id"] == "same_sku_twice/1"
    assert return_lines["by-order-and-sku-next"]["order_line_id"] == "same_sku_twice/2"


def test_a_replacement_and_its_return_are_outside_product_rates(
    order_lines: dict[str, dict[str, Any]], return_lines: dict[str, dict[str, Any]]
) -> None:
    columns = ("is_exchange_leg", "requested_count", "returned_count")
    assert pick(order_lines["replacement/1"], *columns) == (True, 0, 0)
    row = return_lines["of-replacement"]
    columns = ("return_type_code", "is_exchange_leg", "sent_back_count", "returned_count")
    assert pick(row, *columns) == ("exchange_leg", True, 1, 0)


def test_an_exchange_counts_when_its_replacement_left(shop: LandedShop) -> None:
    exchange = shop.read_keyed("fct_exchanges", "exchange_id")["X-size-up"]
    columns = ("from_sku", "exchange_kind_code", "size_step_count", "is_shipped", "shipped_date")
    assert pick(exchange, *columns) == ("knit-m-red", "size_up", 1, True, date(2026, 9, 13))


@pytest.mark.parametrize(
    ("return_line_id", "is_matched", "is_counted_in_cohort", "sku", "amount"),
    [
        ("orphan-line", False, False, "bag", None),
        ("orphan-sku", False, False, "knit-m-red", None),
        ("orphan-nobody-knows", False, False, None, None),
        ("not-delivered", True, False, "knit-m-red", 3000),
        ("unknown-day", True, True, "knit-m-red", 3000),
        ("refused", True, False, "knit-m-red", 0),
        ("never-came", True, True, "bag", 0),
        ("denied", True, True, "bag", 0),
        ("cancelled-but-came", True, True, "knit-m-red", 2936),
    ],
)
def test_returns_are_kept_and_counted_in_their_place(
    return_lines: dict[str, dict[str, Any]],
    return_line_id: str,
    is_matched: bool,
    is_counted_in_cohort: bool,
    sku: str | None,
    amount: int | None,
) -> None:
    columns = ("is_matched", "is_counted_in_cohort", "sku", "returned_net_amount")
    expected = (is_matched, is_counted_in_cohort, sku, amount)
    assert pick(return_lines[return_line_id], *columns) == expected


def test_days_to_return_counts_forward_and_reversed_dates_are_flagged(
    return_lines: dict[str, dict[str, Any]],
) -> None:
    columns = ("days_to_return", "is_requested_before_delivery", "is_requested_before_order")
    # Delivered on the 4th, requested on the 10th.
    assert pick(return_lines["bracket"], *columns) == (6, False, False)
    assert pick(return_lines["before-delivery"], *columns) == (None, True, False)
    assert pick(return_lines["before-order"], *columns) == (None, True, True)
    assert pick(return_lines["never-came"], *columns) == (None, False, False)
    assert pick(return_lines["unknown-day"], *columns) == (None, None, None)


def test_an_arrival_without_a_request_is_counted(return_lines: dict[str, dict[str, Any]]) -> None:
    row = return_lines["without-request"]
    assert pick(row, "has_request", "received_count", "returned_count") == (False, 1, 0)


def test_refunds_are_told_by_their_rail(shop: LandedShop) -> None:
    refunds = shop.read_keyed("fct_refunds", "refund_id")
    columns = ("order_id", "is_matched", "is_outside_cash", "is_paid", "is_failed")
    assert pick(refunds["F-part-1"], *columns) == ("partly", True, True, True, False)
    assert pick(refunds["F-part-2"], *columns) == ("partly", True, False, True, False)
    assert pick(refunds["F-without-return"], *columns) == ("kept", False, True, True, False)
    assert pick(refunds["F-failed"], *columns) == ("bracketed", True, True, False, True)
    assert pick(refunds["F-lost-return"], *columns) == (None, False, False, True, False)


def test_the_published_file_carries_its_descriptions(shop: LandedShop) -> None:
    assert "One row per" in shop.read_comment("rpt_sku_returns")
    assert "Over-return" in shop.read_comment("rpt_sku_returns", "returned_count")
