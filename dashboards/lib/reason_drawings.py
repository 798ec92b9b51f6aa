"""What the pages of reasons are made of: words, counts and small multiples. Pure.

The templates turn them into HTML; coordinates are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboards.lib.records import is_missing

WIDTH: Final = 178  # px of a small multiple, with HEIGHT: look.md, chart vocabulary
HEIGHT: Final = 96
LEFT: Final = 3
RIGHT: Final = 152  # the scale is written behind it
TOP: Final = 14
ZERO: Final = 78
CHANCE_WIDTH: Final = 96  # px of the bar of a probability
CEILINGS: Final = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
LABEL_LIFT: Final = 7


@dataclass(frozen=True)
class Piece:
    """A part of a customer's text.

    Attributes
    ----------
    text : str
        With the blanks that it begins and ends with.
    kind : {"", "first", "second", "danger", "masked"}
        Words that decided for the reason it is quoted for, for another one, or that say an injury;
        what was hidden before the text was stored.
    """

    text: str
    kind: str = ""


@dataclass(frozen=True)
class QuoteCard:
    """A customer's words on a page.

    Attributes
    ----------
    pieces : tuple of Piece
    about : str
        Of what, and what was read.
    tag : str
        A word where a person has to look, else empty.
    """

    pieces: tuple[Piece, ...]
    about: str
    tag: str = ""


@dataclass(frozen=True)
class AskedText:
    """A text that a person should read.

    Attributes
    ----------
    tag : str
        Why it is asked.
    is_red : bool
    about : str
        Its place in the queue, and of what it is.
    pieces : tuple of Piece
    """

    tag: str
    is_red: bool
    about: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Chance:
    """A probability as a bar, in px.

    Attributes
    ----------
    width, tick : float
    is_sure : bool
        Above the threshold.
    """

    width: float
    tick: float
    is_sure: bool


@dataclass(frozen=True)
class CodeRow:
    """What was read of one reason.

    Attributes
    ----------
    chance : Chance
    share, label : str
        The probability, and all of it for those who cannot see.
    words : tuple of str
        That decided.
    """

    chance: Chance
    share: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class MatrixCell:
    """One cell of counts.

    Attributes
    ----------
    value : str
    shade : int
        0 where it is not judged, else 1 to 5.
    is_same : bool
        Both sides mean the same.
    is_spoken : bool
        The heading speaks of it.
    """

    value: str
    shade: int
    is_same: bool = False
    is_spoken: bool = False


@dataclass(frozen=True)
class CountMatrix:
    """Counts of two answers to one question.

    Attributes
    ----------
    name, corner, total : str
    heads : tuple of str
    rows : tuple of (str, tuple of MatrixCell, str)
        Name, cells, and the sum.
    foot : tuple of str
        Name and sums of the columns; empty without them.
    """

    name: str
    corner: str
    total: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...], str], ...]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True)
class Multiple:
    """One small line of many on one scale.

    Attributes
    ----------
    title, value, interval : str
        What stands above it.
    is_accent, is_muted : bool
        The heading speaks of it; do not judge yet.
    label : str
        All of it, for those who cannot see.
    line : Line
    first, last : str
        Values at the ends of the line.
    begins, ends : str
        Days under the ends of the axis.
    """

    title: str
    value: str
    interval: str
    is_accent: bool
    is_muted: bool
    label: str
    line: Line
    first: str
    last: str
    begins: str
    ends: str


@dataclass(frozen=True)
class Line:
    """Coordinates of a small line.

    Attributes
    ----------
    bands, lines : tuple of str
        Points of the runs between gaps: the outline of the interval, and the line.
    start, end : (float, float) or None
        The first and the last point that there is.
    start_label, end_label : float
        Height of the values at the ends.
    """

    bands: tuple[str, ...]
    lines: tuple[str, ...]
    start: tuple[float, float] | None
    end: tuple[float, float] | None
    start_label: float
    end_label: float


def find_ceiling(largest: float) -> float:
    """Return the upper end of the scale that all small multiples share.

    Examples
    --------
    >>> find_ceiling(0.31), find_ceiling(0.02), find_ceiling(1.0)
    (0.4, 0.05, 1.0)
    """
    return next((ceiling for ceiling in CEILINGS if largest <= ceiling), CEILINGS[-1])


def draw_chance(share: float, *, threshold: float) -> Chance:
    """Lay a probability on a bar with its threshold.

    Examples
    --------
    >>> draw_chance(0.75, threshold=0.5)
    Chance(width=72.0, tick=48.0, is_sure=True)
    """
    width = round(CHANCE_WIDTH * min(max(share, 0.0), 1.0), 1)
    return Chance(width, round(CHANCE_WIDTH * threshold, 1), share >= threshold)


def draw_line(points: Sequence[tuple[float, float, float]], *, ceiling: float) -> Line:
    """Lay rates with their intervals on the scale; a missing rate is a gap.

    Parameters
    ----------
    points : sequence of (rate, low, high)
        Evenly spaced.
    ceiling : float
        Of ``find_ceiling``.
    """
    step = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def place(number: int, value: float) -> tuple[float, float]:
        height = (ZERO - TOP) * min(value / ceiling, 1.0)
        return round(LEFT + number * step, 1), round(ZERO - height, 1)

    runs: list[list[int]] = []
    for number, (rate, _, _) in enumerate(points):
        if is_missing(rate):
            continue
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    seen = [number for run in runs for number in run]
    start = place(seen[0], points[seen[0]][0]) if seen else None
    end = place(seen[-1], points[seen[-1]][0]) if seen else None
    return Line(
        bands=tuple(
            _join(
                [place(number, points[number][2]) for number in run]
                + [place(number, points[number][1]) for number in reversed(run)]
            )
            for run in runs
        ),
        lines=tuple(_join([place(number, points[number][0]) for number in run]) for run in runs),
        start=start,
        end=end,
        start_label=_lift(points[seen[0]][2], place) if seen else 0.0,
        end_label=_lift(points[seen[-1]][2], place) if seen else 0.0,
    )


def _lift(high: float, place: Callable[[int, float], tuple[float, float]]) -> float:
    """Return where a value stands: above the interval, and inside the drawing."""
    return max(place(0, high)[1] - LABEL_LIFT + 2, TOP - 3.0)


def _join(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
