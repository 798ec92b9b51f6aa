"""Geometry of lamps and bullets: numbers in, coordinates out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboards.lib.records import is_missing

BULLET_WIDTH: Final = 244  # px
MARGIN: Final = 6
AXIS_FROM: Final = 0.5  # the common axis: 50 to 100 %


@dataclass(frozen=True)
class Lamp:
    """The state of a condition: disc, half disc, ring with a cross, dashed ring.

    Attributes
    ----------
    state : {"pass", "partial", "fail", "not_measurable"}
    label : str
    kind : str
    """

    state: str
    label: str
    kind: str = "lamp"


@dataclass(frozen=True)
class Bullet:
    """A share on the axis from 50 to 100 %, with its interval, between its thresholds.

    Attributes
    ----------
    partial, threshold : float
        Where the bands begin that are on the way, and that pass.
    low, dot, high : float
        The interval and the value.
    is_below : bool
        The value lies under the axis: an arrow points to it.
    is_red : bool
    label : str
    width : int
    kind : str
    """

    partial: float
    threshold: float
    low: float
    dot: float
    high: float
    is_below: bool
    is_red: bool
    label: str
    width: int = BULLET_WIDTH
    kind: str = "bullet"


Mark = Bullet | Lamp


def draw_bullet(
    rates: tuple[float, float, float], *, bands: tuple[float, float], is_red: bool, label: str
) -> Bullet | None:
    """Lay a value with its interval on the common axis; None without a value.

    Parameters
    ----------
    rates : tuple of float
        Value, and the ends of its interval.
    bands : tuple of float
        What is on the way, and what passes.
    is_red : bool
    label : str

    Examples
    --------
    >>> found = draw_bullet((0.75, 0.7, 0.8), bands=(0.5, 1.0), is_red=False, label="")
    >>> found.partial, found.dot, found.threshold, found.is_below
    (6.0, 122.0, 238.0, False)
    >>> draw_bullet((0.2, 0.1, 0.3), bands=(0.5, 1.0), is_red=True, label="").is_below
    True
    """
    value, low, high = rates
    if is_missing(value) or is_missing(low):
        return None
    return Bullet(
        *(_place(at) for at in bands),
        *(_place(at) for at in (low, value, high)),
        is_below=value < AXIS_FROM,
        is_red=is_red,
        label=label,
    )


def _place(share: float) -> float:
    at = min(max((share - AXIS_FROM) / (1 - AXIS_FROM), 0.0), 1.0)
    return round(MARGIN + at * (BULLET_WIDTH - 2 * MARGIN), 1)
