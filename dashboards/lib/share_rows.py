"""Shares with their intervals below each other, against the share of all."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from dashboards.lib.charts import TEXT_SIZE, configure
from dashboards.lib.theme import paint

ROW: Final = 34  # px of a row


def build_share_rows(rows: pd.DataFrame, *, pool: float) -> alt.LayerChart:
    """Build a dot with its interval per row, against the share of all; a row without one is a gap.

    Parameters
    ----------
    rows : DataFrame
        ``name``, ``share``, ``low``, ``high``, ``sample`` and ``text`` (labels), ``colour`` and
        ``band`` (of the theme).
    pool : float
    """
    known = [*rows["low"].dropna(), *rows["high"].dropna(), *rows["share"].dropna(), pool]
    low, high = max(min(known) - 0.03, 0.0), min(max(known) + 0.03, 1.0)
    scale = alt.Scale(domain=[low, high], nice=False)
    x = alt.X(
        "share:Q", scale=scale,
        axis=alt.Axis(format="%", tickCount=4, domain=False, ticks=False, title=None),
    )  # fmt: skip
    y = alt.Y(
        "name:N", sort=rows["name"].tolist(),
        axis=alt.Axis(domain=False, ticks=False, title=None, labelColor=paint("ink")),
    )  # fmt: skip
    paints = {name: alt.Color(f"{name}:N", scale=None, legend=None) for name in ("colour", "band")}
    base = alt.Chart(
        rows.assign(**{n: [paint(token) for token in rows[n]] for n in ("colour", "band")})
    )
    rule = alt.Chart(pd.DataFrame({"share": [pool]})).mark_rule(
        color=paint("ink"), strokeDash=[1, 3]
    )
    layers = [
        base.mark_bar(height=10).encode(
            x=alt.X("low:Q", scale=scale), x2="high:Q", y=y, color=paints["band"]
        ),
        rule.encode(x=x),
        base.mark_circle(size=60, opacity=1).encode(x=x, y=y, color=paints["colour"]),
    ]
    for field, right, colour in (("sample", 84, "muted"), ("text", 132, "ink")):
        mark = base.mark_text(align="right", dx=right, color=paint(colour), fontSize=TEXT_SIZE)
        layers.append(mark.encode(x=alt.value("width"), y=y, text=f"{field}:N"))
    return configure(alt.LayerChart(layer=layers), right=140)
