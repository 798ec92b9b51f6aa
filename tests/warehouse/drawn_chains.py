"""Orders whose lines are returned, exchanged, returned again: chains drawn at random."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.warehouse.drawn import COLOURS, SIZES, START, Draw
from tests.warehouse.landed_shop import Row

METHODS = ("original_payment", "credit", "points", "bank_transfer", "credit")
DEEPEST = 7  # replacements: two more than an episode follows


def draw_chains(*, seed: int, order_count: int) -> Mapping[str, list[Row]]:
    """Draw orders of one to three lines with chains of exchanges.

    Parameters
    ----------
    seed : int
    order_count : int

    Returns
    -------
    mapping of entity name to rows
        Landed text.
    """
    draw = Draw(seed)
    draw_chain_products(draw)
    for number in range(order_count):
        draw_sale(draw, f"{number:03d}")
    return draw.rows


def draw_chain_products(draw: Draw) -> None:
    """Draw a catalogue with costs; one style has none."""
    for style in range(4):
        for order, size in enumerate(SIZES):
            for colour in COLOURS:
                draw.add(
                    "products",
                    sku=f"{style}-{size}-{colour}",
                    style_id=str(style),
                    category=["tops", None][style % 2],
                    size_label=size,
                    size_order=str(order),
                    colour_name=colour,
                    list_price="3000",
                    unit_cost=None if style == 3 else str(700 + 100 * style),
                )


def _draw_sku(draw: Draw) -> str:
    return f"{draw.whole(0, 3)}-{SIZES[draw.whole(0, 2)]}-{COLOURS[draw.whole(0, 1)]}"


def draw_sale(draw: Draw, order_id: str) -> None:
    """Draw an order over the SKUs of ``draw_chains`` with its chains."""
    ordered = START.replace(month=6) + (START - START.replace(month=7)) * draw.random.random() * 4
    draw.add(
        "orders",
        order_id=order_id,
        ordered_at=draw.text(ordered),
        channel=["web", "app", None][draw.whole(0, 2)],
        discount=str(draw.whole(1, 400)) if draw.chance(0.3) else None,
    )
    shipped = draw.later(ordered, 40)
    arrived = draw.later(shipped, 60)
    draw.add(
        "shipments",
        shipment_id=order_id,
        order_id=order_id,
        kind="original",
        shipped_at=draw.text(shipped),
        delivered_at=draw.text(arrived, unknown=0.05) if draw.chance(0.9) else None,
        freight_cost=str(draw.whole(300, 800)) if draw.chance(0.9) else None,
    )
    for number in range(draw.whole(1, 3)):
        quantity = draw.whole(1, 3)
        draw.add(
            "order_lines",
            order_line_id=f"{order_id}/{number}",
            order_id=order_id,
            sku=_draw_sku(draw),
            quantity=str(quantity),
            unit_price=str(draw.whole(500, 3000)),
        )
        _draw_returns(draw, f"{order_id}/{number}", quantity=quantity, arrived=arrived, depth=0)


def _draw_returns(
    draw: Draw, order_line_id: str, *, quantity: int, arrived: datetime, depth: int
) -> None:
    for part in range(int(draw.random.choice([0, 1, 2], p=[0.35, 0.5, 0.15]))):
        units = draw.whole(1, quantity)
        return_line_id = f"{order_line_id}-{part}"
        requested = draw.later(arrived, 20 * 24)
        kinds = [None, "recall", "exchange_leg"]
        draw.add(
            "return_requests",
            return_line_id=return_line_id,
            order_line_id=order_line_id,
            requested_at=draw.text(requested, unknown=0.03),
            quantity=str(units),
            return_type=kinds[draw.whole(1, 2)] if draw.chance(0.1) else None,
            decision=[None, "approved", "denied"][draw.whole(0, 2)] if draw.chance(0.3) else None,
        )
        received = draw.later(requested, 10 * 24)
        if draw.chance(0.85):
            draw.add(
                "return_receipts",
                return_line_id=return_line_id,
                received_at=draw.text(received),
                quantity=str(draw.whole(1, units)) if draw.chance(0.8) else None,
                grade=["A", "B", "C", "X", None][draw.whole(0, 4)],
            )
        if depth < DEEPEST and draw.chance(0.75):
            _draw_exchange(draw, return_line_id, units=units, received=received, depth=depth)
        if draw.chance(0.4):
            draw.add(
                "refunds",
                refund_id=return_line_id,
                return_line_id=return_line_id,
                method=METHODS[draw.whole(0, 4)],
                amount=str(draw.whole(1, 3000)),
                fee="220" if draw.chance(0.3) else None,
                initiated_at=draw.text(received),
                paid_at=draw.text(draw.later(received, 300)) if draw.chance(0.8) else None,
            )


def _draw_exchange(
    draw: Draw, return_line_id: str, *, units: int, received: datetime, depth: int
) -> None:
    order_id, order_line_id = f"{return_line_id}x", f"{return_line_id}x/1"
    shipped = draw.later(received, 80)
    has_line = draw.chance(0.9)
    sku = _draw_sku(draw)
    is_shipped = draw.chance(0.95)
    free = ["true", "false", None][draw.whole(0, 2)]
    draw.add(
        "exchanges",
        exchange_id=f"{return_line_id}x",
        return_line_id=return_line_id,
        replacement_sku=sku,
        replacement_order_line_id=order_line_id if has_line else None,
        shipped_at=draw.text(shipped) if is_shipped else None,
        is_shipping_free=free,
        price_difference=str(draw.whole(-300, 500)) if draw.chance(0.5) else None,
        bonus_credit=str(draw.whole(1, 300)) if draw.chance(0.2) else None,
    )
    if not has_line:
        return
    draw.add("orders", order_id=order_id, ordered_at=draw.text(received), channel="web")
    draw.add(
        "order_lines",
        order_line_id=order_line_id,
        order_id=order_id,
        sku=sku,
        quantity=str(units),
        unit_price="0",
    )
    arrived = draw.later(shipped, 60)
    if is_shipped:
        draw.add(
            "shipments",
            shipment_id=order_id,
            order_id=order_id,
            kind="exchange",
            shipped_at=draw.text(shipped),
            delivered_at=draw.text(arrived) if draw.chance(0.9) else None,
            freight_cost=str(draw.whole(300, 800)) if draw.chance(0.8) else None,
        )
    _draw_returns(draw, order_line_id, quantity=units, arrived=arrived, depth=depth + 1)
