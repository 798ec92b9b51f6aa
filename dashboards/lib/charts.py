"""Charts with an axis, drawn by Altair in colours that follow the browser's theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
DASHES: Final[dict[str, tuple[int, int]]] = {"expected": (1, 3)}  # of references; others are solid


def build_trend(
    weeks: pd.DataFrame,
    *,
    references: Mapping[str, pd.DataFrame],
    labels: Mapping[str, str],
    language_code: str,
) -> alt.LayerChart:
    """Build the weekly rate with its band; the last weeks dotted, what it is held against in grey.

    Parameters
    ----------
    weeks : DataFrame
        From ``spread_over_weeks``; a missing rate breaks the line.
    references : mapping of str to DataFrame
        ``expected`` is dotted, ``year_ago`` solid; without a rate there is no line.
    labels : mapping of str to str
        ``series`` and the references: what stands at the end of each line.
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
    drawn = {
        name: frame for name, frame in references.items() if frame["returned_rate"].notna().any()
    }
    moves = _part_labels({"series": weeks, **drawn}, top=_find_top(weeks, drawn.values()))
    for name, frame in drawn.items():
        dash = DASHES.get(name, (1, 0))
        layers.append(_draw_line(frame, x, colour="ctx", width=1.3, dash=dash))
        layers.append(_draw_end(frame, x, text=labels[name], colour="muted", dy=moves[name]))
    seen = weeks[~weeks["is_undeveloped"]]
    late = weeks[weeks["is_undeveloped"] | weeks["is_undeveloped"].shift(-1, fill_value=False)]
    layers.append(_draw_line(seen, x, colour="accent", width=2))
    if late["is_undeveloped"].any():
        layers.append(_draw_line(late, x, colour="accent", width=2, dash=(2, 3)))
    layers += _draw_lone_points(weeks, x)
    layers.append(_draw_end(weeks, x, text=labels["series"], colour="accent", dy=moves["series"]))
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


def _find_top(weeks: pd.DataFrame, references: Iterable[pd.DataFrame]) -> float:
    """Return the largest rate that is drawn."""
    highest = [weeks[["returned_rate", "high_rate"]].max().max()]
    highest += [frame["returned_rate"].max() for frame in references]
    return float(pd.Series(highest).max())


def _part_labels(lines: Mapping[str, pd.DataFrame], *, top: float) -> dict[str, float]:
    """Return by how many px the labels at the line ends move, so that none covers another."""
    ends = {name: frame["returned_rate"].dropna().tail(1) for name, frame in lines.items()}
    places = {
        name: HEIGHT * (1 - float(end.iloc[0]) / top) if len(end) and top else 0.0
        for name, end in ends.items()
    }
    ordered = sorted(places, key=lambda name: places[name])
    laid = [places[name] for name in ordered]
    for i in range(1, len(laid)):
        laid[i] = max(laid[i], laid[i - 1] + LABEL_STEP)
    # Centred again: what moved down moves half of it back up.
    shift = sum(place - places[name] for place, name in zip(laid, ordered, strict=True))
    return {
        name: place - places[name] - shift / len(laid)
        for place, name in zip(laid, ordered, strict=True)
    }


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
