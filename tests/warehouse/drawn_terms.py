"""Under what terms goods were sold and asked back: drawn by a number of their own."""

from __future__ import annotations

from typing import Final

from tests.warehouse.drawn import Draw
from tests.warehouse.landed_shop import Row

APART: Final = 2_000_000
USES: Final = (None, None, " Worn", "着用済み", "未使用", "new")


def draw_terms(own: Draw, *, number: int) -> None:
    """Add to the rows of one order its terms, and what was said of the use of what came back.

    Parameters
    ----------
    own : Draw
        Holds the order; its orders, lines and requests get further columns.
    number : int
        Of the order.
    """
    draw = Draw(APART + number)
    for order in own.rows["orders"]:
        _change(order, policy_shown_at_checkout=draw_flag(draw, true=0.5, false=0.2))
    for line in own.rows["order_lines"]:
        _change(line, is_final_sale=draw_flag(draw, true=0.1, false=0.1))
        _change(line, is_gift=draw_flag(draw, true=0.2, false=0.1))
        _change(line, is_sale=draw_flag(draw, true=0.2, false=0.1))
    for request in own.rows.get("return_requests", ()):
        _change(request, usage_state=USES[draw.whole(0, 5)])


def draw_product_terms(draw: Draw) -> None:
    """Add to every second product whether it is taken back at all."""
    for number, product in enumerate(draw.rows["products"]):
        if number % 5 == 0:
            _change(product, is_hygiene="true")
        if number % 7 == 0:
            _change(product, is_final_sale="true")


def draw_flag(draw: Draw, *, true: float, false: float) -> str | None:
    """A flag that is often not said."""
    if draw.chance(true):
        return "true"
    return "false" if draw.chance(false) else None


def _change(row: Row, **columns: str | None) -> None:
    """Give a landed row further columns."""
    assert isinstance(row, dict)
    row.update({name: value for name, value in columns.items() if value is not None})
