"""The lower part of "Did the fix work?": the opened action, and one that is too early."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards.lib import actions, charts, filters
from dashboards.lib import words_actions as words
from dashboards.lib.action_charts import HEIGHT, ActionChart, build_action_chart
from dashboards.lib.actions import View
from dashboards.lib.actions_table import (
    name_action,
    name_style,
    write_day,
    write_figure,
    write_interval,
    write_rates,
)
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import is_missing


def show_opened(frame: Frame, view: View) -> None:
    """Show the weeks of the opened action, and beside them those of one that is too early."""
    openable = actions.list_openable(view.rows)
    opened = actions.find_opened(openable)
    if opened is None:
        return
    names = {
        row["action_id"]: frame.say(
            words.OPENED_NAME, style=name_style(row), action=name_action(row)
        )
        for row in openable
    }
    filters.show_action(names, opened=opened["action_id"], label=frame.say(words.OPENED))
    early = actions.find_early(openable, opened=opened["action_id"])
    shown = [row for row in (opened, early) if row is not None]
    weeks = actions.read_weeks([row["action_id"] for row in shown])
    for column, row in zip(st.columns(2, gap="large"), shown, strict=False):
        with column:
            _show_action(frame, row, weeks=weeks[row["action_id"]])


def _show_action(frame: Frame, row: dict[str, Any], *, weeks: pd.DataFrame) -> None:
    verdict, cause = row["verdict_code"], row["cause_code"]
    heading = words.HEADINGS[verdict if verdict in words.HEADINGS else cause]
    show_section(frame.say(heading, style=row["style_id"]), caption=_write_caption(frame, row))
    chart = ActionChart(
        weeks=weeks,
        is_open=verdict == actions.TOO_EARLY,
        labels=_write_labels(frame, row),
    )
    alt = frame.say(words.CHART_ALT, name=name_style(row), **write_rates(frame, row))
    charts.show_chart(build_action_chart(chart), words=alt, height=HEIGHT)


def _write_caption(frame: Frame, row: dict[str, Any]) -> str:
    parts = [
        frame.say(
            words.CHART_CAPTION,
            name=name_style(row),
            action=name_action(row),
            day=write_day(frame, row["effective_date"]),
        )
    ]
    if row["verdict_code"] == actions.TOO_EARLY:
        parts.append(frame.say(words.CHART_OPEN))
    elif not is_missing(row["trend_rate"]):
        parts.append(
            frame.say(
                words.CHART_TREND,
                points=write_figure(row["trend_rate"]),
                low=write_figure(row["trend_low_rate"]),
                high=write_figure(row["trend_high_rate"]),
            )
        )
    if row["control_basis_code"] in words.BASES:
        parts.append(frame.say(words.BASES[row["control_basis_code"]]))
    return "".join(parts)


def _write_labels(frame: Frame, row: dict[str, Any]) -> dict[str, str]:
    figure = frame.language.rate_figure
    difference = ""
    is_early = row["verdict_code"] == actions.TOO_EARLY
    if not is_missing(row["difference_rate"]) and not is_early:
        difference = frame.say(
            words.DIFFERENCE_MARK,
            points=write_figure(row["difference_rate"]),
            interval=write_interval(frame, row),
        )
    side = "before" if is_early or is_missing(row["after_rate"]) else "after"
    own, control = row[f"{side}_rate"], row[f"control_{side}_rate"]
    day = pd.Timestamp(row["effective_date"]).date()
    known = row["known_date"]
    return {
        "before": frame.say(words.WEEKS_BEFORE),
        "day": frame.language.day_in_table(day, today=frame.today),
        "after": frame.say(words.WEEKS_AFTER),
        "series": frame.say(words.SERIES, rate=figure(own, n=row["before_count"])),
        "controls": frame.say(
            words.CONTROLS,
            n=frame.language.count(row["control_count"]),
            rate=figure(control, n=row["before_count"]),
        ),
        "difference": difference,
        "known": "" if is_missing(known) else frame.say(
            words.KNOWN_MARK, day=write_day(frame, known)
        ),
    }  # fmt: skip
