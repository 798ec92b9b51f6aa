"""The dialog in which an action on a style is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

import streamlit as st

from dashboards.lib import desk, markup, serving
from dashboards.lib import words_actions as words
from dashboards.lib.desk import Action
from dashboards.lib.frame import Frame

SAVED: Final = "k_saved_action"  # what was saved in the run before
LONGEST: Final = 200


def show_button(frame: Frame) -> None:
    """Offer to write an action, and say, once, what was saved."""
    saved = st.session_state.pop(SAVED, None)
    if saved is not None:
        style, file = saved
        text = frame.fill(words.ADD_SAVED, style=style, file=markup.code(file))
        markup.show_paragraph(text, kind="note")
    if st.button(frame.say(words.ADD), type="primary", key="k_add_action"):
        open_dialog(frame)


def open_dialog(frame: Frame) -> None:
    """Open the dialog."""

    @st.dialog(frame.say(words.ADD_TITLE))
    def write() -> None:
        show_form(frame)

    write()


def show_form(frame: Frame) -> None:
    """Show the fields, and save them when the reader says so."""
    markup.show_paragraph(frame.say(words.ADD_ABOUT), kind="note")
    style = st.text_input(frame.say(words.ADD_STYLE), max_chars=LONGEST, key="k_action_style")
    text = st.text_input(frame.say(words.ADD_ACTION), max_chars=LONGEST, key="k_action_text")
    finding = st.text_input(frame.say(words.ADD_FINDING), max_chars=LONGEST, key="k_action_why")
    since = st.text_input(
        frame.say(words.ADD_SINCE), value=frame.today.isoformat(), key="k_action_since"
    )
    if not st.button(frame.say(words.ADD_SAVE), type="primary", key="k_action_save"):
        return
    day = read_day(since)
    wrong = find_fault(frame, style=style.strip(), text=text.strip(), since=since, day=day)
    if wrong or day is None:
        markup.show_paragraph(wrong, kind="note")
        return
    action = Action(style.strip(), text=text, finding=finding, effective_from=day)
    try:
        path = desk.write_action(action, opened_on=frame.today, noted_at=datetime.now(UTC))
    except OSError:
        markup.show_paragraph(frame.say(words.ADD_NOT_SAVED), kind="note")
        return
    st.session_state[SAVED] = (action.style_id, path.name)
    st.rerun()


def find_fault(frame: Frame, *, style: str, text: str, since: str, day: date | None) -> str:
    """Say what is wrong with what was written; empty where nothing is."""
    styles = serving.read_mart("rpt_style_returns", columns=["style_id"])["style_id"]
    if style not in set(styles):
        return frame.say(words.ADD_NO_STYLE, style=style)
    if not text:
        return frame.say(words.ADD_NO_TEXT)
    if day is None:
        return frame.say(words.ADD_NO_DAY, day=since, example=frame.today.isoformat())
    return ""


def read_day(text: str) -> date | None:
    """Read a day; None where it is none.

    Examples
    --------
    >>> read_day(" 2026-11-30 "), read_day("30 Nov")
    (datetime.date(2026, 11, 30), None)
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
