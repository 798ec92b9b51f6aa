"""Rows written by hand, each named after the reason it is there. Times are UTC; Tokyo is UTC+9."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tests.warehouse.landed_shop import Row

SOURCES: Final = (("canonical", 2, True), ("mall", 4, False))

PRODUCTS: Final[Sequence[Row]] = (
    {
        "sku": f"knit-{size.lower()}-{colour}",
        "style_id": "KNIT",
        "style_name": "Knit",
        "category": "tops",
        "brand": "own",
        "season": "26AW",
        "size_label": size,
        "size_order": str(order),
        "colour_name": colour,
        "list_price": "3000",
    }
    for order, size in enumerate(("S", "M", "L"), start=1)
    for colour in ("red", "blue")
)
PRODUCTS = (*PRODUCTS, {"sku": "bag", "style_id": "BAG", "category": "bags"})


def order(order_id: str, ordered_at: str = "2026-09-01 00:00:00", **columns: str) -> Row:
    return {"order_id": order_id, "ordered_at": ordered_at, "channel": "web"} | columns


def line(order_line_id: str, sku: str, quantity: int, unit_price: int, **columns: str) -> Row:
    """An order line; its order is what stands before the last slash."""
    return {
        "order_line_id": order_line_id,
        "order_id": order_line_id.rpartition("/")[0],
        "sku": sku,
        "quantity": str(quantity),
        "unit_price": str(unit_price),
    } | columns


def parcel(shipment_id: str, order_id: str, **columns: str) -> Row:
    return {
        "shipment_id": shipment_id,
        "order_id": order_id,
        "shipped_at": "2026-09-02 00:00:00",
    } | columns


def request(return_line_id: str, **columns: str) -> Row:
    return {"return_line_id": return_line_id, "requested_at": "2026-09-10 00:00:00"} | columns


def receipt(return_line_id: str, received_at: str, **columns: str) -> Row:
    return {"return_line_id": return_line_id, "received_at": received_at} | columns


def refund(refund_id: str, amount: int, **columns: str) -> Row:
    return {
        "refund_id": refund_id,
        "method": "original_payment",
        "amount": str(amount),
        "initiated_at": "2026-09-20 00:00:00",
        "paid_at": "2026-09-21 00:00:00",
    } | columns


ENTITIES: Final[Mapping[str, Sequence[Row]]] = {
    "products": PRODUCTS,
    "orders": (
        order("kept", customer_id="k1:a", channel="app"),
        order("partly", customer_id="k1:a", discount="99", points_used="30"),
        order("bracketed", customer_id="k1:b"),
        order("two_parcels", customer_id="k1:b"),
        order("cancelled", cancelled_at="2026-09-01 12:00:00"),
        order("cancelled_then_delivered", cancelled_at="2026-09-01 12:00:00"),
        order("brought_back"),
        order("brought_back_then_delivered"),
        order("refused_by_request"),
        order("on_its_way", ordered_at="2026-10-30 00:00:00"),
        order("unknown_delivery_day"),
        order("exchanged", customer_id="k1:c"),
        order("replacement", ordered_at="2026-09-12 00:00:00", customer_id="k1:c"),
        order("after_as_of", ordered_at="2026-10-31 15:00:00"),
        order("last_second_of_as_of", ordered_at="2026-10-31 14:59:59"),
        order("over_returned"),
        order("estimated", source_system="mall", channel="mall"),
        order("same_sku_twice"),
        order("returned_before_delivered"),
    ),
    "order_lines": (
        line("kept/1", "bag", 1, 5000),
        # 3001 + 2000 + 1000 = 6001 gross; discount 99 and points 30 to allocate.
        line("partly/1", "knit-m-red", 1, 3001),
        line("partly/2", "knit-m-blue", 2, 1000),
        line("partly/3", "bag", 1, 1000),
        line("bracketed/1", "knit-m-red", 1, 3000),
        line("bracketed/2", "knit-l-red", 1, 3000),
        line("two_parcels/1", "knit-s-red", 3, 2000, discount_allocated="1"),
        line("cancelled/1", "knit-m-red", 1, 3000),
        line("cancelled_then_delivered/1", "knit-m-red", 1, 3000),
        line("brought_back/1", "knit-m-red", 1, 3000),
        line("brought_back_then_delivered/1", "knit-m-red", 1, 3000),
        line("refused_by_request/1", "knit-m-red", 1, 3000),
        line("on_its_way/1", "knit-m-red", 2, 3000),
        line("unknown_delivery_day/1", "knit-m-red", 1, 3000),
        line("exchanged/1", "knit-m-red", 1, 3000),
        line("replacement/1", "knit-l-red", 1, 0),
        line("after_as_of/1", "knit-m-red", 1, 3000),
        line("last_second_of_as_of/1", "knit-m-red", 1, 3000),
        line("over_returned/1", "bag", 1, 999),
        line("estimated/1", "not-in-catalogue", 1, 700, source_system="mall"),
        line("same_sku_twice/1", "knit-s-blue", 2, 100),
        line("same_sku_twice/2", "knit-s-blue", 1, 100),
        line("returned_before_delivered/1", "bag", 1, 5000),
        line("order_never_landed/1", "bag", 1, 5000),
    ),
    "shipments": (
        # 16:00 UTC on the 3rd is the 4th in Tokyo.
        parcel("S-kept", "kept", delivered_at="2026-09-03 16:00:00"),
        parcel("S-partly", "partly", delivered_at="2026-09-04 00:00:00"),
        parcel("S-bracketed", "bracketed", delivered_at="2026-09-04 00:00:00"),
        parcel("S-first", "two_parcels", delivered_at="2026-09-05 00:00:00"),
        parcel("S-second", "two_parcels", delivered_at="2026-09-20 00:00:00"),
        parcel("S-cancelled", "cancelled"),
        parcel("S-revived", "cancelled_then_delivered", delivered_at="2026-09-04 00:00:00"),
        parcel("S-back", "brought_back"),
        parcel("S-back-then", "brought_back_then_delivered"),
        parcel("S-refused", "refused_by_request"),
        parcel("S-way", "on_its_way", shipped_at="2026-10-30 12:00:00"),
        parcel("S-unknown", "unknown_delivery_day", delivered_at="unknown"),
        parcel("S-exchanged", "exchanged", delivered_at="2026-09-04 00:00:00"),
        parcel(
            "S-replacement",
            "replacement",
            kind="exchange",
            shipped_at="2026-09-13 00:00:00",
            delivered_at="2026-09-15 00:00:00",
        ),
        parcel("S-return", "exchanged", kind="return", delivered_at="2026-09-30 00:00:00"),
        parcel("S-over", "over_returned", delivered_at="2026-09-04 00:00:00"),
        parcel("S-estimated", "estimated", source_system="mall"),
        parcel("S-twice", "same_sku_twice", delivered_at="2026-09-04 00:00:00"),
        parcel("S-reversed", "returned_before_delivered", delivered_at="2026-09-12 00:00:00"),
    ),
    "shipment_lines": (
        {"shipment_id": "S-first", "order_line_id": "two_parcels/1", "quantity": "1"},
        {"shipment_id": "S-second", "order_line_id": "two_parcels/1", "quantity": "2"},
    ),
    "delivery_events": (
        {
            "shipment_id": "S-back",
            "event_at": "2026-09-09 00:00:00",
            "event_type": "bring_back",
            "cause": "absent",
        },
        {
            "shipment_id": "S-back-then",
            "event_at": "2026-09-05 00:00:00",
            "event_type": "bring_back",
        },
        {
            "shipment_id": "S-back-then",
            "event_at": "2026-09-07 00:00:00",
            "event_type": "delivered",
        },
    ),
    "return_requests": (
        # One order line, two return lines, received on three days: 1 + 1 of 2 units.
        request("partly-a", order_line_id="partly/2", quantity="1", reason_code="FIT.SMALL"),
        request(
            "partly-b",
            order_line_id="partly/2",
            quantity="1",
            reason_code="COLOR",
            reason_system="shopify",
            requested_at="2026-09-11 00:00:00",
        ),
        request("bracket", order_line_id="bracketed/2", quantity="1", reason_code="FIT.LARGE"),
        # 2 of 3 units requested, received 1 + 1 on two days.
        request("two-days", order_line_id="two_parcels/1", quantity="2"),
        request("never-came", order_line_id="kept/1", quantity="1", decision="approved"),
        request("cancelled-but-came", order_line_id="partly/1", decision="cancelled", quantity="1"),
        request("denied", order_line_id="partly/3", quantity="1", decision="denied"),
        request(
            "refused",
            order_line_id="refused_by_request/1",
            return_type="refused",
            requested_at="2026-09-08 00:00:00",
        ),
        request("unknown-day", order_line_id="unknown_delivery_day/1", requested_at="unknown"),
        request("exchanged", order_line_id="exchanged/1", requested_resolution="exchange"),
        request(
            "of-replacement", order_line_id="replacement/1", requested_at="2026-09-20 00:00:00"
        ),
        request("over", order_line_id="over_returned/1", quantity="2"),
        request("by-order-and-sku", order_id="same_sku_twice", sku="knit-s-blue", quantity="2"),
        request(
            "by-order-and-sku-next",
            order_id="same_sku_twice",
            sku="knit-s-blue",
            quantity="1",
            requested_at="2026-09-12 00:00:00",
        ),
        request("orphan-line", order_line_id="not-landed/1", sku="bag"),
        request("orphan-sku", sku="knit-m-red"),
        request("orphan-nobody-knows", order_line_id="not-landed/2"),
        request("before-order", order_line_id="kept/1", requested_at="2026-08-01 00:00:00"),
        request("before-delivery", order_line_id="returned_before_delivered/1"),
        request("after-as-of", order_line_id="kept/1", requested_at="2026-10-31 15:00:00"),
        request("not-delivered", order_line_id="on_its_way/1"),
    ),
    "return_receipts": (
        receipt("partly-a", "2026-09-13 00:00:00", quantity="1", grade="A"),
        receipt("partly-b", "2026-09-14 00:00:00", quantity="1", grade="X"),
        receipt("bracket", "2026-09-14 00:00:00", grade="B"),
        receipt("two-days", "2026-09-14 00:00:00", quantity="1", grade="A"),
        receipt("two-days", "2026-09-25 00:00:00", quantity="1"),
        receipt("two-days", "2026-10-31 15:00:00", quantity="1"),
        receipt("cancelled-but-came", "2026-09-14 00:00:00"),
        receipt("refused", "2026-09-14 00:00:00"),
        receipt("unknown-day", "unknown"),
        receipt("exchanged", "2026-09-14 00:00:00"),
        receipt("of-replacement", "2026-09-24 00:00:00"),
        receipt("over", "2026-09-14 00:00:00", quantity="2"),
        receipt("by-order-and-sku", "2026-09-14 00:00:00", quantity="2"),
        receipt("by-order-and-sku-next", "2026-09-15 00:00:00"),
        receipt("orphan-line", "2026-09-14 00:00:00"),
        receipt("orphan-sku", "2026-09-14 00:00:00"),
        receipt("orphan-nobody-knows", "2026-09-14 00:00:00"),
        receipt("before-order", "2026-09-14 00:00:00"),
        receipt("before-delivery", "2026-09-14 00:00:00"),
        receipt("not-delivered", "2026-09-14 00:00:00"),
        receipt("without-request", "2026-09-14 00:00:00", quantity="1"),
    ),
    "refunds": (
        refund("F-part-1", 400, return_line_id="partly-a"),
        refund("F-part-2", 583, return_line_id="partly-a", method="points"),
        refund("F-other", 2000, return_line_id="partly-b"),
        refund("F-without-return", 500, order_id="kept"),
        refund(
            "F-failed",
            2999,
            return_line_id="bracket",
            method="bank_transfer",
            failed_at="2026-09-22 00:00:00",
        ),
        refund("F-paid-after-as-of", 3000, return_line_id="bracket", paid_at="2026-10-31 15:00:00"),
        refund(
            "F-begun-after-as-of",
            1,
            return_line_id="bracket",
            initiated_at="2026-11-01 00:00:00",
            paid_at="2026-11-01 00:00:00",
        ),
        refund("F-lost-return", 10, return_line_id="nobody", method="cod_refused"),
    ),
    "exchanges": (
        {
            "exchange_id": "X-size-up",
            "return_line_id": "exchanged",
            "replacement_sku": "knit-l-red",
            "replacement_order_line_id": "replacement/1",
        },
    ),
    "customers": ({"customer_id": "k1:d", "usual_size": "M"},),
}
