"""What else a shop may land beside orders and returns: customers, contacts, stock, plans."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.warehouse.drawn import Draw
from tests.warehouse.drawn_reasons import draw_reasons
from tests.warehouse.landed_shop import Row

DISPOSITIONS = (None, "resale", "Scrapped", "outlet")
TOPICS = ("delivery", "size", "return", "refund", None)
CUSTOMERS = (*(f"c{number}" for number in range(14)), *(f"k{number}" for number in range(6)))
LAST_DAY = datetime(2026, 10, 31)


def draw_side_rows(draw: Draw) -> None:
    """Add to the rows of one order what other files may say of it.

    Parameters
    ----------
    draw : Draw
        Holds the order; its rows get further columns, and contacts beside them.
    """
    # Who keeps everything stands beside who does not: few customers, so that they come again.
    kind, last = ("c", 11) if draw.rows.get("return_requests") else ("k", 5)
    for order in draw.rows["orders"]:
        _change(order, customer_id=f"{kind}{draw.whole(0, last)}" if draw.chance(0.9) else None)
        _change(order, member_tier="gold" if draw.chance(0.2) else None)
        _change(order, campaign_code=[None, "spring", "autumn"][draw.whole(0, 2)])
        _change(order, page_version=[None, "v1", "v2"][draw.whole(0, 2)])
        for number in range(int(draw.random.choice([0, 1, 2], p=[0.6, 0.3, 0.1]))):
            if order["ordered_at"] == "unknown":
                continue
            contacted = draw.later(datetime.fromisoformat(order["ordered_at"]), 500)
            draw.add(
                "contacts",
                contact_id=f"{order['order_id']}-c{number}",
                order_id=order["order_id"],
                contacted_at=draw.text(contacted),
                topic=TOPICS[draw.whole(0, 4)],
                channel=[" Phone", "mail", "chat", None][draw.whole(0, 3)],
                minutes_spent=str(draw.whole(1, 30)) if draw.chance(0.7) else None,
            )
    for line in draw.rows["order_lines"]:
        if draw.chance(0.7):
            dearer = draw.whole(-1, 1) * 100
            _change(line, list_price=str(max(int(line["unit_price"]) + dearer, 0)))
        if draw.chance(0.3):
            # A few yen that no number of units shares evenly.
            _change(line, discount_allocated=str(draw.whole(1, 7)))
        if draw.chance(0.5):
            _change(line, lot_id=f"lot-{draw.whole(1, 2)}")
    for product in draw.rows.get("products", ()):
        place = "SML".find(product.get("size_label") or "S")
        if draw.chance(0.6):
            # Two colours of a size are measured alike, mostly.
            _change(product, length_cm=f"{60 + 2 * place + 0.25 * draw.chance(0.2):.2f}")
    _draw_twins(draw)
    _draw_failures(draw)
    for request in draw.rows.get("return_requests", ()):
        _draw_wishes(draw, request)
    for receipt in draw.rows.get("return_receipts", ()):
        if receipt["received_at"] == "unknown":
            continue
        shelved = draw.later(datetime.fromisoformat(receipt["received_at"]), 900)
        _change(receipt, restocked_at=draw.text(shelved) if draw.chance(0.4) else None)
        _change(receipt, disposition=DISPOSITIONS[draw.whole(0, 3)])
    _draw_costs(draw)
    draw_reasons(draw)


def _draw_twins(draw: Draw) -> None:
    """A second return line of an order line: a unit more, at the same moment or another."""
    for request in list(draw.rows.get("return_requests", ())):
        if not request.get("order_line_id") or not draw.chance(0.25):
            continue
        moment = request["requested_at"]
        if moment != "unknown" and draw.chance(0.7):
            moment = draw.text(draw.later(datetime.fromisoformat(moment), 200))
        key = f"{request['return_line_id']}t"
        twin = {**request, "return_line_id": key, "requested_at": moment}
        draw.rows["return_requests"].append(twin | {"quantity": str(draw.whole(1, 2))})
        if moment != "unknown" and draw.chance(0.8):
            arrived = draw.text(draw.later(datetime.fromisoformat(moment), 300))
            draw.add("return_receipts", return_line_id=key, received_at=arrived)


def _draw_failures(draw: Draw) -> None:
    """Payments that fail, before they are paid again, at that moment, or for good."""
    for refund in draw.rows.get("refunds", ()):
        paid = refund.get("paid_at")
        if paid and paid != "unknown" and draw.chance(0.2):
            failed = datetime.fromisoformat(paid) + timedelta(hours=draw.whole(-2, 2))
            _change(refund, failed_at=draw.text(failed))
        if draw.chance(0.1):
            # More than the goods were worth.
            _change(refund, amount=str(int(refund["amount"]) * 9))


def _draw_costs(draw: Draw) -> None:
    """Freight of parcels and fees of refunds."""
    for parcel in draw.rows.get("shipments", ()):
        if draw.chance(0.6):
            _change(parcel, freight_cost=str(draw.whole(0, 900)))
    for refund in draw.rows.get("refunds", ()):
        if draw.chance(0.4):
            _change(refund, fee=str(draw.whole(0, 400)))


def _draw_wishes(draw: Draw, request: Row) -> None:
    """What the customer wants instead, and what the shop offers."""
    wishes = [None, "refund", "exchange", "credit"]
    _change(request, requested_resolution=wishes[draw.whole(0, 3)])
    _change(request, request_channel=["web", "web", "phone", None][draw.whole(0, 3)])
    if draw.chance(0.3):
        _change(request, wanted_sku=f"{draw.whole(0, 3)}-{'SML'[draw.whole(0, 2)]}-red")
    if draw.chance(0.2) and request["requested_at"] != "unknown":
        offered = draw.later(datetime.fromisoformat(request["requested_at"]), 100)
        _change(request, exchange_offered_at=draw.text(offered))


def draw_customer_rows(draw: Draw) -> None:
    """Add a customers file that knows some customers longer than the orders do."""
    for customer in (
        *(f"c{number}" for number in range(14)),
        *(f"k{number}" for number in range(6)),
    ):
        if draw.chance(0.6):
            # Many came in one month: only customers of one month are compared.
            back = draw.whole(640, 665) if draw.chance(0.7) else draw.whole(0, 900)
            first = LAST_DAY - timedelta(days=back)
            draw.add(
                "customers",
                customer_id=customer,
                first_order_at=draw.text(first, unknown=0.1) if draw.chance(0.9) else None,
                height_band=["150-155", "155-160", None][draw.whole(0, 2)],
                age_band=["30", "40"][draw.whole(0, 1)] if draw.chance(0.2) else None,
                usual_size=["M", "L"][draw.whole(0, 1)],
            )


def draw_stock_rows(draw: Draw) -> None:
    """Add snapshots of two places, and what was bought for the season."""
    for product in draw.rows["products"]:
        _change(product, season=["2026AW", None][draw.whole(0, 1)])
        if draw.chance(0.8):
            _change(product, unit_cost=str(draw.whole(100, 900)))
        for location in ("east", "west"):
            for back in (-2, 3, 31, 47, 100):
                if draw.chance(0.15):
                    day = LAST_DAY - timedelta(days=back)
                    draw.add(
                        "inventory_snapshots",
                        snapshot_date=f"{day:%Y-%m-%d}",
                        location_id=location,
                        sku=product["sku"],
                        on_hand=str(draw.whole(0, 9)),
                        reserved=str(draw.whole(0, 3)) if draw.chance(0.5) else None,
                        condition=["sellable", "outlet", None][draw.whole(0, 2)],
                    )
        if draw.chance(0.3):
            draw.add(
                "purchase_plan",
                sku=product["sku"],
                units_received=str(draw.whole(1, 50)),
                received_on=["2026-07-01", "2026-11-05", None][draw.whole(0, 2)],
            )


def _change(row: Row, **columns: str | None) -> None:
    """Give a landed row further columns."""
    assert isinstance(row, dict)
    row.update({name: value for name, value in columns.items() if value is not None})
