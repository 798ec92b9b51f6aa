"""Charts with an axis, drawn by Altair in colours that follow the browser's theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from dashboards.lib.theme import SANS, paint

HEIGHT: Final = 230
TEXT_SIZE: Final = 12
LABEL_STEP: Final = 15.0  # px between the middles of two labels
DATE_FORMATS: Final = {"ja": "%-m/%-d", "en": "%-d %b"}
YEAR_FORMATS: Final = {"ja": "%Y/%-m", "en": "%b %Y"}  # where a chart shows most of a year or more
LONG_DAYS: Final = 300


def build_trend(
    weeks: pd.DataFrame, *, reference: pd.DataFrame, labels: dict[str, str], language_code: str
) -> alt.LayerChart:
    """Build the weekly rate with its band; the last weeks dotted, the reference in grey.

    Parameters
    ----------
    weeks, reference : DataFrame
        From ``spread_over_weeks``; a missing rate breaks the line.
    labels : dict of str to str
        ``series`` and ``reference``: what stands at the end of each line.
    language_code : {"ja", "en"}
    """
    shown = weeks["week_start_date"]
    is_long = (shown.max() - shown.min()).days > LONG_DAYS
    x = alt.X(
        "week_start_date:T",
        axis=alt.Axis(
            format=(YEAR_FORMATS if is_long else DATE_FORMATS)[language_code],
            tickCount=5,
            grid=False,
            title=None,
        ),
        scale=alt.Scale(nice=False),
    )
    band = alt.Chart(weeks).mark_area(color=paint("soft"), opacity=0.75)
    layers: list[alt.Chart] = [band.encode(x=x, y=_rate("low_rate"), y2="high_rate:Q")]
    lift = _find_lift(weeks, reference=reference)
    if reference["returned_rate"].notna().any():
        layers.append(_draw_line(reference, x, colour="ctx", width=1.3))
        layers.append(_draw_end(reference, x, text=labels["reference"], colour="muted", dy=lift))
    seen = weeks[~weeks["is_undeveloped"]]
    late = weeks[weeks["is_undeveloped"] | weeks["is_undeveloped"].shift(-1, fill_value=False)]
    layers.append(_draw_line(seen, x, colour="accent", width=2))
    if late["is_undeveloped"].any():
        layers.append(_draw_line(late, x, colour="accent", width=2, dash=(2, 3)))
    layers += _draw_lone_points(weeks, x)
    layers.append(_draw_end(weeks, x, text=labels["series"], colour="accent", dy=-lift))
    return configure(alt.LayerChart(layer=layers))


def show_chart(chart: alt.LayerChart, *, words: str, height: int = HEIGHT) -> None:
    """Put a chart on the page.

    Parameters
    ----------
    chart : LayerChart
    words : str
        The finding and the range, for those who cannot see it.
    height : int, default HEIGHT
        px.
    """
    st.altair_chart(chart, theme=None, width="stretch", height=height, alt=words)


def configure(chart: alt.LayerChart, *, right: int = 96) -> alt.LayerChart:
    """Set what all charts share: our type, no frame, hairlines.

    Parameters
    ----------
    chart : LayerChart
    right : int, default 96
        px for labels at the line ends.
    """
    configured: alt.LayerChart = (
        chart.configure(
            background="transparent",
            font=SANS,
            padding={"left": 0, "top": 8, "right": right, "bottom": 0},
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=paint("muted"),
            labelFontSize=TEXT_SIZE,
            gridColor=paint("grid"),
            domainColor=paint("ctx"),
            tickColor=paint("ctx"),
            titleColor=paint("muted"),
            titleFontSize=TEXT_SIZE,
            labelLimit=180,
        )
    )
    return configured


def _find_lift(weeks: pd.DataFrame, *, reference: pd.DataFrame) -> float:
    """Return by how many px two labels at the line ends must part: down for the lower line."""
    seen, compared = weeks["returned_rate"].dropna(), reference["returned_rate"].dropna()
    if seen.empty or compared.empty:
        return 0.0
    top = max(float(weeks["high_rate"].max()), float(compared.max()))
    apart = float(seen.iloc[-1]) - float(compared.iloc[-1])
    px = HEIGHT * abs(apart) / top
    lift = max(0.0, (LABEL_STEP - px) / 2)
    return lift if apart >= 0 else -lift


def _rate(field: str) -> alt.Y:
    axis = alt.Axis(format="%", tickCount=4, domain=False, ticks=False, title=None)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=True))


def _draw_line(
    frame: pd.DataFrame, x: alt.X, *, colour: str, width: float, dash: Sequence[int] = (1, 0)
) -> alt.Chart:
    mark = alt.Chart(frame).mark_line(color=paint(colour), strokeWidth=width, strokeDash=list(dash))
    line: alt.Chart = mark.encode(x=x, y=_rate("returned_rate"))
    return line


def _draw_lone_points(frame: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """Draw the points between two gaps, which no line shows."""
    is_seen = frame["returned_rate"].notna()
    is_alone = is_seen & ~is_seen.shift(1, fill_value=False) & ~is_seen.shift(-1, fill_value=False)
    if not is_alone.any():
        return []
    mark = alt.Chart(frame[is_alone]).mark_circle(color=paint("accent"), size=24, opacity=1)
    points: alt.Chart = mark.encode(x=x, y=_rate("returned_rate"))
    return [points]


def _draw_end(frame: pd.DataFrame, x: alt.X, *, text: str, colour: str, dy: float = 0) -> alt.Chart:
    last = frame[frame["returned_rate"].notna()].tail(1).assign(text=text)
    mark = alt.Chart(last).mark_text(
        align="left", dx=6, dy=dy, color=paint(colour), fontSize=TEXT_SIZE, fontWeight=600
    )
    label: alt.Chart = mark.encode(x=x, y=_rate("returned_rate"), text="text:N")
    return label
