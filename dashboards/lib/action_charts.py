"""The chart of one action: its style and the control styles before and after the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from dashboards.lib.charts import LABEL_STEP, TEXT_SIZE, configure
from dashboards.lib.theme import paint

HEIGHT: Final = 220
PLOT_HEIGHT: Final = 170  # px of it between the axis and the top
WEEKS: Final = 8
COLUMNS: Final = ("week_number", "developed_rate", "low_rate", "high_rate", "control_rate")
ROOM: Final = 1.18  # of the highest rate: the mark of the difference stands above the lines


@dataclass(frozen=True)
class ActionChart:
    """What is drawn of an action.

    Attributes
    ----------
    weeks : DataFrame
        ``week_number``, ``developed_rate``, ``low_rate``, ``high_rate``, ``control_rate``.
    is_open : bool
        Whether the weeks after are not developed yet.
    labels : mapping of str to str
        ``before``, ``day``, ``after`` below the axis, ``series`` and ``controls`` at the line ends,
        ``difference`` beside the day (may be empty), ``known`` where it is too early.
    """

    weeks: pd.DataFrame
    is_open: bool
    labels: Mapping[str, str]


def build_action_chart(chart: ActionChart) -> alt.LayerChart:
    """Build the two lines with the band of the style and the rule at the day of the action."""
    weeks = chart.weeks[list(COLUMNS)].assign(
        at=chart.weeks["week_number"] + 0.5, is_after=chart.weeks["week_number"] >= 0
    )
    own = weeks[weeks["developed_rate"].notna()]
    others = weeks[weeks["control_rate"].notna()]
    top = _find_top(weeks)
    x = _build_axis(chart.labels)
    grey = alt.Chart(others).mark_line(color=paint("ctx"), strokeWidth=1.3)
    layers = [
        *_shade_open(chart, own, x=x, top=top),
        *_draw_own(own[~own["is_after"]], x=x, top=top, is_grey=False),
        *_draw_own(own[own["is_after"]], x=x, top=top, is_grey=chart.is_open),
        grey.encode(x=x, y=alt.Y("control_rate:Q")),
        *_mark_day(chart, x=x, top=top),
        *_label_ends(chart, own, others, x=x, top=top),
    ]
    return configure(alt.LayerChart(layer=layers), right=12 if chart.is_open else 118)


def _build_axis(labels: Mapping[str, str]) -> alt.X:
    """Build the axis of the weeks: both ends and the day of the action are named."""
    marks = {-WEEKS: "before", 0: "day", WEEKS: "after"}
    names = " : ".join(f"datum.value == {at} ? {labels[name]!r}" for at, name in marks.items())
    axis = alt.Axis(
        values=list(marks),
        labelExpr=f"{names} : ''",
        grid=False,
        title=None,
        ticks=False,
        labelPadding=8,
    )
    return alt.X("at:Q", scale=alt.Scale(domain=[-WEEKS, WEEKS], nice=False), axis=axis)


def _draw_own(own: pd.DataFrame, *, x: alt.X, top: float, is_grey: bool) -> list[alt.Chart]:
    """Draw the style on one side of the day: its band and its line."""
    y = alt.Y(
        "developed_rate:Q",
        axis=alt.Axis(format="%", tickCount=4, domain=False, ticks=False, title=None),
        scale=alt.Scale(domain=[0, top * ROOM], nice=False, clamp=True),
    )
    colour = paint("ctx" if is_grey else "accent")
    band = alt.Chart(own).mark_area(color=paint("ctxfill" if is_grey else "soft"), opacity=0.75)
    line = alt.Chart(own).mark_line(
        color=colour,
        strokeWidth=2,
        strokeDash=[3, 3] if is_grey else [1, 0],
        point=alt.OverlayMarkDef(color=colour, size=14, opacity=1),
    )
    return [
        band.encode(x=x, y=alt.Y("low_rate:Q"), y2="high_rate:Q"),
        line.encode(x=x, y=y),
    ]


def _find_top(weeks: pd.DataFrame) -> float:
    """Find the highest rate; intervals of few units may end above it."""
    rates = weeks[["developed_rate", "control_rate"]].max().max()
    bands = weeks["high_rate"].median()
    return float(pd.Series([rates, bands, 0.05]).max())


def _shade_open(chart: ActionChart, own: pd.DataFrame, *, x: alt.X, top: float) -> list[alt.Chart]:
    """Shade the weeks of which nothing is known yet, and say when it is."""
    if not chart.is_open:
        return []
    seen = own.loc[own["is_after"], "week_number"]
    first = 0.0 if seen.empty else float(seen.max()) + 1
    if first >= WEEKS:
        return []
    place = pd.DataFrame({"at": [first], "end": [float(WEEKS)], "base": [0.0], "top": [top * ROOM]})
    middle = place.assign(at=(first + WEEKS) / 2, base=top * 1.06, text=chart.labels["known"])
    y = alt.Y("base:Q")
    return [
        alt.Chart(place).mark_rect(color=paint("sub")).encode(x=x, x2="end:Q", y=y, y2="top:Q"),
        alt.Chart(middle)
        .mark_text(color=paint("muted"), fontSize=TEXT_SIZE, limit=150)
        .encode(x=x, y=y, text="text:N"),
    ]


def _mark_day(chart: ActionChart, *, x: alt.X, top: float) -> list[alt.Chart]:
    day = pd.DataFrame({"at": [0.0], "base": [0.0], "top": [top * ROOM]})
    rule = alt.Chart(day).mark_rule(color=paint("ink"), strokeWidth=1.4)
    layers = [rule.encode(x=x, y=alt.Y("base:Q"), y2="top:Q")]
    if chart.labels["difference"]:
        text = alt.Chart(day.assign(text=chart.labels["difference"])).mark_text(
            align="left", baseline="top", dx=8, dy=2, color=paint("accent"),
            fontSize=TEXT_SIZE, fontWeight=600,
        )  # fmt: skip
        layers.append(text.encode(x=x, y=alt.Y("top:Q"), text="text:N"))
    return layers


def _label_ends(
    chart: ActionChart, own: pd.DataFrame, others: pd.DataFrame, *, x: alt.X, top: float
) -> list[alt.Chart]:
    """Write at the end of each line what it is; two that end near each other are parted.

    Where the weeks after are not known yet, right of the day, as high as the weeks before lie.
    """
    is_open = chart.is_open
    ends = {}
    for name, frame, column in (
        ("series", own, "developed_rate"),
        ("controls", others, "control_rate"),
    ):
        before = frame.loc[~frame["is_after"], column]
        last = frame.tail(1)
        ends[name] = last.assign(rate=before.mean() if is_open else last[column])
    drawn = {name: end for name, end in ends.items() if len(end)}
    apart = 0.0
    if len(drawn) == len(ends):
        apart = float(drawn["series"]["rate"].iloc[0] - drawn["controls"]["rate"].iloc[0])
    near = max(0.0, LABEL_STEP - abs(apart) / (top * ROOM) * PLOT_HEIGHT) / 2
    up = near if apart >= 0 else -near
    looks = {"series": ("accent", -up), "controls": ("muted", up)}
    layers = []
    for name, end in drawn.items():
        colour, dy = looks[name]
        at = max(float(own["at"].max()) + 0.5, 0.0) if is_open else WEEKS - 0.5
        mark = alt.Chart(end.assign(text=chart.labels[name], at=at)).mark_text(
            align="left",
            dx=10,
            dy=dy,
            color=paint(colour),
            fontSize=TEXT_SIZE,
            fontWeight=600 if name == "series" else 400,
        )
        layers.append(mark.encode(x=x, y=alt.Y("rate:Q"), text="text:N"))
    return layers
