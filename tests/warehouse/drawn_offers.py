"""What was offered instead of money, and to whom nothing was: drawn by a number of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tests.warehouse.drawn import COLOURS, SIZES, Draw
from tests.warehouse.landed_shop import Row

APART: Final = 3_000_000


def draw_offers(own: Draw, *, number: int) -> None:
    """Add to the requests of one order the variant that was offered, and the control group.

    Parameters
    ----------
    own : Draw
        Holds the order; its requests get further columns.
    number : int
        Of the order.
    """
    draw = Draw(APART + number)
    skus = {row["order_line_id"]: row["sku"] for row in own.rows["order_lines"]}
    for request in own.rows.get("return_requests", ()):
        if draw.chance(0.15):
            _change(request, is_holdout=["true", "false"][draw.whole(0, 1)])
        if draw.chance(0.3) and request["requested_at"] != "unknown":
            offered = draw.later(datetime.fromisoformat(request["requested_at"]), 60)
            _change(request, exchange_offered_at=draw.text(offered))
        sku = skus.get(request.get("order_line_id") or "", request.get("sku") or "")
        parts = sku.split("-")
        if request.get("exchange_offered_at") and len(parts) == 4 and draw.chance(0.8):
            # Mostly of the same style: any size and colour of it.
            size, colour = SIZES[draw.whole(0, 2)], COLOURS[draw.whole(0, 1)]
            _change(request, offered_sku=f"random-{parts[1]}-{size}-{colour}")


def _change(row: Row, **columns: str | None) -> None:
    """Give a landed row further columns."""
    assert isinstance(row, dict)
    row.update({name: value for name, value in columns.items() if value is not None})
