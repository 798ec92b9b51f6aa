"""Charts of waiting: how long until it is done, and waiting against work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from dashboards.lib.charts import TEXT_SIZE, configure
from dashboards.lib.theme import paint

SHOWN_HOURS: Final = 96
ROW: Final = 34  # px of a step
TICK: Final = 0.018  # half the height of the tick of an open case


def build_curve(
    now: pd.DataFrame, before: pd.DataFrame, *, labels: Mapping[str, str], goal: float, limit: int
) -> alt.LayerChart:
    """Build the share that is done by hours, with its band and the open cases.

    Parameters
    ----------
    now, before : DataFrame
        ``hours`` of a curve; of last year without rows where nothing is known.
    labels : mapping of str to str
        ``now``, ``before``, ``goal``, ``limit`` and ``axis``.
    goal : float
        Share that should be done by the limit.
    limit : int
        Hours.
    """
    shown = now[now["hour"] <= SHOWN_HOURS]
    at_limit = shown[shown["hour"] == limit]
    is_below = at_limit.empty or float(at_limit["share"].iloc[0]) < goal
    colour, band = ("red", "redsoft") if is_below else ("accent", "soft")
    x = alt.X(
        "hour:Q",
        axis=alt.Axis(
            values=[0, 24, 48, 72, 96], grid=False, title=labels["axis"], titleFontWeight=400
        ),
        scale=alt.Scale(domain=[0, SHOWN_HOURS], nice=False),
    )
    base = alt.Chart(shown)
    layers = [
        base.mark_area(color=paint(band), opacity=0.75, interpolate="step-after").encode(
            x=x, y=_share("low"), y2="high:Q"
        ),
        *_draw_rules(labels, goal=goal, limit=limit),
    ]
    past = before[before["hour"] <= SHOWN_HOURS]
    if len(past):
        layers.append(_draw_line(past, x, colour="ctx", width=1.3))
        layers.append(_draw_end(past, x, text=labels["before"], colour="muted", dy=-7))
    layers.append(_draw_line(shown, x, colour=colour, width=2))
    opened = shown[shown["open_count"] > 0]
    ticks = opened.assign(lower=opened["share"] - TICK, upper=opened["share"] + TICK)
    layers.append(
        alt.Chart(ticks)
        .mark_rule(color=paint(colour), strokeWidth=1)
        .encode(x=x, y=_share("lower"), y2="upper:Q")
    )
    layers.append(_draw_end(shown, x, text=labels["now"], colour=colour, dy=7))
    if len(at_limit):
        layers += _draw_limit(at_limit.assign(text=labels["limit"]), x, colour=colour)
    return configure(alt.LayerChart(layer=layers), right=48)


def build_steps(steps: pd.DataFrame) -> alt.LayerChart:
    """Build the staircase: each step begins where the one before ended.

    Parameters
    ----------
    steps : DataFrame
        ``name``, ``start``, ``middle`` (where work begins), ``end``, ``waited``, ``worked``
        and ``summed`` (labels, the last below the bar); in order.
    """
    longest = float(steps["end"].max()) or 1.0
    order = steps["name"].tolist()
    y = alt.Y(
        "name:N", sort=order,
        axis=alt.Axis(
            domain=False, ticks=False, title=None, labelColor=paint("ink"), labelLimit=180
        ),
    )  # fmt: skip
    scale = alt.Scale(domain=[0, longest * 1.45], nice=False)
    base = alt.Chart(steps)
    bar = {"height": 16}
    layers = [
        base.mark_bar(color=paint("ctxfill"), **bar).encode(
            x=alt.X("start:Q", axis=None, scale=scale), x2="middle:Q", y=y
        ),
        # True to scale, and never thinner than a hair.
        base.mark_bar(color=paint("accent"), stroke=paint("accent"), strokeWidth=1, **bar).encode(
            x=alt.X("middle:Q", axis=None, scale=scale), x2="end:Q", y=y
        ),
        *(
            base.mark_text(
                align="left", dx=dx, dy=dy, color=paint(colour), fontSize=TEXT_SIZE,
                fontWeight=weight,
            ).encode(x=alt.X(f"{at}:Q", axis=None, scale=scale), y=y, text=f"{field}:N")
            for field, at, dx, dy, colour, weight in (
                ("waited", "end", 8, -7, "ink", 400),
                ("worked", "end", 8, 8, "accent", 600),
                ("summed", "start", 0, 18, "ink", 600),
            )
        ),
    ]  # fmt: skip
    return configure(alt.LayerChart(layer=layers), right=0)


def _draw_rules(labels: Mapping[str, str], *, goal: float, limit: int) -> list[alt.Chart]:
    """Draw the dotted goal and the line of the limit."""
    upper = pd.DataFrame({"share": [goal], "hour": [0], "text": [labels["goal"]]})
    marks = {"color": paint("ink"), "strokeWidth": 1}
    scale = alt.Scale(domain=[0, SHOWN_HOURS], nice=False)
    name = alt.Chart(upper).mark_text(
        align="left", dx=4, dy=-8, color=paint("muted"), fontSize=TEXT_SIZE
    )
    return [
        alt.Chart(upper).mark_rule(strokeDash=[1, 3], **marks).encode(y=_share("share")),
        name.encode(x=alt.X("hour:Q", scale=scale), y=_share("share"), text="text:N"),
        alt.Chart(pd.DataFrame({"hour": [limit]}))
        .mark_rule(color=paint("ctx"), strokeWidth=1)
        .encode(x=alt.X("hour:Q", scale=scale)),
    ]


def _draw_limit(row: pd.DataFrame, x: alt.X, *, colour: str) -> list[alt.Chart]:
    """Draw the point at the limit and what it says."""
    dot = alt.Chart(row)
    mark = dot.mark_text(
        align="left", dx=8, dy=14, color=paint(colour), fontSize=TEXT_SIZE, fontWeight=600
    )
    return [
        dot.mark_circle(color=paint(colour), size=70, opacity=1).encode(x=x, y=_share("share")),
        mark.encode(x=x, y=_share("share"), text="text:N"),
    ]


def _share(field: str) -> alt.Y:
    axis = alt.Axis(format="%", values=[0, 0.5, 1], domain=False, ticks=False, title=None)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[0, 1.02], nice=False))


def _draw_line(frame: pd.DataFrame, x: alt.X, *, colour: str, width: float) -> alt.Chart:
    mark = alt.Chart(frame).mark_line(
        color=paint(colour), strokeWidth=width, interpolate="step-after"
    )
    line: alt.Chart = mark.encode(x=x, y=_share("share"))
    return line


def _draw_end(frame: pd.DataFrame, x: alt.X, *, text: str, colour: str, dy: float) -> alt.Chart:
    mark = alt.Chart(frame.tail(1).assign(text=text)).mark_text(
        align="left", dx=6, dy=dy, color=paint(colour), fontSize=TEXT_SIZE, fontWeight=600
    )
    label: alt.Chart = mark.encode(x=x, y=_share("share"), text="text:N")
    return label
