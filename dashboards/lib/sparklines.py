"""Geometry of sparklines: the rates of weeks in, coordinates out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboards.lib.records import is_missing

SPARK_WIDTH: Final = 72  # px
SPARK_TOP: Final = 4
SPARK_BASE: Final = 22


@dataclass(frozen=True)
class Spark:
    """Rates of weeks from the zero of their column; a gap stays a gap.

    Attributes
    ----------
    solid, dotted : tuple of str
        Points of each unbroken line.
    dots : tuple of (float, float)
        Weeks that stand alone.
    before : tuple of str
        Points of each unbroken line of the year before.
    end : (float, float) or None
        The last week with a delivery.
    is_muted : bool
    label : str
    width : int
    kind : str
    """

    solid: tuple[str, ...]
    dotted: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    end: tuple[float, float] | None
    is_muted: bool
    label: str
    before: tuple[str, ...] = ()
    width: int = SPARK_WIDTH
    kind: str = "spark"


def draw_spark(
    rates: Sequence[float],
    *,
    undeveloped: int,
    top: float,
    is_muted: bool,
    label: str,
    before: Sequence[float] = (),
    width: int = SPARK_WIDTH,
) -> Spark:
    """Lay the rates of weeks on an axis from 0 to ``top``.

    Parameters
    ----------
    rates : sequence of float
        One per week; NaN is a gap.
    undeveloped : int
        How many weeks at the end are dotted.
    top : float
        Largest rate of the column.
    is_muted : bool
    label : str
    before : sequence of float, optional
        The same weeks of the year before.
    width : int, default SPARK_WIDTH
        px.

    Returns
    -------
    Spark

    Examples
    --------
    >>> draw_spark([0.1, 0.2, 0.1], undeveloped=1, top=0.2, is_muted=False, label="").dotted
    ('36.0,4.0 69.0,13.0',)
    """
    points = _lay_rates(rates, top=top, width=width)
    border = max(0, len(points) - undeveloped)
    solid, dotted = _find_runs(points[:border]), _find_runs(points[max(0, border - 1) :])
    alone = {run[0] for run in (*solid, *dotted) if len(run) == 1}
    alone -= {point for run in (*solid, *dotted) if len(run) > 1 for point in run}
    seen = [point for point in points if point is not None]
    return Spark(
        solid=_write_lines(solid),
        dotted=_write_lines(dotted),
        dots=tuple(sorted(alone)),
        end=seen[-1] if seen else None,
        is_muted=is_muted,
        label=label,
        before=_write_lines(_find_runs(_lay_rates(before, top=top, width=width))),
        width=width,
    )


def _lay_rates(
    rates: Sequence[float], *, top: float, width: int
) -> list[tuple[float, float] | None]:
    """Lay rates on a width and an axis from 0 to ``top``; a missing one has no place."""
    step = (width - 6) / max(1, len(rates) - 1)
    return [
        None
        if is_missing(rate)
        else (
            round(3 + index * step, 1),
            round(SPARK_BASE - (SPARK_BASE - SPARK_TOP) * (min(rate / top, 1.0) if top else 0), 1),
        )
        for index, rate in enumerate(rates)
    ]


def _find_runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _write_lines(runs: Sequence[Sequence[tuple[float, float]]]) -> tuple[str, ...]:
    return tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
