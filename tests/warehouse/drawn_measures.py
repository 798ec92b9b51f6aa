"""What garments measure and what size charts promise: drawn by a number of their own."""

from __future__ import annotations

from typing import Final

from tests.warehouse.drawn import SIZES, Draw
from tests.warehouse.landed_shop import Row

APART: Final = 3_000_000
MEASURES: Final = ("length", "foot_width")
# Spellings of the sizes of the products, one that they do not come in, and one that nobody knows.
LABELS: Final = {"S": ("S", "ｓ"), "M": ("M", "m"), "L": ("L", "l"), "X": ("XL", "でか")}


def draw_measures(draw: Draw, *, number: int) -> None:
    """Add to the products what they measure, and charts of styles, categories and brands.

    Two colours of a size are measured alike, mostly; a chart differs by up to a few centimetres,
    and often by exactly what is tolerated.

    Parameters
    ----------
    draw : Draw
        Holds the products; they get further columns.
    number : int
        Of the drawing.
    """
    own = Draw(APART + number)
    for place, product in enumerate(draw.rows["products"]):
        _change(product, brand=[None, "kaeru", "ひより"][place // 6 % 3])
        size = SIZES.index(product.get("size_label") or "S")
        odd = 0.25 * own.chance(0.15)
        if own.chance(0.8):
            _change(product, length_cm=f"{60 + 2 * size + odd:.2f}")
        if own.chance(0.5):
            _change(product, foot_width_cm=f"{9 + 0.2 * size + 0.1 * own.chance(0.15):.2f}")
    for style in sorted({row["style_id"] for row in draw.rows["products"]}):
        if own.chance(0.5):
            _draw_chart(own, draw, style_id=style)
    for brand in ("kaeru", None):
        for category in ("tops", "shoes", None):
            if (brand or category) and own.chance(0.6):
                _draw_chart(own, draw, brand=brand, category=category)


def _draw_chart(own: Draw, draw: Draw, **named: str | None) -> None:
    """A chart of one measurement or both, some of its sizes written in two ways."""
    for measure in MEASURES:
        if not own.chance(0.8):
            continue
        for size, labels in enumerate(LABELS.values()):
            for label in labels if own.chance(0.2) else (labels[own.whole(0, 1)],):
                steps = own.whole(-5, 5)
                value = 60 + 2 * size + 0.5 * steps if measure == "length" else 9 + 0.2 * size
                if measure == "foot_width":
                    value += 0.05 * steps
                draw.add(
                    "size_charts",
                    **named,
                    size_label=label,
                    measure=measure,
                    value_cm=f"{value:.2f}",
                )


def _change(row: Row, **columns: str | None) -> None:
    """Give a landed row further columns."""
    assert isinstance(row, dict)
    row.update({name: value for name, value in columns.items() if value is not None})
