"""The section "Before the return": enquiries, notices, size advice, and who bought again."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from dashboards.lib import before_return, markup
from dashboards.lib import before_return_tables as tables
from dashboards.lib import words_before_return as words
from dashboards.lib.before_return import BeforeReturn
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.tables import Panel

CONTACTS: Final = "contacts"
EVENTS: Final = "delivery_events"
NOTICE: Final = ("shipments", "notice_sent_at")
ADVICE: Final = ("order_lines", "advised_size_label")


def show_before_return(frame: Frame, as_of: date) -> None:
    """Show the section: what is known side by side, then what is not and what it needs."""
    found = before_return.read_before_return(as_of)
    show_section(frame.say(words.HEADING), caption=frame.say(words.CAPTION))
    parts = [
        (found.topics, _show_enquiries),
        (found.notices, _show_notices),
        (found.advice, _show_advice),
        (found.repeats, _show_repeats),
    ]
    shown = [show for rows, show in parts if rows]
    for first in range(0, len(shown), 2):
        for column, show in zip(st.columns(2, gap="large"), shown[first : first + 2], strict=False):
            with column:
                show(frame, found)
    _show_missing(frame, found)


def _show_enquiries(frame: Frame, found: BeforeReturn) -> None:
    period = frame.language.period(found.first, found.last, today=frame.today)
    caption = frame.say(words.ENQUIRY_CAPTION, period=period)
    show_section(frame.say(words.ENQUIRY_HEADING), caption=caption)
    markup.show_table(tables.build_topics(frame, found))


def _show_notices(frame: Frame, found: BeforeReturn) -> None:
    show_section(frame.say(words.NOTICE_HEADING), caption=frame.say(words.NOTICE_CAPTION))
    compared = {"these": words.WITHOUT, "others": words.WITH}
    markup.show_table(tables.build_comparison(frame, found.notices, **compared))


def _show_advice(frame: Frame, found: BeforeReturn) -> None:
    show_section(frame.say(words.ADVICE_HEADING), caption=frame.say(words.ADVICE_CAPTION))
    compared = {"these": words.THESE, "others": words.FOLLOWED}
    markup.show_table(tables.build_comparison(frame, found.advice, **compared))


def _show_repeats(frame: Frame, found: BeforeReturn) -> None:
    show_section(frame.say(words.REPEAT_HEADING), caption=frame.say(words.REPEAT_CAPTION))
    markup.show_table(tables.build_repeats(frame, found))


def _show_missing(frame: Frame, found: BeforeReturn) -> None:
    needed = [
        (found.topics, words.NEEDS_CONTACTS, (CONTACTS,)),
        (found.notices, words.NEEDS_NOTICES, NOTICE),
        (found.advice, words.NEEDS_ADVICE, ADVICE),
        (found.repeats, words.NEEDS_BRING_BACKS, (EVENTS,)),
    ]
    told = [
        frame.fill(text, **dict(zip(("file", "column"), map(markup.code, names), strict=False)))
        for rows, text, names in needed
        if not rows
    ]
    if told:
        text = markup.join(told, language=frame.language)
        markup.show_panel(Panel("hatched", frame.say(words.MISSING_TITLE), text))
