"""Charts of one style: how its returns come in, and where its exchanges go."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from dashboards.lib.charts import LABEL_STEP, TEXT_SIZE, configure
from dashboards.lib.style_outcomes import Curve
from dashboards.lib.theme import paint

CURVE_HEIGHT: Final = 240
MOVES_HEIGHT: Final = 150


def build_curve_chart(curve: Curve, *, labels: dict[str, str]) -> alt.LayerChart:
    """Build the curve: solid to now, dashed after, with its band or end; the category in grey.

    Parameters
    ----------
    curve : Curve
    labels : dict of str to str
        ``series``, ``reference`` and ``now``: what stands at the marks; ``axis`` below.
    """
    points = curve.points
    end, now = points.tail(1), points[points["age_days"] == curve.now_days]
    x = alt.X(
        "age_days:Q",
        axis=alt.Axis(
            grid=False, tickCount=5, title=labels["axis"], titleFontWeight="normal", titlePadding=8
        ),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y(
        "rate:Q",
        axis=alt.Axis(format="%", tickCount=4, domain=False, ticks=False, title=None),
        scale=alt.Scale(zero=True),
    )
    top = float(points[["rate", "high", "category_rate"]].max().max())
    apart = float(end["rate"].iloc[0] - end["category_rate"].iloc[0])
    lift = max(0.0, (LABEL_STEP - CURVE_HEIGHT * abs(apart) / top) / 2) if top else 0.0
    lift = lift if apart >= 0 else -lift
    band = alt.Chart(points[~points["is_seen"]]).mark_area(color=paint("soft"), opacity=0.75)
    line = {"color": paint("accent"), "strokeWidth": 2}
    coming = points[points["age_days"] >= curve.now_days]
    layers = [
        band.encode(x=x, y=alt.Y("low:Q"), y2="high:Q"),
        alt.Chart(points)
        .mark_line(color=paint("ctx"), strokeWidth=1.3)
        .encode(x=x, y=alt.Y("category_rate:Q")),
        alt.Chart(points[points["is_seen"]]).mark_line(**line).encode(x=x, y=y),
        alt.Chart(coming).mark_line(strokeDash=[3, 3], **line).encode(x=x, y=y),
        alt.Chart(end).mark_rule(**line).encode(x=x, y=alt.Y("low:Q"), y2="high:Q"),
        alt.Chart(now)
        .mark_point(size=60, filled=False, fill=paint("bg"), opacity=1, **line)
        .encode(x=x, y=y),
        _label(end, x, "rate", text=labels["series"], colour="accent", dy=-lift),
        _label(end, x, "category_rate", text=labels["reference"], colour="muted", dy=lift),
    ]
    if len(coming) > 1:
        layers.append(_label(now, x, "rate", text=labels["now"], colour="accent", dy=16))
    return configure(alt.LayerChart(layer=layers), right=120)


def build_moves_chart(moves: pd.DataFrame) -> alt.LayerChart:
    """Build the bars of exchanges on the steps of the size scale.

    Parameters
    ----------
    moves : DataFrame
        From ``place_moves``, with ``label`` and ``colour`` (``accent`` or ``ctxfill``).
    """
    shown = moves.assign(colour=[paint(colour) for colour in moves["colour"]])
    x = alt.X(
        "label:N",
        sort=shown["label"].tolist(),
        axis=alt.Axis(labelAngle=0, ticks=False, title=None, labelPadding=7),
    )
    top = max(1.0, float(shown["exchange_count"].max()))
    y = alt.Y("exchange_count:Q", axis=None, scale=alt.Scale(domain=[0, 1.15 * top], nice=False))
    bars = (
        alt.Chart(shown)
        .mark_bar(width={"band": 0.62})
        .encode(x=x, y=y, color=alt.Color("colour:N", scale=None, legend=None))
    )
    text = (
        alt.Chart(shown)
        .mark_text(dy=-8, color=paint("ink"), fontSize=TEXT_SIZE)
        .encode(x=x, y=y, text=alt.Text("exchange_count:Q", format=","))
    )
    return configure(alt.LayerChart(layer=[bars, text]), right=0)


def _label(
    frame: pd.DataFrame, x: alt.X, field: str, *, text: str, colour: str, dy: float
) -> alt.Chart:
    mark = alt.Chart(frame.assign(text=text)).mark_text(
        align="left", dx=7, dy=dy, color=paint(colour), fontSize=TEXT_SIZE, fontWeight=600
    )
    label: alt.Chart = mark.encode(x=x, y=alt.Y(f"{field}:Q"), text="text:N")
    return label
