"""The parts of "Where does it wait?": answer, caption, curve beside steps, and what is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from dashboards.lib import charts, markup, waiting
from dashboards.lib import words_frame as common
from dashboards.lib import words_waiting as words
from dashboards.lib.currency import round_half_up
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.measures import SMALL_N
from dashboards.lib.survival import Curve
from dashboards.lib.tables import Panel
from dashboards.lib.waiting import View
from dashboards.lib.waiting_charts import ROW, SHOWN_HOURS, build_curve, build_steps
from dashboards.lib.waiting_graders import show_conformance, show_graders, show_twice
from dashboards.lib.waiting_queue import show_queue

if TYPE_CHECKING:
    from markupsafe import Markup

NEEDED: Final = ("return_line_id", "received_at", "graded_at", "grade", "grader_id", "restocked_at")
NINE_IN_TEN: Final = 0.9
NEARLY: Final = 0.999  # what is not all is never written as all


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.OPERATIONS), frame.say(words.BASIS)]


def build_answer(frame: Frame, view: View) -> Markup:
    """Write how much waits too long, and how much of the wait is work."""
    if not view.has_receipts:
        return markup.fill("")
    late = view.late_count
    parts = [frame.fill(words.ANSWER_NONE)]
    if late:
        number = markup.strong(frame.language.count(late), is_red=True)
        parts = [frame.fill(words.ANSWER[min(late, 2)], n=number)]
    if view.steps:
        hours, minutes = write_hours(view.total_hours), write_minutes(view.total_work_minutes)
        told = {"hours": markup.strong(hours), "minutes": markup.strong(minutes)}
        parts.append(frame.fill(words.ANSWER_MEAN, **told))
    return markup.join(parts, language=frame.language)


def build_caption(frame: Frame, view: View) -> str:
    """Say which arrivals these are; of a shop that settles nothing, how many wait."""
    if not view.has_receipts:
        return ""
    count = frame.language.count
    if not view.curve.n:
        return frame.say(words.CAPTION_QUEUE, n=count(len(view.queue)))
    period = frame.language.period(view.first, view.last, today=frame.today)
    told = {"n": count(view.curve.n), "open": count(view.curve.open_count)}
    return frame.say(words.CAPTION, period=period, **told)


def write_hours(hours: float) -> str:
    """Write hours in a sentence: one decimal below a hundred.

    Examples
    --------
    >>> write_hours(47.84), write_hours(0.04), write_hours(312.2)
    ('47.8', '0.0', '312')
    """
    digits = 1 if hours < 100 else 0  # noqa: PLR2004 - three significant digits
    return f"{round_half_up(hours, digits=digits):,.{digits}f}"


def write_minutes(minutes: float) -> str:
    """Write minutes of work, whole ones.

    Examples
    --------
    >>> write_minutes(11.6)
    '12'
    """
    return f"{round_half_up(minutes):,.0f}"


def show_time(frame: Frame, view: View) -> None:
    """Show how long until it is done beside waiting against work."""
    if not view.has_receipts:
        columns = markup.fill(", ").join(markup.code(name) for name in NEEDED)
        text = frame.fill(words.NO_RECEIPTS, file=markup.code(waiting.RECEIPTS), columns=columns)
        markup.show_panel(Panel("hatched", frame.say(words.NO_RECEIPTS_TITLE), text))
        return
    if not view.curve.n and not view.steps:
        return
    left, right = st.columns(2, gap="large")
    with left:
        if view.curve.n:
            _show_curve(frame, view)
    with right:
        if view.steps:
            _show_steps(frame, view)


def show_evidence(frame: Frame, view: View) -> None:
    """Show the queue, then graders beside second looks and movements, then what is not known."""
    if not view.has_receipts:
        return
    show_queue(frame, view)
    if view.has_grades:
        left, right = st.columns(2, gap="large")
        with left:
            show_graders(frame, view)
        with right:
            show_twice(frame, view)
            show_conformance(frame, view)
    _show_unmeasured(frame, view)


def _show_curve(frame: Frame, view: View) -> None:
    curve, language = view.curve, frame.language
    found = curve.read(waiting.LIMIT)
    is_told = found is not None and curve.n >= SMALL_N
    told = _write_share(frame, curve)
    heading = words.CURVE_HEADING if is_told else words.CURVE_OPEN
    show_section(frame.say(heading, **told), caption=frame.say(words.CURVE_CAPTION))
    labels = {
        "now": frame.say(words.NOW),
        "before": frame.say(words.LAST_YEAR),
        "goal": frame.say(words.GOAL),
        "limit": frame.say(words.AT_LIMIT, **told) if is_told else "",
        "axis": frame.say(words.HOURS_AXIS),
    }
    past = view.before.extend(SHOWN_HOURS)
    before = past if view.before.n >= SMALL_N else past.head(0)
    now = curve.extend(SHOWN_HOURS)
    chart = build_curve(now, before, labels=labels, goal=waiting.GOAL, limit=waiting.LIMIT)
    spoken = frame.say(words.CURVE_WORDS, **told) if is_told else frame.say(words.CURVE_OPEN)
    charts.show_chart(chart, words=spoken, height=250)
    notes = [_write_nine_in_ten(frame, curve)]
    if view.unknown_count:
        notes.append(frame.say(words.UNKNOWN_MOMENTS, n=language.count(view.unknown_count)))
    told_notes = [markup.fill("{text}", text=note) for note in notes if note]
    if told_notes:
        markup.show_paragraph(markup.join(told_notes, language=language), kind="note")


def _write_share(frame: Frame, curve: Curve) -> dict[str, str]:
    found = curve.read(waiting.LIMIT)
    if found is None:
        return {"share": frame.language.missing, "interval": frame.language.missing}
    share = found["share"] if found["share"] == 1 else min(found["share"], NEARLY)
    return {
        "share": frame.language.rate(share, n=curve.n),
        "interval": frame.language.interval(found["low"], found["high"], n=curve.n),
    }


def _write_nine_in_ten(frame: Frame, curve: Curve) -> str:
    if curve.n < SMALL_N:
        return ""
    hours = curve.find(NINE_IN_TEN)
    if hours is None:
        return frame.say(words.NINE_IN_TEN_OPEN)
    return frame.say(words.NINE_IN_TEN, hours=frame.language.count(hours))


def _show_steps(frame: Frame, view: View) -> None:
    names = {step.code: frame.say(words.STEP_NAMES[step.code]) for step in view.steps}
    longest = max(view.steps, key=lambda step: step.waited_hours)
    has_shelf = any(step.code == "shelving" for step in view.steps)
    caption = frame.say(
        words.STEPS_CAPTION,
        n=frame.language.count(view.finished_count),
        hours=write_hours(view.total_hours),
        end=frame.say(words.UNTIL_SHELF if has_shelf else words.UNTIL_SETTLED),
    )
    heading = frame.say(words.STEPS_HEADING, step=names[longest.code])
    show_section(heading, caption=caption)
    rows = lay_steps(frame, view)
    spoken = f"{heading}. " + ", ".join(
        f"{row['name']} {row['waited']}{row['summed']}" for row in rows
    )
    charts.show_chart(build_steps(pd.DataFrame(rows)), words=spoken, height=ROW * len(rows) + 40)
    notes = [frame.say(words.WORK_SOURCE)]
    if view.reversed_count:
        notes.append(frame.say(words.REVERSED, n=frame.language.count(view.reversed_count)))
    told = [markup.fill("{text}", text=note) for note in notes]
    markup.show_paragraph(markup.join(told, language=frame.language), kind="note")


def lay_steps(frame: Frame, view: View) -> list[dict[str, object]]:
    """Lay the steps end to end, and their total below."""
    rows: list[dict[str, object]] = []
    start = 0.0
    for step in view.steps:
        rows.append(
            {
                "name": frame.say(words.STEP_NAMES[step.code]),
                "start": start,
                "middle": start + step.waited_hours,
                "end": start + step.hours,
                "waited": frame.say(words.WAITED, hours=write_hours(step.waited_hours)),
                "worked": frame.say(words.WORKED, minutes=write_minutes(step.work_minutes)),
                "summed": "",
            }
        )
        start += step.hours
    work = view.total_work_minutes
    label = {"hours": write_hours(view.total_hours), "minutes": write_minutes(work)}
    total: dict[str, object] = {
        "name": frame.say(words.TOTAL),
        "start": 0.0,
        "middle": max(start - work / 60, 0.0),
        "end": start,
        "waited": "",
        "worked": "",
        "summed": frame.say(words.TOTAL_LABEL, **label),
    }
    return [*rows, total]


def _show_unmeasured(frame: Frame, view: View) -> None:
    """Name what cannot be measured, and the file that would tell."""
    file, code = markup.code(waiting.RECEIPTS), markup.code
    notes = []
    if not view.has_grades:
        notes.append(frame.fill(words.NO_GRADES, file=file, column=code("grade")))
    if not {waiting.REFUNDS, waiting.EXCHANGES} & view.landed:
        files = {"file": code(waiting.REFUNDS), "other": code(waiting.EXCHANGES)}
        notes.append(frame.fill(words.NO_SETTLEMENTS, **files))
    elif not view.steps:
        notes.append(frame.fill(words.NO_STEPS, file=file, column=code("graded_at")))
    if view.has_grades and view.graders.empty:
        notes.append(frame.fill(words.NO_GRADERS, file=file, column=code("grader_id")))
    if view.has_grades and view.agreements.empty:
        told = {"column": code("grader_id"), "other": code("graded_at")}
        notes.append(frame.fill(words.NO_TWICE, file=file, **told))
    unknown = int(view.conformance["unknown_word_count"].sum())
    if unknown:
        n = frame.language.count(unknown)
        notes.append(frame.fill(words.UNKNOWN_GOODS, n=n, column=code("disposition")))
    if view.has_grades:
        notes.append(frame.fill(words.NO_UNIT_IDS))
    if notes:
        show_section(frame.say(words.UNMEASURED))
        markup.show_notes(notes)
