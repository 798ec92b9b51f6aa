"""Geometry of the drawings of fit: numbers in, coordinates out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 144  # px of a direction, from the line of 100 % small to that of 100 % large
MIDDLE: Final = 72
DECIDED: Final = 0.9
PROFILE_WIDTH: Final = 110  # px of a size profile
PROFILE_ZERO: Final = 14
PROFILE_HEIGHT: Final = 12  # px of the longest bar
BAND: Final = 0.84  # of the step from size to size


@dataclass(frozen=True)
class Direction:
    """How probable it is that a style runs small (left) or large (right).

    Attributes
    ----------
    small, large : float
        px from the middle.
    ticks : tuple of float
        Where 90 % lies on both sides.
    is_muted : bool
    label : str
    kind : str
    """

    small: float
    large: float
    ticks: tuple[float, float]
    is_muted: bool
    label: str
    kind: str = "direction"


@dataclass(frozen=True)
class ProfileBar:
    """One size: what is sent back as too small (up) and as too large (down).

    Attributes
    ----------
    x, width, up, down : float
        px.
    decided : {"", "small", "large"}
        What the size alone is known to be.
    """

    x: float
    width: float
    up: float
    down: float
    decided: str


@dataclass(frozen=True)
class Profile:
    """The sizes of a style from small to large.

    Attributes
    ----------
    bars : tuple of ProfileBar
    label : str
    kind : str
    """

    bars: tuple[ProfileBar, ...]
    label: str
    kind: str = "profile"


def draw_direction(small: float, large: float, *, is_muted: bool, label: str) -> Direction:
    """Lay both probabilities on an axis from the middle.

    Examples
    --------
    >>> found = draw_direction(0.5, 0.0, is_muted=False, label="")
    >>> found.small, found.large, found.ticks
    (36.0, 0.0, (7.2, 136.8))
    """
    tick = round(DECIDED * MIDDLE, 1)
    return Direction(
        round(small * MIDDLE, 1),
        round(large * MIDDLE, 1),
        (round(MIDDLE - tick, 1), round(MIDDLE + tick, 1)),
        is_muted,
        label,
    )


def draw_profile(
    sizes: Sequence[tuple[float, float, str]], *, largest: float, label: str
) -> Profile | None:
    """Lay the sizes of a style side by side; None without any.

    Parameters
    ----------
    sizes : sequence of (float, float, str)
        Rates of too small and too large, and what the size alone is known to be.
    largest : float
        Rate of the longest bar.
    label : str

    Examples
    --------
    >>> draw_profile([(0.2, 0.1, "small")], largest=0.2, label="").bars[0].up
    12.0
    """
    if not sizes:
        return None
    step = PROFILE_WIDTH / len(sizes)
    top = largest if largest > 0 else 1.0
    return Profile(
        tuple(
            ProfileBar(
                round(step * (place + (1 - BAND) / 2), 1),
                round(step * BAND, 1),
                round(min(small / top, 1.0) * PROFILE_HEIGHT, 1),
                round(min(large / top, 1.0) * PROFILE_HEIGHT, 1),
                decided,
            )
            for place, (small, large, decided) in enumerate(sizes)
        ),
        label,
    )
