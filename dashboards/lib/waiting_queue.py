"""The queue of "Where does it wait?": what is chosen, the work file, and a page of the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from dashboards.lib import address, exports, markup, paging, waiting
from dashboards.lib import words_waiting as words
from dashboards.lib.frame import Frame, open_page, show_section
from dashboards.lib.tables import Link, Panel
from dashboards.lib.waiting import View
from dashboards.lib.waiting_tables import build_queue
from dashboards.lib.work_file import build_work_file

ROWS: Final = 15
LONGEST_HOURS: Final = 24 * 14  # a bar is not longer: one old case would make all others dots
STAGE, GRADE, ORDER = "waits", "grade", "order"
DEFAULTS: Final = {STAGE: waiting.ALL, GRADE: waiting.ALL, ORDER: waiting.ORDERS[0]}


def show_queue(frame: Frame, view: View) -> None:
    """Show what waits, with the next step of each."""
    if view.queue.empty:
        show_section(frame.say(words.QUEUE_HEADING["oldest"]))
        text = frame.say(words.QUEUE_EMPTY)
        markup.show_panel(Panel("empty", frame.say(words.QUEUE_EMPTY_TITLE), text))
        return
    chosen = {key: address.read_choice(key, default=value) for key, value in DEFAULTS.items()}
    order = chosen[ORDER] if chosen[ORDER] in waiting.ORDERS else waiting.ORDERS[0]
    show_section(frame.say(words.QUEUE_HEADING[order]), caption=frame.say(words.QUEUE_CAPTION))
    _show_choices(frame, view)
    stage, grade = (address.read_choice(key, default=waiting.ALL) for key in (STAGE, GRADE))
    rows = waiting.choose_rows(view.queue, stage=stage, grade=grade, order=order)
    if rows.empty:
        text = frame.say(words.QUEUE_NONE, n=frame.language.count(len(view.queue)))
        markup.show_panel(Panel("empty", frame.say(words.QUEUE_NONE_TITLE), text))
        return
    _show_list(frame, rows, about=(stage, grade, order))
    _show_cost(frame, view)


def _show_choices(frame: Frame, view: View) -> None:
    """Show what can be chosen, with counts, and the work file beside it."""
    stages, grades = waiting.count_stages(view.queue), waiting.count_grades(view.queue)
    count = frame.language.count
    stage_names = {
        waiting.ALL: f"{frame.say(words.ALL)} {count(len(view.queue))}",
        **{code: f"{frame.say(words.STAGE_NAMES[code])} {count(n)}" for code, n in stages.items()},
    }
    grade_names = {
        waiting.ALL: frame.say(words.ALL),
        **{code: f"{code} {count(n)}" for code, n in grades.items()},
    }
    orders = {code: frame.say(words.ORDER_NAMES[code]) for code in waiting.ORDERS}
    with st.container(key="k_filters", horizontal=True, vertical_alignment="bottom"):
        _show_segments(STAGE, label=frame.say(words.STAGE), names=stage_names)
        _show_segments(GRADE, label=frame.say(words.GRADE), names=grade_names)
        _show_segments(ORDER, label=frame.say(words.ORDER), names=orders)
        exports.show_export(
            frame.say(words.WORK_FILE),
            build=lambda: build_work_file(frame.shop, language_code=frame.language.code),
            name="kaeru_work",
        )


def _show_segments(key: str, *, label: str, names: Mapping[str, str]) -> None:
    address.keep_valid(key, options=list(names), default=DEFAULTS[key])
    st.segmented_control(
        label, options=list(names), required=True, format_func=names.__getitem__, key=key
    )


def _show_list(frame: Frame, rows: pd.DataFrame, *, about: tuple[str, ...]) -> None:
    number = paging.find_page("queue", about=about, rows=len(rows), size=ROWS)
    start = (number - 1) * ROWS
    page = rows[start : start + ROWS]
    longest = min(float(rows["waited_hours"].fillna(0).max()), LONGEST_HOURS)
    table = build_queue(frame, page, longest=longest)
    clicked = markup.show_linked_table(table, key="k_queue")
    if isinstance(clicked, Link):
        open_page(frame, clicked)
    count = frame.language.count
    shown = {"first": count(start + 1), "last": count(start + len(page))}
    notes = [frame.fill(words.SHOWN, n=count(len(rows)), **shown)]
    graded = rows[rows["idle_cost_amount"].notna()]
    if len(graded):
        money = frame.money(float(graded["idle_cost_amount"].sum()))
        notes.append(frame.fill(words.LOSS_SUM, graded=count(len(graded)), money=money))
    if rows["grade_code"].isna().any():
        notes.append(frame.fill(words.LOSS_OPEN))
    markup.show_paragraph(markup.join(notes, language=frame.language), kind="note")
    paging.show_pages("queue", rows=len(rows), size=ROWS)


def _show_cost(frame: Frame, view: View) -> None:
    """Say what the loss is made of, and whose chance of a sale it holds."""
    is_assumed = bool((view.queue["chance_source_code"] == "assumed").any())
    message = words.CHANCE["assumed" if is_assumed else "plan"]
    text = frame.fill(message, file=markup.code("purchase_plan"))
    markup.show_paragraph(text, kind="note")
