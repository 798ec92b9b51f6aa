"""The table of "Did the fix work?": one row per action."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd

from dashboards.lib import actions
from dashboards.lib import words_actions as words
from dashboards.lib.action_drawings import (
    Difference,
    Turn,
    draw_difference,
    draw_turn,
    find_ends,
)
from dashboards.lib.frame import Frame
from dashboards.lib.records import is_missing
from dashboards.lib.tables import Cell, Column, Link, Row, Table

STYLE_PAGE: Final = "one_style"
MINUS: Final = "−"
ROOM: Final = 1.6  # of the highest rate of a row: weeks lie around it
LONGEST: Final = 40  # characters of an action


def build_table(frame: Frame, page: list[dict[str, Any]]) -> Table:
    """Build the table of one page of the list."""
    say = frame.say
    weeks = actions.read_weeks([row["action_id"] for row in page])
    judged = [row for row in page if row["after_count"] >= actions.SMALL_SAMPLE] or page
    ends = find_ends([(row["low_rate"], row["high_rate"]) for row in judged])
    names = ("before_rate", "after_rate", "control_before_rate", "control_after_rate")
    rates = pd.Series([row[name] for row in page for name in names], dtype=float)
    top = ROOM * float(rates.max()) if rates.notna().any() else 0.0
    low, high = (write_figure(end, digits=0) for end in ends)
    return Table(
        name=say(words.TABLE),
        columns=(
            Column(say(words.STYLE)),
            Column(say(words.WHEN), align="right", is_wide_only=True),
            Column(say(words.TURN), say(words.TURN_KEY), is_wide_only=True),
            Column(
                say(words.DIFFERENCE),
                say(words.DIFFERENCE_KEY, low=low, high=high.lstrip("+")),
                is_wide_only=True,
            ),
            Column(say(words.POINTS), say(words.INTERVAL), align="right"),
            Column(say(words.AFTER), align="right", is_wide_only=True),
            Column(say(words.VERDICT)),
        ),
        rows=tuple(
            _build_row(frame, row, weeks=weeks.get(row["action_id"]), top=top, ends=ends)
            for row in page
        ),
    )


def name_style(row: dict[str, Any]) -> str:
    """Name the style of an action: its name and number."""
    style = str(row["style_id"])
    if is_missing(row["style_name"]):
        return style
    name = str(row["style_name"])
    return name if style in name else f"{name} {style}"


def name_action(row: dict[str, Any]) -> str:
    """Name an action in the shop's words, cut where they are many."""
    for column in ("action_text", "finding_text"):
        if not is_missing(row[column]):
            text = str(row[column])
            return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return str(row["action_id"])


def write_figure(rate: float, *, digits: int = 1) -> str:
    """Write a difference of rates in points, with its sign.

    Examples
    --------
    >>> write_figure(-0.0618), write_figure(0.002), write_figure(0.0)
    ('−6.2', '+0.2', '0.0')
    """
    figure = f"{abs(rate) * 100:.{digits}f}"
    if not figure.strip("0."):
        return figure
    return f"{'+' if rate > 0 else MINUS}{figure}"


def write_interval(frame: Frame, row: dict[str, Any]) -> str:
    """Write the interval of a difference in points."""
    return frame.say(
        words.INTERVAL_VALUE, low=write_figure(row["low_rate"]), high=write_figure(row["high_rate"])
    )


def write_day(frame: Frame, day: date | pd.Timestamp) -> str:
    """Write a day in a sentence."""
    return frame.language.day(pd.Timestamp(day).date(), today=frame.today)


def write_cause(frame: Frame, row: dict[str, Any]) -> str:
    """Say why the verdict is what it is, and what to mind about it."""
    cause = str(row["cause_code"])
    half, day = row["detectable_rate"], row["known_date"]
    told = []
    if cause in words.CAUSES:
        told = [
            frame.say(
                words.CAUSES[cause],
                half="" if is_missing(half) else write_figure(half).lstrip("+"),
                day="" if is_missing(day) else write_day(frame, day),
            )
        ]
    notes = [
        frame.say(message)
        for is_so, message in (
            (row["is_overlapping"], words.OVERLAPPING),
            (row["is_policy_changed"], words.POLICY),
        )
        if is_so and not is_missing(row["difference_rate"])
    ]
    return " · ".join([*told, *notes])


def _build_row(
    frame: Frame,
    row: dict[str, Any],
    *,
    weeks: pd.DataFrame | None,
    top: float,
    ends: tuple[float, float],
) -> Row:
    language, verdict = frame.language, str(row["verdict_code"])
    is_worked = verdict == actions.WORKED
    is_undecided = verdict in {actions.TOO_EARLY, actions.NOT_MEASURABLE}
    since = row["effective_date"]
    return Row(
        (
            Cell(
                text=name_style(row), sub=name_action(row), link=Link(STYLE_PAGE, row["style_id"])
            ),
            Cell(
                text=language.missing
                if is_missing(since)
                else language.day_in_table(pd.Timestamp(since).date(), today=frame.today),
                sub=frame.say(words.BY_CLOSING)
                if row["effective_basis_code"] == "closed_on"
                else "",
            ),
            Cell(drawing=_draw_weeks(frame, row, weeks=weeks, top=top)),
            Cell(drawing=_draw_points(frame, row, ends=ends)),
            _write_points(frame, row),
            Cell(text=language.count(row["after_count"])),
            Cell(
                text=frame.say(words.VERDICTS[verdict]),
                sub=write_cause(frame, row),
                is_strong=is_worked,
            ),
        ),
        is_muted=is_undecided or row["after_count"] < actions.SMALL_SAMPLE,
    )


def _write_points(frame: Frame, row: dict[str, Any]) -> Cell:
    """Write the difference with its interval; from few units the interval alone."""
    if is_missing(row["difference_rate"]):
        return Cell(text=frame.language.missing)
    interval = write_interval(frame, row)
    if row["after_count"] < actions.SMALL_SAMPLE:
        return Cell(text=interval)
    figure = write_figure(row["difference_rate"])
    return Cell(text=figure, sub=interval, is_strong=row["verdict_code"] == actions.WORKED)


def _draw_weeks(
    frame: Frame, row: dict[str, Any], *, weeks: pd.DataFrame | None, top: float
) -> Turn | None:
    if weeks is None or is_missing(row["before_rate"]):
        return None
    return draw_turn(
        weeks["developed_rate"].tolist(),
        weeks["control_rate"].tolist(),
        top=top,
        is_open=row["verdict_code"] == actions.TOO_EARLY,
        is_muted=row["verdict_code"] == actions.NOT_MEASURABLE,
        label=frame.say(words.TURN_LABEL, **write_rates(frame, row)),
    )


def write_rates(frame: Frame, row: dict[str, Any]) -> dict[str, str]:
    """Write the rates before and after, of the style and of its controls."""
    rate = frame.language.rate
    return {
        "before": rate(row["before_rate"], n=row["before_count"]),
        "after": rate(row["after_rate"], n=row["after_count"]),
        "control_before": rate(row["control_before_rate"], n=row["before_count"]),
        "control_after": rate(row["control_after_rate"], n=row["after_count"]),
    }


def _draw_points(
    frame: Frame, row: dict[str, Any], *, ends: tuple[float, float]
) -> Difference | None:
    if is_missing(row["difference_rate"]):
        return None
    label = frame.say(
        words.DIFFERENCE_LABEL,
        points=write_figure(row["difference_rate"]),
        interval=write_interval(frame, row),
    )
    return draw_difference(
        row["difference_rate"],
        row["low_rate"],
        row["high_rate"],
        ends=ends,
        is_muted=row["verdict_code"] != actions.WORKED,
        is_range=row["after_count"] < actions.SMALL_SAMPLE,
        label=label,
    )
