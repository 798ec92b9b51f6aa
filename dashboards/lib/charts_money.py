"""Charts of money: cash by week with its fan, retained value, the waterfall, the age of debt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from dashboards.lib.charts import DATE_FORMATS, HEIGHT, LABEL_STEP, TEXT_SIZE, configure
from dashboards.lib.measures_money import FAN
from dashboards.lib.theme import paint

RAIL: Final = 5  # px between a mark and its label
STRONG: Final = 600
ROW: Final = 34  # px of a row of bars or dumbbells


def build_cash(
    weeks: pd.DataFrame, fan: pd.DataFrame, *, labels: Mapping[str, str], language_code: str
) -> alt.LayerChart:
    """Build the weekly cash-out: last year in grey, the forecast dashed in its bands.

    Parameters
    ----------
    weeks, fan : DataFrame
        From ``lay_weeks`` and ``lay_fan``, in the unit of the axis.
    labels : mapping of str to str
        ``now``, ``before``, and ``peak`` where the fan has one.
    language_code : {"ja", "en"}
    """
    form = DATE_FORMATS[language_code]
    axis = alt.Axis(format=form, tickCount=5, grid=False, title=None, labelOverlap=True)
    x = alt.X("week_start_date:T", axis=axis, scale=alt.Scale(nice=False))
    seen = weeks[weeks["amount"].notna()]
    lift = _find_lift(seen)
    layers: list[alt.Chart] = []
    if weeks["last_amount"].notna().any():
        before = alt.Chart(weeks).mark_line(color=paint("ctx"), strokeWidth=1.3)
        layers.append(before.encode(x=x, y=_money("last_amount")))
        end = weeks[weeks["last_amount"].notna()]
        layers.append(_label(end, x, "last_amount", text=labels["before"], colour="muted", dy=lift))
    if len(fan):
        layers += _draw_fan(seen, fan, x=x)
    line = alt.Chart(weeks).mark_line(color=paint("accent"), strokeWidth=2)
    layers.append(line.encode(x=x, y=_money("amount")))
    if len(fan) and labels.get("peak"):
        top = fan.nlargest(1, "forecast")
        layers.append(_centre(top, x, "high", text=labels["peak"], dy=-10))
    if len(fan):
        point, dy = _find_room(seen)
        layers.append(_centre(point, x, "amount", text=labels["now"], dy=dy))
    else:
        layers.append(_label(seen, x, "amount", text=labels["now"], colour="accent", dy=-lift))
    return configure(alt.LayerChart(layer=layers), right=8 if len(fan) else 48)


def build_retained(months: pd.DataFrame) -> alt.LayerChart:
    """Build a dumbbell per month: hollow durable, filled gross; grey while it still moves.

    Parameters
    ----------
    months : DataFrame
        ``label``, ``gross``, ``durable`` (NaN where not developed), ``low`` and ``high`` (the
        smaller and the larger of them), ``low_text``, ``high_text``, ``is_judged``.
    """
    top = float(months["high"].max()) * 1.2
    rows = _rows(months)
    across = alt.Scale(domain=[0, top], nice=False)

    def place(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=across)

    known = months[months["durable"].notna()]
    colour = _when("datum.is_judged", "accent", "ctx")
    rule = alt.Chart(known).mark_rule(strokeWidth=4)
    hollow = alt.Chart(known).mark_point(size=70, strokeWidth=2, fill=paint("bg"), opacity=1)
    full = alt.Chart(months).mark_circle(size=80, opacity=1)
    right = alt.Chart(months).mark_text(fontSize=TEXT_SIZE, color=paint("ink"), dx=9, align="left")
    left = alt.Chart(known).mark_text(fontSize=TEXT_SIZE, color=paint("ink"), dx=-9, align="right")
    return configure(
        alt.LayerChart(
            layer=[
                rule.encode(
                    y=rows,
                    x=place("durable"),
                    x2="gross:Q",
                    color=_when("datum.is_judged", "soft", "ctxfill"),
                ),
                hollow.encode(y=rows, x=place("durable"), stroke=colour),
                full.encode(y=rows, x=place("gross"), color=colour),
                right.encode(y=rows, x=place("high"), text="high_text:N"),
                left.encode(y=rows, x=place("low"), text="low_text:N"),
            ]
        ),
        right=8,
    )


def build_waterfall(steps: pd.DataFrame) -> alt.LayerChart:
    """Build the vertical waterfall: totals in ink, what adds in accent, what takes in grey.

    Parameters
    ----------
    steps : DataFrame
        From ``lay_waterfall`` in the unit of the axis, with ``label`` (lines parted by ``|``) and
        ``text``.
    """
    axis = alt.Axis(
        title=None,
        ticks=False,
        labelAngle=0,
        labelPadding=6,
        labelColor=paint("ink"),
        labelExpr="split(datum.label, '|')",
        labelLineHeight=15,
        labelOverlap=False,
    )
    x = alt.X("label:N", sort=steps["label"].tolist(), axis=axis)
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(
            domain=["total", "in", "out"], range=[paint("ink"), paint("accent"), paint("ctx")]
        ),
    )
    top = float(steps["high"].max()) * 1.12
    y = alt.Y(
        "low:Q",
        axis=None,
        scale=alt.Scale(domain=[min(0.0, float(steps["low"].min())), top], nice=False),
    )
    bar = alt.Chart(steps).mark_bar(width={"band": 0.62}, minBandSize=2)
    text = alt.Chart(steps).mark_text(
        fontSize=TEXT_SIZE, fontWeight=STRONG, color=paint("ink"), dy=-9
    )
    return configure(
        alt.LayerChart(
            layer=[
                bar.encode(x=x, y=y, y2="high:Q", color=colour),
                text.encode(x=x, y=alt.Y("high:Q"), text="text:N"),
            ]
        ),
        right=0,
    )


def build_ages(ages: pd.DataFrame) -> alt.LayerChart:
    """Build a bar per age class; what waits too long in red.

    Parameters
    ----------
    ages : DataFrame
        ``label``, ``amount``, ``text``, ``is_late``.
    """
    top = max(float(ages["amount"].max()), 1e-9) * 1.55
    rows = _rows(ages)
    x = alt.X("amount:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    bar = alt.Chart(ages).mark_bar(height={"band": 0.62})
    text = alt.Chart(ages).mark_text(fontSize=TEXT_SIZE, align="left", dx=RAIL, color=paint("ink"))
    return configure(
        alt.LayerChart(
            layer=[
                bar.encode(y=rows, x=x, color=_when("datum.is_late", "red", "soft")),
                text.encode(y=rows, x=x, text="text:N"),
            ]
        ),
        right=0,
    )


def _draw_fan(seen: pd.DataFrame, fan: pd.DataFrame, *, x: alt.X) -> list[alt.Chart]:
    """Draw both bands and the dashed line, from the last week that is known."""
    last = seen.tail(1)
    start = last.assign(**dict.fromkeys(FAN, last["amount"]))
    whole = pd.concat([start[fan.columns], fan], ignore_index=True)
    chart = alt.Chart(whole)
    wide = chart.mark_area(color=paint("soft"), opacity=0.45)
    narrow = chart.mark_area(color=paint("soft"), opacity=1)
    line = chart.mark_line(color=paint("accent"), strokeWidth=2, strokeDash=[4, 4])
    return [
        wide.encode(x=x, y=_money("low"), y2="high:Q"),
        narrow.encode(x=x, y=_money("low_50"), y2="high_50:Q"),
        line.encode(x=x, y=_money("forecast")),
    ]


def _find_room(seen: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """Return where this year's line is farthest from last year's, and on which side to write."""
    apart = (seen["amount"] - seen["last_amount"].fillna(0)).iloc[1:-1]
    if apart.empty:
        return seen.tail(1), -12.0
    place = apart.abs().idxmax()
    return seen.loc[[place]], -12.0 if apart[place] >= 0 else 12.0


def _find_lift(seen: pd.DataFrame) -> float:
    """Return by how many px both labels at the line ends must part: down for last year's."""
    both = seen[["amount", "last_amount"]].dropna()
    if both.empty:
        return 0.0
    top = float(both.max().max()) or 1.0
    apart = float(both["amount"].iloc[-1] - both["last_amount"].iloc[-1])
    lift = max(0.0, (LABEL_STEP - HEIGHT * abs(apart) / top) / 2)
    return lift if apart >= 0 else -lift


def _money(field: str) -> alt.Y:
    axis = alt.Axis(format=",~f", tickCount=4, domain=False, ticks=False, title=None)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=True))


def _rows(frame: pd.DataFrame) -> alt.Y:
    """Lay rows below each other in their own order, named at the left."""
    axis = alt.Axis(title=None, ticks=False, domain=False, labelColor=paint("ink"), labelPadding=8)
    return alt.Y("label:N", sort=frame["label"].tolist(), axis=axis, scale=alt.Scale(padding=0.4))


def _when(test: str, yes: str, no: str) -> dict[str, object]:
    chosen: dict[str, object] = alt.condition(test, alt.value(paint(yes)), alt.value(paint(no)))
    return chosen


def _label(
    frame: pd.DataFrame, x: alt.X, field: str, *, text: str, colour: str, dy: float
) -> alt.Chart:
    """Write at the end of a line."""
    mark = alt.Chart(frame.tail(1).assign(text=text)).mark_text(
        align="left", dx=RAIL, dy=dy, color=paint(colour), fontSize=TEXT_SIZE, fontWeight=STRONG
    )
    label: alt.Chart = mark.encode(x=x, y=_money(field), text="text:N")
    return label


def _centre(frame: pd.DataFrame, x: alt.X, field: str, *, text: str, dy: float) -> alt.Chart:
    """Write over a point."""
    mark = alt.Chart(frame.assign(text=text)).mark_text(
        dy=dy, color=paint("accent"), fontSize=TEXT_SIZE, fontWeight=STRONG
    )
    label: alt.Chart = mark.encode(x=x, y=_money(field), text="text:N")
    return label
