"""The charts of "What if?": now and then from zero, and the waterfall of differences."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import altair as alt
import pandas as pd

from dashboards.lib.charts import TEXT_SIZE, configure
from dashboards.lib.theme import paint

ROW: Final = 32  # px
ROOM: Final = 64  # px, for the labels at the ends
STRONG: Final = 600
LINE: Final = 1.4
MARGIN: Final = 0.03  # of the axis


def build_bars(bars: pd.DataFrame) -> alt.LayerChart:
    """Build what returns cost now and then, from zero.

    Parameters
    ----------
    bars : DataFrame
        ``label``, ``amount``, ``low`` and ``high`` (NaN without an interval), ``text``, ``colour``.
    """
    top = float(bars[["amount", "high"]].max().max()) or 1.0
    scale = alt.Scale(domain=[0, top], nice=False)
    rows = _rows(bars)
    x = alt.X("amount:Q", axis=None, scale=scale)
    bar = alt.Chart(bars).mark_bar(height={"band": 0.6})
    layers = [bar.encode(y=rows, x=x, color=alt.Color("colour:N", scale=None))]
    known = bars[bars["low"].notna()]
    pieces = part_intervals(known.assign(start=0.0, end=known["amount"]))
    layers += _draw_pieces(pieces, y=rows, scale=scale)
    ends = bars.assign(place=bars[["amount", "high"]].max(axis=1))
    layers.append(_write(ends, y=rows, scale=scale))
    return configure(alt.LayerChart(layer=layers), right=ROOM)


def build_waterfall(steps: pd.DataFrame, *, now: str) -> alt.LayerChart:
    """Build the differences from today's line: blue falls, grey rises, the whole in ink.

    Parameters
    ----------
    steps : DataFrame
        From ``lay_waterfall``, in the unit of the axis, with ``label`` and ``text``; what is not
        measured has no bar.
    now : str
        What stands at the line of today.
    """
    places = steps[["start", "end", "low", "high"]]
    low, high = min(0.0, float(places.min().min())), max(0.0, float(places.max().max()))
    # A little paper around the marks; nothing may be as wide as nothing.
    room = MARGIN * (high - low or 1.0)
    scale = alt.Scale(domain=[low - room, high + room], nice=False)
    steps = steps.assign(colour=[paint(_choose_colour(row)) for _, row in steps.iterrows()])
    rows = _rows(steps)
    axis = alt.Axis(
        tickCount=4,
        title=None,
        domain=False,
        ticks=False,
        grid=True,
        labelExpr=f"datum.value == 0 ? '{now}' : replace(format(datum.value, ',~f'), '-', '−')",
    )
    bar = alt.Chart(steps).mark_bar(height={"band": 0.62})
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=paint("ink"), strokeWidth=1)
    layers: list[alt.Chart] = [
        bar.encode(
            y=rows,
            x=alt.X("start:Q", axis=axis, scale=scale),
            x2="end:Q",
            color=alt.Color("colour:N", scale=None),
        ),
        zero.encode(x=alt.X("zero:Q", scale=scale)),
    ]
    links = steps.iloc[:-1].assign(below=steps["label"].shift(-1).iloc[:-1])
    if len(links):
        link = alt.Chart(links).mark_rule(color=paint("ctx"), strokeWidth=0.8)
        layers.append(link.encode(y=rows, y2="below:N", x=alt.X("end:Q", scale=scale)))
    layers += _draw_pieces(part_intervals(steps), y=rows, scale=scale)
    ends = steps.assign(place=places.max(axis=1))
    for is_measured, colour in ((True, "ink"), (False, "muted")):
        some = ends[ends["is_measured"] == is_measured]
        if len(some):
            layers.append(_write(some, y=rows, scale=scale, colour=colour))
    return configure(alt.LayerChart(layer=layers), right=ROOM)


def _choose_colour(row: pd.Series) -> str:
    if row["code"] == "total":
        return "ink"
    if row["is_small"]:
        return "ctxfill"
    return "accent" if row["end"] <= row["start"] else "ctx"


def part_intervals(bars: pd.DataFrame) -> pd.DataFrame:
    """Part each interval where its bar begins and ends: white inside, ink outside.

    Examples
    --------
    >>> bars = pd.DataFrame([{"label": "a", "start": 0.0, "end": -5.0, "low": -8.0, "high": -2.0}])
    >>> part_intervals(bars)[["left", "right", "is_inside"]].values.tolist()
    [[-8.0, -5.0, False], [-5.0, -2.0, True]]
    """
    found = []
    for row in bars.to_dict("records"):
        first, last = sorted((row["start"], row["end"]))
        cuts = sorted({row["low"], row["high"], *_between(row, first), *_between(row, last)})
        for left, right in pairwise(cuts):
            is_inside = first <= (left + right) / 2 <= last
            found.append(
                {"label": row["label"], "left": left, "right": right, "is_inside": is_inside}
            )
    return pd.DataFrame(found, columns=["label", "left", "right", "is_inside"])


def _between(row: dict[str, float], place: float) -> list[float]:
    return [place] if row["low"] < place < row["high"] else []


def _draw_pieces(pieces: pd.DataFrame, *, y: alt.Y, scale: alt.Scale) -> list[alt.Chart]:
    """Draw the intervals; on white paper a line in ink, on a bar one in the colour of paper."""
    layers = []
    for is_inside, colour in ((True, "bg"), (False, "ink")):
        some = pieces[pieces["is_inside"] == is_inside]
        if len(some):
            rule = alt.Chart(some).mark_rule(color=paint(colour), strokeWidth=LINE)
            layers.append(rule.encode(y=y, x=alt.X("left:Q", scale=scale), x2="right:Q"))
    return layers


def _write(rows: pd.DataFrame, *, y: alt.Y, scale: alt.Scale, colour: str = "ink") -> alt.Chart:
    mark = alt.Chart(rows).mark_text(
        align="left", dx=7, color=paint(colour), fontSize=TEXT_SIZE, fontWeight=STRONG
    )
    text: alt.Chart = mark.encode(y=y, x=alt.X("place:Q", scale=scale), text="text:N")
    return text


def _rows(frame: pd.DataFrame) -> alt.Y:
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        grid=False,
        labelColor=paint("ink"),
        labelPadding=8,
        labelLimit=220,
    )
    return alt.Y("label:N", sort=frame["label"].tolist(), axis=axis, scale=alt.Scale(padding=0.3))
