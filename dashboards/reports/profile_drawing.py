"""Geometry of the sizes of a style on a sheet: rates in, coordinates out. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboards.reports.drawings import WIDTH
from dashboards.reports.fit_facts import Rate, SizeFacts

BAR_LEFT: Final = 150  # of the size profile: its axis and its averages are named before it
BAR_RIGHT: Final = 16  # px that the last value may take
PLOT: Final = 104  # px from the longest bar up to the longest bar down
TOP: Final = 24
ROOMY: Final = 68  # px from size to size from which on values stand beside their bars
LETTER: Final = 6.6  # px of a letter of a size
ENOUGH: Final = 30  # units from which on an interval decides the scale
LEAST_SIDE: Final = 14  # px of a side on which next to nothing comes back
BAND: Final = 0.52  # of the step from size to size
WIDEST_BAND: Final = 46
STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
MOST_TICKS: Final = 3
NARROW: Final = 42  # px from size to size below which there is no room for n

Way = Callable[[float], float]  # a share to its place


@dataclass(frozen=True)
class Side:
    """One side of a size: a bar with its interval.

    Attributes
    ----------
    y, height, low, high : float
    kind : {"small", "small-soft", "large", "large-soft"}
    label : str
        Empty: none is written.
    label_x, label_y : float
    anchor : {"start", "middle"}
    """

    y: float
    height: float
    low: float
    high: float
    kind: str
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Column:
    """One size.

    Attributes
    ----------
    x, width, middle : float
    name, sample : str
    sides : tuple of Side
        Small (up), large (down).
    """

    x: float
    width: float
    middle: float
    name: str
    sample: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Profile:
    """The sizes of a style, small up and large down.

    Attributes
    ----------
    columns : tuple of Column
    zero, height : float
    ticks : tuple of (float, str)
    averages : tuple of (float, str)
        Dotted lines; the label of the side that the heading speaks of, else empty.
    """

    columns: tuple[Column, ...]
    zero: float
    height: float
    ticks: tuple[tuple[float, str], ...]
    averages: tuple[tuple[float, str], ...]


def draw_profile(
    sizes: Sequence[SizeFacts],
    *,
    usual: tuple[float, float],
    usual_labels: tuple[str, str],
    labels: Sequence[tuple[str, str, str]],
) -> Profile:
    """Lay sizes side by side.

    Parameters
    ----------
    sizes : sequence of SizeFacts
        At least one.
    usual : (float, float)
        Rates of the category, small and large.
    usual_labels : (str, str)
    labels : sequence of (str, str, str)
        Of each size: its n, and what is written at its bar up and down.
    """
    up = max(usual[0], *(_find_reach(one.small, n=one.n) for one in sizes))
    down = max(usual[1], *(_find_reach(one.large, n=one.n) for one in sizes))
    scale = PLOT / ((up + down) or 1.0)
    zero = round(TOP + max(up * scale, LEAST_SIDE), 1)
    step = (WIDTH - BAR_LEFT - BAR_RIGHT) / len(sizes)

    def rise(share: float) -> float:
        return zero - min(share, up) * scale

    def fall(share: float) -> float:
        return zero + min(share, down) * scale

    columns = [
        _draw_column(
            one, name, label, middle=BAR_LEFT + step * (at + 0.5), step=step, ways=(rise, fall)
        )
        for at, (one, name, label) in enumerate(
            zip(sizes, shorten_names([one.label for one in sizes], step=step), labels, strict=True)
        )
    ]
    ticks = [(round(zero - at * scale, 1), f"{at * 100:g}%") for at in _find_ticks(up)]
    averages = tuple(
        (round(zero + sign * rate * scale, 1), label)
        for sign, rate, label in zip((-1, 1), usual, usual_labels, strict=True)
        if rate > 0
    )
    height = round(zero + max(down * scale, LEAST_SIDE) + 8, 1)
    return Profile(tuple(columns), zero, height, ((zero, "0"), *ticks), averages)


def _draw_column(
    size: SizeFacts,
    name: str,
    labels: tuple[str, str, str],
    *,
    middle: float,
    step: float,
    ways: tuple[Way, Way],
) -> Column:
    width = min(step * BAND, WIDEST_BAND)
    at = (middle + width / 2 + 4, "start") if step >= ROOMY else (middle, "middle")
    sample, *written = labels
    sides = tuple(
        _draw_side(
            rate,
            side if size.decided == side else f"{side}-soft",
            label=label,
            at=at,
            place=place,
        )
        for side, rate, label, place in zip(
            ("small", "large"), (size.small, size.large), written, ways, strict=True
        )
    )
    return Column(
        x=round(middle - width / 2, 1),
        width=round(width, 1),
        middle=round(middle, 1),
        name=name,
        sample=sample if step >= NARROW else "",
        sides=sides,
    )


def shorten_names(names: Sequence[str], *, step: float) -> list[str]:
    """Shorten what is too long for its column: first the system that all share, then the end.

    Examples
    --------
    >>> shorten_names(["EU 38.5", "EU 39.5"], step=30.0)
    ['38.5', '39.5']
    >>> shorten_names(["Women 38.5", "Kids 39.5"], step=30.0)
    ['Wom…', 'Kid…']
    """
    most = max(int(step / LETTER), 3)
    if max(len(name) for name in names) > most:
        systems = {name.rpartition(" ")[0] for name in names}
        names = [name.rpartition(" ")[2] for name in names] if len(systems) == 1 else names
    return [name if len(name) <= most else f"{name[: most - 1]}…" for name in names]


def _find_reach(rate: Rate, *, n: int) -> float:
    """Return how far a side reaches; the interval of a handful may be cut."""
    return rate.high if n >= ENOUGH else rate.value


def _draw_side(rate: Rate, kind: str, *, label: str, at: tuple[float, str], place: Way) -> Side:
    zero, end, high = place(0.0), place(rate.value), place(rate.high)
    is_up = place(1.0) < zero
    label_x, anchor = at
    beside, beyond = (end + 4, high - 4) if is_up else (end + 8, high + 12)
    return Side(
        y=round(min(zero, end), 1),
        height=round(abs(end - zero), 1),
        low=round(place(rate.low), 1),
        high=round(high, 1),
        kind=kind,
        label=label,
        label_x=round(label_x, 1),
        label_y=round(beside if anchor == "start" else beyond, 1),
        anchor=anchor,
    )


def _find_ticks(top: float) -> list[float]:
    step = next((one for one in STEPS if top / one < MOST_TICKS + 1), STEPS[-1])
    return [step * place for place in range(1, math.floor(top / step + 1e-9) + 1)]
