"""Who was told that a parcel left, and which size was advised: drawn by a number of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tests.warehouse.drawn import SIZES, Draw
from tests.warehouse.landed_shop import Row

APART: Final = 4_000_000


def draw_before(own: Draw, *, number: int) -> None:
    """Add to the parcels of one order their notices, and to its lines the size that was advised.

    Parameters
    ----------
    own : Draw
        Holds the order; its rows get further columns.
    number : int
        Of the order.
    """
    draw = Draw(APART + number)
    for parcel in own.rows.get("shipments", ()):
        # Some notices come only after the parcel.
        if draw.chance(0.5) and parcel["shipped_at"] != "unknown":
            sent = draw.later(datetime.fromisoformat(parcel["shipped_at"]), 72)
            _change(parcel, notice_sent_at=draw.text(sent, unknown=0.05))
    for line in own.rows["order_lines"]:
        if draw.chance(0.5):
            label = SIZES[draw.whole(0, 2)]
            _change(line, advised_size_label=f" {label.lower()}" if draw.chance(0.2) else label)


def _change(row: Row, **columns: str) -> None:
    """Give a landed row further columns."""
    assert isinstance(row, dict)
    row.update(columns)
