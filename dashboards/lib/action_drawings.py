"""Geometry of the drawings of actions: numbers in, coordinates out. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboards.lib.records import is_missing

TURN_WIDTH: Final = 116  # px of the weeks before and after
TURN_TOP: Final = 5
TURN_BASE: Final = 24
MARGIN: Final = 3
WIDTH: Final = 184  # px of a difference with its interval
WIDEST: Final = 0.40  # difference at which the axis ends, at most
ROUNDING: Final = 0.02  # the axis ends at a multiple of it


@dataclass(frozen=True)
class Turn:
    """Rates of the weeks before and after an action, and of the control styles.

    Attributes
    ----------
    own, coming, others : tuple of str
        Points of each unbroken line: of the style, of what is not developed yet, of the controls.
    middle : float
        px of the day of the action.
    is_muted : bool
    label : str
    kind : str
    """

    own: tuple[str, ...]
    coming: tuple[str, ...]
    others: tuple[str, ...]
    middle: float
    is_muted: bool
    label: str
    width: int = TURN_WIDTH
    kind: str = "turn"


@dataclass(frozen=True)
class Difference:
    """A difference with its interval beside zero.

    Attributes
    ----------
    low, high, zero : float
        px.
    dot : float or None
        px; None where it comes from too few to name one.
    is_muted : bool
        The interval holds zero, or it is too early.
    label : str
    kind : str
    """

    low: float
    dot: float | None
    high: float
    zero: float
    is_muted: bool
    label: str
    width: int = WIDTH
    kind: str = "difference"


def draw_turn(
    own: Sequence[float],
    others: Sequence[float],
    *,
    top: float,
    is_open: bool,
    is_muted: bool,
    label: str,
) -> Turn:
    """Lay the weeks before and after side by side, on an axis from 0 to ``top``.

    Parameters
    ----------
    own, others : sequence of float
        Rates, half of them before the action; NaN is a gap.
    top : float
        Largest rate of the column; what is higher is cut off.
    is_open : bool
        Whether the weeks after are not developed yet.
    is_muted : bool
    label : str

    Examples
    --------
    >>> turn = draw_turn([0.2, 0.2, 0.1, 0.0], [], top=0.2, is_open=False, is_muted=False, label="")
    >>> turn.own, turn.middle
    (('16.8,5.0 44.2,5.0', '71.8,14.5 99.2,24.0'), 58.0)
    """
    half = len(own) // 2
    before, after = (_find_lines(_lay(own, top=top)[part]) for part in _halves(half))
    return Turn(
        own=before if is_open else before + after,
        coming=after if is_open else (),
        others=tuple(
            line for part in _halves(half) for line in _find_lines(_lay(others, top=top)[part])
        ),
        middle=TURN_WIDTH / 2,
        is_muted=is_muted,
        label=label,
    )


def draw_difference(
    points: float,
    low: float,
    high: float,
    *,
    ends: tuple[float, float],
    is_muted: bool,
    is_range: bool,
    label: str,
) -> Difference | None:
    """Lay a difference on the axis of its column; None where it is not known.

    Examples
    --------
    >>> kind = {"is_muted": False, "is_range": False, "label": ""}
    >>> found = draw_difference(-0.1, -0.3, 0, ends=(-0.2, 0.2), **kind)
    >>> (found.low, found.dot, found.high, found.zero) if found else None
    (3.0, 47.5, 92.0, 92.0)
    """
    if is_missing(points) or is_missing(low):
        return None
    first, last = ends

    def place(value: float) -> float:
        share = (min(max(value, first), last) - first) / (last - first)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    dot = None if is_range else place(points)
    return Difference(place(low), dot, place(high), place(0.0), is_muted, label)


def find_ends(intervals: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Find where the axis of a column ends: it holds zero and every interval, as far as it may.

    Examples
    --------
    >>> find_ends([(-0.071, 0.03), (float("nan"), float("nan"))]), find_ends([])
    ((-0.08, 0.04), (-0.02, 0.02))
    """
    known = [pair for pair in intervals if not is_missing(pair[0])]
    low = max((-pair[0] for pair in known), default=0.0)
    high = max((pair[1] for pair in known), default=0.0)
    return -_round_up(low), _round_up(high)


def _round_up(value: float) -> float:
    steps = max(math.ceil(min(value, WIDEST) / ROUNDING - 1e-9), 1)
    return round(steps * ROUNDING, 2)


def _halves(half: int) -> tuple[slice, slice]:
    return slice(0, half), slice(half, None)


def _lay(rates: Sequence[float], *, top: float) -> list[tuple[float, float] | None]:
    step = (TURN_WIDTH - 2 * MARGIN) / max(len(rates), 1)
    return [
        None
        if is_missing(rate)
        else (
            round(MARGIN + (place + 0.5) * step, 1),
            round(TURN_BASE - (TURN_BASE - TURN_TOP) * (min(rate / top, 1.0) if top else 0), 1),
        )
        for place, rate in enumerate(rates)
    ]


def _find_lines(points: Sequence[tuple[float, float] | None]) -> tuple[str, ...]:
    """Write each unbroken line; a week that stands alone becomes a short stroke."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    strokes = [run if len(run) > 1 else [run[0], (run[0][0] + 2, run[0][1])] for run in runs if run]
    return tuple(" ".join(f"{x},{y}" for x, y in run) for run in strokes)
