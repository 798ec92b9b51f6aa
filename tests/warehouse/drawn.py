"""Rows drawn at random, so that rules meet in ways that nobody wrote down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import numpy as np

from tests.warehouse.landed_shop import Row

START = datetime(2026, 8, 1, tzinfo=UTC)
SIZES = ("S", "M", "L")
COLOURS = ("red", "blue")
Entities = dict[str, list[Row]]


class Draw:
    """Seeded choices over one growing set of rows."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.rows: Entities = {}

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def whole(self, low: int, high: int) -> int:
        return int(self.random.integers(low, high + 1))

    def add(self, entity: str, **columns: str | None) -> None:
        row = {name: value for name, value in columns.items() if value is not None}
        self.rows.setdefault(entity, []).append(row)

    def later(self, moment: datetime, hours: int) -> datetime:
        return moment + timedelta(hours=self.whole(1, hours))

    def text(self, moment: datetime, *, unknown: float = 0.0) -> str:
        return "unknown" if self.chance(unknown) else f"{moment:%Y-%m-%d %H:%M:%S}"


def draw_entities(*, seed: int, order_count: int) -> Mapping[str, list[Row]]:
    """Draw orders with everything that can happen to them.

    Parameters
    ----------
    seed : int
    order_count : int

    Returns
    -------
    mapping of entity name to rows
        Landed text; all ids begin with ``random-``.
    """
    draw = Draw(seed)
    draw_products(draw)
    for number in range(order_count):
        draw_order(draw, f"random-{number:03d}")
    return draw.rows


def draw_products(draw: Draw) -> None:
    """Draw a catalogue in which some styles have no category and one no size."""
    for style in range(6):
        for order, size in enumerate(SIZES):
            for colour in COLOURS:
                draw.add(
                    "products",
                    sku=f"random-{style}-{size}-{colour}",
                    style_id=f"random-{style}",
                    category=["tops", "shoes", None][style % 3],
                    size_label=size if style != 5 else None,
                    size_order=str(order),
                    colour_name=colour,
                )


def draw_order(draw: Draw, order_id: str) -> None:
    """Draw an order over the SKUs of ``draw_entities`` and everything that happens to it."""
    ordered = START + timedelta(minutes=draw.whole(0, 92 * 24 * 60))
    source = "mall" if draw.chance(0.2) else "canonical"
    draw.add(
        "orders",
        order_id=order_id,
        ordered_at=draw.text(ordered, unknown=0.02),
        channel=["web", "app", None][draw.whole(0, 2)],
        discount=str(draw.whole(1, 999)) if draw.chance(0.4) else None,
        points_used=str(draw.whole(1, 99)) if draw.chance(0.3) else None,
        cancelled_at=draw.text(draw.later(ordered, 200), unknown=0.1) if draw.chance(0.1) else None,
        source_system=source,
    )
    style = draw.whole(0, 5)
    lines = []
    for number in range(draw.whole(1, 4)):
        style = style if draw.chance(0.6) else draw.whole(0, 5)
        sku = f"random-{style}-{SIZES[draw.whole(0, 2)]}-{COLOURS[draw.whole(0, 1)]}"
        quantity = draw.whole(1, 3)
        lines.append((f"{order_id}/{number}", sku, quantity))
        draw.add(
            "order_lines",
            order_line_id=f"{order_id}/{number}",
            order_id=order_id,
            sku=sku,
            quantity=str(quantity),
            unit_price=str(draw.whole(0, 2000)),
            discount_allocated=str(draw.whole(1, 200)) if draw.chance(0.15) else None,
            source_system=source,
        )
    _draw_parcels(draw, order_id, ordered, lines, source=source)
    for line in lines:
        for part in range(int(draw.random.choice([0, 1, 2], p=[0.6, 0.3, 0.1]))):
            _draw_return(draw, order_id, ordered, line, part=part)


def _draw_parcels(
    draw: Draw,
    order_id: str,
    ordered: datetime,
    lines: list[tuple[str, str, int]],
    *,
    source: str,
) -> None:
    is_listed = draw.chance(0.3)
    for number in range(draw.whole(0 if draw.chance(0.2) else 1, 2)):
        shipped = draw.later(ordered, 72)
        shipment_id = f"{order_id}-{number}"
        delivered = draw.later(shipped, 96)
        draw.add(
            "shipments",
            shipment_id=shipment_id,
            order_id=order_id,
            kind=[None, "original", "exchange", "return"][draw.whole(0, 9) % 4],
            shipped_at=draw.text(shipped, unknown=0.03),
            delivered_at=draw.text(delivered, unknown=0.05)
            if source == "canonical" and draw.chance(0.8)
            else None,
            source_system=source,
        )
        if draw.chance(0.2):
            # The mall never says that a parcel arrived: its deliveries are estimated.
            kinds = ("bring_back", "delivered", "refused")
            for kind in kinds[: draw.whole(1, 3) if source == "canonical" else 1]:
                draw.add(
                    "delivery_events",
                    shipment_id=shipment_id,
                    event_at=draw.text(draw.later(shipped, 150), unknown=0.05),
                    event_type=kind,
                )
        if is_listed:
            for order_line_id, _, quantity in lines:
                if draw.chance(0.6):
                    draw.add(
                        "shipment_lines",
                        shipment_id=shipment_id,
                        order_line_id=order_line_id,
                        quantity=str(draw.whole(1, quantity)),
                    )


def _draw_return(
    draw: Draw, order_id: str, ordered: datetime, line: tuple[str, str, int], *, part: int
) -> None:
    order_line_id, sku, quantity = line
    return_line_id = f"{order_line_id}-{part}"
    requested = draw.later(ordered, 600)
    names_line = draw.chance(0.8)
    decisions = [None, "approved", "denied", "cancelled", "review"]
    kinds = [None, "customer_return", "undeliverable", "refused", "recall", "exchange_leg"]
    draw.add(
        "return_requests",
        return_line_id=return_line_id,
        order_line_id=order_line_id if names_line else None,
        order_id=None if names_line or draw.chance(0.3) else order_id,
        sku=None if names_line else sku,
        requested_at=draw.text(requested, unknown=0.05),
        quantity=str(draw.whole(1, quantity)) if draw.chance(0.9) else None,
        return_type=kinds[draw.whole(0, 5)] if draw.chance(0.2) else None,
        reason_code=["FIT.SMALL", "COLOR", None][draw.whole(0, 2)],
        reason_system=["shopify", None][draw.whole(0, 1)],
        decision=decisions[draw.whole(0, 4)],
        decided_at=draw.text(draw.later(requested, 100)) if draw.chance(0.5) else None,
    )
    for _ in range(int(draw.random.choice([0, 1, 2], p=[0.3, 0.6, 0.1]))):
        draw.add(
            "return_receipts",
            return_line_id=return_line_id,
            received_at=draw.text(draw.later(requested, 400), unknown=0.02),
            quantity=str(draw.whole(1, quantity)) if draw.chance(0.7) else None,
            grade=["A", "B", "X", None][draw.whole(0, 3)],
        )
    for number in range(int(draw.random.choice([0, 1, 2], p=[0.5, 0.4, 0.1]))):
        paid = draw.later(requested, 600)
        draw.add(
            "refunds",
            refund_id=f"{return_line_id}-{number}",
            return_line_id=return_line_id if draw.chance(0.9) else None,
            method=["original_payment", "points", "bank_transfer"][draw.whole(0, 2)],
            amount=str(draw.whole(1, 3000)),
            initiated_at=draw.text(requested),
            paid_at=draw.text(paid, unknown=0.02) if draw.chance(0.8) else None,
            failed_at=draw.text(draw.later(requested, 600)) if draw.chance(0.1) else None,
        )
    if draw.chance(0.15):
        _draw_exchange(draw, order_id, requested, return_line_id)


def _draw_exchange(draw: Draw, order_id: str, requested: datetime, return_line_id: str) -> None:
    """The replacement is a line of an order of its own, or a further line of the same order."""
    own_order = f"{return_line_id}-x" if draw.chance(0.5) else order_id
    order_line_id = f"{return_line_id}-x/1"
    sku = f"random-{draw.whole(0, 5)}-M-red"
    shipped = draw.later(requested, 200)
    if own_order != order_id:
        draw.add("orders", order_id=own_order, ordered_at=draw.text(requested), channel="web")
    draw.add(
        "order_lines",
        order_line_id=order_line_id,
        order_id=own_order,
        sku=sku,
        quantity="1",
        unit_price=str(draw.whole(0, 1000)),
    )
    draw.add(
        "shipments",
        shipment_id=f"{return_line_id}-x",
        order_id=own_order,
        kind="exchange",
        shipped_at=draw.text(shipped),
        delivered_at=draw.text(draw.later(shipped, 100)) if draw.chance(0.8) else None,
    )
    draw.add(
        "exchanges",
        exchange_id=f"{return_line_id}-x",
        return_line_id=return_line_id,
        replacement_sku=sku,
        replacement_order_line_id=order_line_id if draw.chance(0.9) else None,
        shipped_at=draw.text(shipped) if draw.chance(0.5) else None,
    )
    if draw.chance(0.2):
        draw.add(
            "return_requests",
            return_line_id=f"{return_line_id}-leg",
            order_line_id=order_line_id,
            requested_at=draw.text(draw.later(shipped, 300)),
            quantity="1",
        )
