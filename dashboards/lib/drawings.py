"""Geometry of the small drawings in tables: numbers in, coordinates out. Pure.

The templates turn them into SVG; every drawing carries its own words for those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboards.lib.records import is_missing, list_records

GLYPH_WIDTH: Final = 158  # px, with GLYPH_HEIGHT: look.md, chart vocabulary
GLYPH_MARGIN: Final = 6
BAR_WIDTH: Final = 64  # px of the longest bar
DAY_STEP: Final = 7  # px from dot to dot


@dataclass(frozen=True)
class Interval:
    """A rate on the axis of its column: hollow dot (seen), band (95 %), tick (category).

    Attributes
    ----------
    low, dot, high : float
        Coordinates in px.
    tick : float or None
    is_muted : bool
    label : str
    final : float or None
        Where the rate will end: a filled dot, a dotted line from the hollow one.
    is_red : bool
    kind : str
    """

    low: float
    dot: float
    high: float
    tick: float | None
    is_muted: bool
    label: str
    final: float | None = None
    is_red: bool = False
    kind: str = "interval"


@dataclass(frozen=True)
class Bar:
    """An amount from the zero of its column.

    Attributes
    ----------
    width : float
        px, at least 1 where there is something.
    is_muted, is_red : bool
    kind : str
    """

    width: float
    is_muted: bool = False
    is_red: bool = False
    kind: str = "bar"


@dataclass(frozen=True)
class Wait:
    """A time from the zero of its column, with the limit that it should keep.

    Attributes
    ----------
    width, tick : float
        px of the bar, and where the limit stands.
    is_red : bool
        The limit is passed.
    kind : str
    """

    width: float
    tick: float
    is_red: bool
    kind: str = "wait"


@dataclass(frozen=True)
class Days:
    """Days on which something arrived.

    Attributes
    ----------
    dots, blanks : tuple of float
        Coordinates of days with and without an arrival.
    missing : tuple of float
        Days on which it should have come and did not.
    width : int
    label : str
    kind : str
    """

    dots: tuple[float, ...]
    blanks: tuple[float, ...]
    missing: tuple[float, ...]
    width: int
    label: str
    kind: str = "days"


@dataclass(frozen=True)
class Span:
    """A part of a sum, from where the part before ends; in percent of the column.

    Attributes
    ----------
    start, width : float
        In [0, 100].
    is_total : bool
    is_accent : bool
        It adds to what the page speaks of.
    kind : str
    """

    start: float
    width: float
    is_total: bool
    is_accent: bool = False
    kind: str = "span"


def draw_interval(  # noqa: PLR0913 - one drawing, all its marks
    rate: float,
    low: float,
    high: float,
    *,
    tick: float | None,
    top: float,
    is_muted: bool,
    label: str,
    final: float | None = None,
    is_red: bool = False,
) -> Interval | None:
    """Lay a rate, and where it will end, on an axis from 0 to ``top``; None without an interval."""
    if is_missing(rate) or is_missing(low):
        return None

    def place(value: float) -> float:
        share = min(value / top, 1.0) if top > 0 else 0.0
        return round(GLYPH_MARGIN + share * (GLYPH_WIDTH - 2 * GLYPH_MARGIN), 1)

    tick_at = None if tick is None or is_missing(tick) else place(tick)
    final_at = None if final is None or is_missing(final) else place(final)
    return Interval(
        place(low), place(rate), place(high), tick_at, is_muted, label, final_at, is_red
    )


def draw_bar(amount: float, *, largest: float, is_muted: bool = False, is_red: bool = False) -> Bar:
    """Lay an amount on an axis from 0 to ``largest``.

    Examples
    --------
    >>> draw_bar(50, largest=100).width, draw_bar(0, largest=0).width
    (32.0, 0.0)
    """
    if amount <= 0 or largest <= 0:
        return Bar(0.0, is_muted, is_red)
    return Bar(round(max(1.0, BAR_WIDTH * amount / largest), 1), is_muted, is_red)


def draw_wait(hours: float, *, limit: float, longest: float, is_red: bool) -> Wait:
    """Lay a time on an axis from 0 to ``longest``, or to the limit where that is longer.

    Examples
    --------
    >>> draw_wait(48, limit=24, longest=96, is_red=True)
    Wait(width=32.0, tick=16.0, is_red=True, kind='wait')
    """
    top = max(longest, limit)
    width = round(max(1.0, BAR_WIDTH * min(hours, top) / top), 1)
    return Wait(width, round(BAR_WIDTH * limit / top, 1), is_red)


def draw_days(arrived: Sequence[int], *, days: int, late: int, label: str) -> Days:
    """Lay the last days on a row of dots.

    Parameters
    ----------
    arrived : sequence of int
        Days ago on which something arrived; 0 is the last day of the row.
    days : int
    late : int
        How many days at the end are overdue.
    label : str
    """
    at = {ago: float((days - 1 - ago) * DAY_STEP + 4) for ago in range(days)}
    dots = {ago for ago in arrived if ago in at}
    missing = set(range(min(late, days))) - dots
    blanks = set(at) - dots - missing
    return Days(
        dots=tuple(sorted(at[ago] for ago in dots)),
        blanks=tuple(sorted(at[ago] for ago in blanks)),
        missing=tuple(sorted(at[ago] for ago in missing)),
        width=days * DAY_STEP + 1,
        label=label,
    )


def draw_spans(steps: pd.DataFrame, *, totals: Sequence[str]) -> dict[str, Span]:
    """Lay the steps of two sums end to end on one axis.

    Parameters
    ----------
    steps : DataFrame
        ``bridge_step_code`` and ``returned_count``, in order.
    totals : sequence of str
        Codes that are sums of what stands above them.

    Returns
    -------
    dict of str to Span
    """
    largest = float(steps["returned_count"].abs().max() or 0) or 1.0
    spans: dict[str, Span] = {}
    start = 0.0
    for row in list_records(steps):
        width = 100 * abs(float(row["returned_count"])) / largest
        is_total = row["bridge_step_code"] in totals
        spans[row["bridge_step_code"]] = Span(0.0 if is_total else start, width, is_total)
        start = 0.0 if is_total else start + width
    return spans
