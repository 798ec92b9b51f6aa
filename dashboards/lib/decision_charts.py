"""The chart of decisions: what nobody had to look at, month by month."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from dashboards.lib.charts import TEXT_SIZE, YEAR_FORMATS, configure
from dashboards.lib.theme import paint

FIELD: Final = "month_date"
MARKS: Final = 4  # months that the axis names, at most


def build_months(months: pd.DataFrame, *, label: str, language_code: str) -> alt.LayerChart:
    """Build the line with its band; months of few requests are hollow and grey.

    Parameters
    ----------
    months : DataFrame
        From ``lay_months``; a missing rate breaks the line.
    label : str
        What stands at the end of the line.
    language_code : {"ja", "en"}
    """
    step = -(-len(months) // MARKS)
    named = [alt.DateTime(year=one.year, month=one.month, date=1) for one in months[FIELD][::step]]
    axis = alt.Axis(format=YEAR_FORMATS[language_code], values=named, grid=False, title=None)
    x = alt.X(f"{FIELD}:T", axis=axis, scale=alt.Scale(nice=False))
    y = alt.Y(
        "rate:Q",
        axis=alt.Axis(format="%", tickCount=4, domain=False, ticks=False, title=None),
        scale=alt.Scale(domain=[0, 1], nice=False),
    )
    band = alt.Chart(months).mark_area(color=paint("soft"), opacity=0.75)
    line = alt.Chart(months).mark_line(color=paint("accent"), strokeWidth=2)
    known = months[months["rate"].notna()]
    layers = [band.encode(x=x, y=alt.Y("low_rate:Q"), y2="high_rate:Q"), line.encode(x=x, y=y)]
    for is_small, fill, stroke in ((False, "accent", "accent"), (True, "bg", "ctx")):
        some = known[known["is_small"] == is_small]
        mark = alt.Chart(some).mark_circle(
            color=paint(fill), stroke=paint(stroke), size=30, opacity=1
        )
        layers.append(mark.encode(x=x, y=y))
    end = alt.Chart(known.tail(1).assign(text=label)).mark_text(
        align="left", dx=8, color=paint("accent"), fontSize=TEXT_SIZE, fontWeight=600
    )
    layers.append(end.encode(x=x, y=y, text="text:N"))
    return configure(alt.LayerChart(layer=layers))
