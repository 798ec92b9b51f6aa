"""Geometry of the drawings beside the morning's sentences: numbers in, coordinates out. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.lib.drawings import GLYPH_MARGIN, GLYPH_WIDTH, Interval


@dataclass(frozen=True)
class Part:
    """A share of a whole, as the filled part of a bar.

    Attributes
    ----------
    width : float or None
        px of the part; None where nothing was measured.
    is_red : bool
        Somebody must act.
    label : str
    kind : str
    """

    width: float | None
    is_red: bool
    label: str
    kind: str = "part"


def draw_part(share: float | None, *, label: str, is_red: bool = False) -> Part:
    """Lay a share on a bar of the width of a glyph.

    Examples
    --------
    >>> draw_part(0.5, label="").width, draw_part(None, label="").width
    (79.0, None)
    """
    width = None if share is None else round(GLYPH_WIDTH * min(max(share, 0.0), 1.0), 1)
    return Part(width, is_red, label)


def draw_development(
    rates: tuple[float, float, float, float], *, tick: float, is_red: bool, label: str
) -> Interval:
    """Lay what is seen and what is expected in the end on one axis from zero.

    Parameters
    ----------
    rates : tuple of float
        Observed, final, and the ends of the interval of the final one.
    tick : float
        What it is compared with.
    is_red : bool
    label : str
    """
    top = 1.15 * max(*rates, tick, 1e-9)
    observed, final, low, high, line = (
        round(GLYPH_MARGIN + value / top * (GLYPH_WIDTH - 2 * GLYPH_MARGIN), 1)
        for value in (*rates, tick)
    )
    return Interval(
        low, observed, high, line, is_muted=False, label=label, final=final, is_red=is_red
    )
