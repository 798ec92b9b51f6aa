"""Notes on the list: what stands in a row, and the dialog in which it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from dashboards.lib import desk, markup
from dashboards.lib import words_notes as words
from dashboards.lib.desk import Note
from dashboards.lib.frame import Frame
from dashboards.lib.language import Language

SAVED: Final = "k_saved_note"  # what was saved in the run before
LONGEST_OWNER: Final = 60
LONGEST_NOTE: Final = 500


def describe_note(row: Mapping[str, Any], *, language: Language) -> str:
    """Write owner, state and note of a row in one line; empty where there is none.

    Examples
    --------
    >>> from dashboards.lib.language import find_language
    >>> row = {"owner": "森", "state": "working", "note_text": None}
    >>> describe_note(row, language=find_language("ja"))
    '森 · 対応中'
    """
    owner, state, text = (_read_text(row[name]) for name in ("owner", "state", "note_text"))
    named = words.STATES[state].pick(language) if state in words.STATES else state
    return " · ".join(part for part in (owner, named, markup.shorten(text)) if part)


def open_dialog(frame: Frame, row: Mapping[str, Any], *, name: str) -> None:
    """Open the dialog in which a row's owner, state and note are written.

    Parameters
    ----------
    frame : Frame
    row : mapping of str to object
        Of the list.
    name : str
        What the row is called.
    """

    @st.dialog(frame.say(words.TITLE))
    def write() -> None:
        show_form(frame, row, name=name)

    write()


def show_form(frame: Frame, row: Mapping[str, Any], *, name: str) -> None:
    """Show the fields, and save them when the reader says so."""
    markup.show_paragraph(frame.say(words.ABOUT, name=name), kind="note")
    before = _read_text(row["state"])
    owner = st.text_input(
        frame.say(words.OWNER),
        value=_read_text(row["owner"]),
        max_chars=LONGEST_OWNER,
        key="k_note_owner",
    )
    state = st.selectbox(
        frame.say(words.STATE),
        options=list(words.STATES),
        index=list(words.STATES).index(before) if before in words.STATES else 0,
        format_func=lambda code: words.STATES[code].pick(frame.language),
        key="k_note_state",
    )
    text = st.text_area(
        frame.say(words.NOTE),
        value=_read_text(row["note_text"]),
        max_chars=LONGEST_NOTE,
        key="k_note_text",
    )
    if not st.button(frame.say(words.SAVE), type="primary", key="k_note_save"):
        return
    sku = _read_text(row["sku"]) or None
    note = Note(str(row["style_id"]), sku, owner=owner, state=state, text=text)
    try:
        path = desk.write_note(note, noted_at=datetime.now(UTC))
    except OSError:
        markup.show_paragraph(frame.say(words.NOT_SAVED), kind="note")
        return
    st.session_state[SAVED] = (name, path.name)
    st.rerun()


def show_saved(frame: Frame) -> None:
    """Say, once, what was saved."""
    saved = st.session_state.pop(SAVED, None)
    if saved is not None:
        name, file = saved
        text = frame.fill(words.SAVED, name=name, file=markup.code(file))
        markup.show_paragraph(text, kind="note")


def _read_text(value: object) -> str:
    return value if isinstance(value, str) else ""
