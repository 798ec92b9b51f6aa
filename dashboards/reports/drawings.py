"""Geometry of the bar of probabilities and of the parts, on a sheet 680 wide. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboards.reports.fit_facts import ZoneFacts

WIDTH: Final = 680  # of a sheet: 180 mm at 96 px per inch
PARTS_LEFT: Final = 92  # of the drawing of parts, 320 wide: their names stand before it
PARTS_SPAN: Final = 178  # px from the largest rate to the left to that to the right
GROUPS_LEFT: Final = 120  # of the drawing of customers, 320 wide
GROUPS_SPAN: Final = 170  # px from 0 to the largest rate
ROW: Final = 22
GROUP_ROW: Final = 18


@dataclass(frozen=True)
class ChancePart:
    """A part of the bar of probabilities: ``lead`` (the verdict), ``open``, ``true`` or ``rest``.

    Attributes
    ----------
    x, width : float
    kind : str
    """

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class PartBar:
    """One part of the garment: to the right what is tight, to the left what is loose.

    Attributes
    ----------
    y : float
        Of its middle.
    x, width, low, high, tick, label_x : float
    kind : {"small", "small-soft", "large", "large-soft"}
    name, value : str
    """

    y: float
    x: float
    width: float
    low: float
    high: float
    tick: float
    label_x: float
    kind: str
    name: str
    value: str


@dataclass(frozen=True)
class PartBars:
    """The parts of a style.

    Attributes
    ----------
    bars : tuple of PartBar
    middle : float
        Where neither side has anything.
    height : int
    """

    bars: tuple[PartBar, ...]
    middle: float
    height: int


@dataclass(frozen=True)
class GroupDot:
    """One group of customers: a dot in its interval.

    Attributes
    ----------
    y, x, low, high, label_x : float
    kind : {"found", "other"}
    name, value : str
    """

    y: float
    x: float
    low: float
    high: float
    label_x: float
    kind: str
    name: str
    value: str


@dataclass(frozen=True)
class GroupDots:
    """Groups of customers on one axis from 0.

    Attributes
    ----------
    dots : tuple of GroupDot
    height : int
    """

    dots: tuple[GroupDot, ...]
    height: int


def draw_groups(
    rates: Sequence[tuple[float, float, float]],
    *,
    names: Sequence[str],
    values: Sequence[str],
    found: Sequence[bool],
) -> GroupDots:
    """Lay the rates of groups, each with its interval, on one axis.

    Parameters
    ----------
    rates : sequence of (rate, low, high)
    names, values : sequence of str
    found : sequence of bool
        Whether the style fails these customers alone.

    Examples
    --------
    >>> draw_groups([(0.5, 0.25, 1.0)], names=["155"], values=["50"], found=[True]).dots[0].x
    205.0
    """
    top = max((high for _, _, high in rates), default=0.0) or 1.0
    dots = []
    for place, (rate, name, value, is_found) in enumerate(
        zip(rates, names, values, found, strict=True)
    ):
        x, low, high = (round(GROUPS_LEFT + GROUPS_SPAN * one / top, 1) for one in rate)
        kind = "found" if is_found else "other"
        dots.append(
            GroupDot(
                GROUP_ROW * place + GROUP_ROW / 2,
                x,
                low,
                high,
                round(high + 7, 1),
                kind,
                name,
                value,
            )
        )
    return GroupDots(tuple(dots), GROUP_ROW * len(dots))


def draw_chances(shares: Sequence[tuple[str, float]]) -> tuple[ChancePart, ...]:
    """Lay probabilities side by side, from the left.

    Examples
    --------
    >>> draw_chances([("lead", 0.75), ("true", 0.25)])[1]
    ChancePart(x=510.0, width=170.0, kind='true')
    """
    parts, at = [], 0.0
    for kind, share in shares:
        width = round(WIDTH * min(max(share, 0.0), 1.0), 1)
        parts.append(ChancePart(round(at, 1), min(width, round(WIDTH - at, 1)), kind))
        at += width
    return tuple(parts)


def draw_parts(
    zones: Sequence[ZoneFacts], *, names: Sequence[str], values: Sequence[str], spoken: str
) -> PartBars:
    """Lay the parts of a style on one axis.

    Parameters
    ----------
    zones : sequence of ZoneFacts
    names, values : sequence of str
    spoken : {"", "small", "large"}
        The side that the heading speaks of: dark where its interval lies above the category.
    """
    reach = {
        side: max((max(one.rate.high, one.usual) for one in zones if one.side == side), default=0.0)
        for side in ("small", "large")
    }
    scale = PARTS_SPAN / (sum(reach.values()) or 1.0)
    middle = round(PARTS_LEFT + reach["large"] * scale, 1)
    bars = []
    for place, (zone, name, value) in enumerate(zip(zones, names, values, strict=True)):
        sign = 1 if zone.side == "small" else -1
        end, low, high, tick = (
            round(middle + sign * rate * scale, 1)
            for rate in (zone.rate.value, zone.rate.low, zone.rate.high, zone.usual)
        )
        is_clear = zone.side == spoken and zone.rate.low > zone.usual
        bars.append(
            PartBar(
                y=ROW * place + ROW / 2,
                x=min(middle, end),
                width=round(abs(end - middle), 1),
                low=min(low, high),
                high=max(low, high),
                tick=tick,
                label_x=round((max(high, tick) if sign > 0 else middle) + 7, 1),
                kind=zone.side if is_clear else f"{zone.side}-soft",
                name=name,
                value=value,
            )
        )
    return PartBars(tuple(bars), middle, ROW * len(bars))
