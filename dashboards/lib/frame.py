"""The frame of every page: who asks, what the answer is, how fresh it is, and the states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboards.lib import address, filters, markup, measures, navigation, serving
from dashboards.lib import words_frame as words
from dashboards.lib.language import Language, Words, find_language
from dashboards.lib.publication import ServingError
from dashboards.lib.shop import read_shop, to_local
from dashboards.lib.tables import Link, Panel
from dashboards.lib.voice import Voice

if TYPE_CHECKING:
    from markupsafe import Markup
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.navigation.page import StreamlitPage

COMMANDS: Final = {
    "no_shop": "kaeru demo DIR",
    "never_published": "kaeru run",
    "broken_pointer": "kaeru rollback",
    "unknown_name": "kaeru run",
    "timeout": "",
}
STATES: Final[Mapping[str, tuple[Words, Words]]] = {
    "no_shop": (words.NO_SHOP_TITLE, words.NO_SHOP),
    "never_published": (words.NEVER_PUBLISHED_TITLE, words.NEVER_PUBLISHED),
    "timeout": (words.TIMEOUT_TITLE, words.TIMEOUT),
}
_frame: ContextVar[Frame] = ContextVar("kaeru_frame")


@dataclass(frozen=True)
class Frame(Voice):
    """What the router hands to a page.

    Attributes
    ----------
    pages : mapping of str to page
        By the stem of the page's file.
    head : DeltaGenerator
        Where eyebrow, title, answer and caption go: above the filters.
    """

    pages: Mapping[str, StreamlitPage]
    head: DeltaGenerator


def open_frame(
    *, language: Language, pages: Mapping[str, StreamlitPage], has_rule: bool = True
) -> Frame:
    """Read what every page needs and show the red rule when the numbers are stale.

    Parameters
    ----------
    language : Language
    pages : mapping of str to page
        By stem.
    has_rule : bool, default True
        False where the page says itself that the numbers are stale.
    """
    shop = read_shop()
    frame = Frame(
        language=language,
        shop=shop,
        publication=serving.read_publication(),
        today=datetime.now(shop.time_zone).date(),
        pages=pages,
        head=st.container(key="k_head"),
    )
    _frame.set(frame)
    if has_rule:
        with frame.head:
            _show_stale(frame)
    return frame


def current() -> Frame:
    """Return the frame of this page run.

    The first visitor of a fresh server who names a page in the address gets it without the router:
    Streamlit takes a folder called ``pages`` for its older kind of app until the first
    ``st.navigation``. Calling it here ends that, and the run begins again at the router.
    """
    found = _frame.get(None)
    if found is None:
        pages = navigation.build_pages(language=find_language(""))
        st.navigation(list(pages.values()), position="hidden")
        st.rerun()
    return found


def show_head(
    frame: Frame,
    *,
    eyebrow: Sequence[str],
    question: Words,
    answer: Markup,
    caption: str,
    is_tax_in_caption: bool = False,
) -> None:
    """Show eyebrow, title, answer and caption, in this order on every page.

    The eyebrow says what amounts say of tax, unless the caption does.
    """
    with frame.head:
        moment = frame.shop.loaded_at
        is_fresh = moment.date() - frame.shop.as_of <= timedelta(days=1)
        as_of = frame.say(
            words.DATA_AS_OF if is_fresh else words.DATA_UP_TO,
            day=frame.language.day(moment.date(), today=frame.today),
            clock=frame.language.clock(moment),
            last=frame.language.day(frame.shop.as_of, today=frame.today),
        )
        is_synthetic = frame.shop.is_synthetic
        markup.show_eyebrow(
            [*eyebrow, as_of, "" if is_tax_in_caption else say_tax(frame)],
            label=frame.say(words.SYNTHETIC) if is_synthetic else "",
            note=frame.say(words.SYNTHETIC_NOTE) if is_synthetic else "",
        )
        st.title(question.pick(frame.language), anchor=False)
        if answer:
            markup.show_paragraph(answer, kind="answer")
        if caption:
            markup.show_paragraph(caption, kind="caption")


def say_tax(frame: Frame) -> str:
    """Say whether amounts hold tax; nothing where the published version does not know."""
    message = words.TAX.get(frame.shop.tax_code)
    return frame.say(message) if message else ""


def show_section(heading: str, *, caption: str = "") -> None:
    """Show the heading of a section, and what its numbers are."""
    markup.show_heading(heading)
    if caption:
        markup.show_paragraph(caption, kind="caption")


def show_how(frame: Frame, *, text: Words, marts: Sequence[str], **values: object) -> None:
    """Show how the numbers are made: our words, and what the catalogue says about the marts.

    ``values`` fill the words.
    """
    with st.expander(words.HOW_COMPUTED.pick(frame.language)):
        markup.show_paragraph(frame.say(text, **values), kind="note")
        commands = " · ".join(f"kaeru query {mart}" for mart in marts)
        markup.show_paragraph(
            frame.fill(words.SAME_NUMBERS, command=markup.code(commands)), kind="note"
        )
        if frame.language.code == "en":
            described = [(mart, serving.read_description(mart).grain) for mart in marts]
            markup.show_definitions(described)


def open_page(frame: Frame, link: Link) -> None:
    """Go where a link leads; the session stays, and the address says what the page is about."""
    own = address.build_query({navigation.LANGUAGE_KEY: frame.shop.language_code})
    about = {filters.STYLE: link.style} if link.style else {}
    st.switch_page(frame.pages[link.page], query_params={**own, **about})


def show_clear_filters(frame: Frame) -> None:
    """Offer to take every filter off."""
    label = words.CLEAR_FILTERS.pick(frame.language)
    st.button(label, on_click=filters.clear, type="tertiary", key="k_clear")


def show_failure(error: ServingError, *, language: Language, question: Words) -> None:
    """Show why there are no numbers, under the title of the page."""
    title, text = STATES.get(error.reason, (words.UNREADABLE_TITLE, words.UNREADABLE))
    command = COMMANDS.get(error.reason, "kaeru doctor")
    st.title(question.pick(language), anchor=False)
    markup.show_panel(
        Panel(
            kind="empty",
            title=title.pick(language),
            text=markup.fill(text.pick(language), command=markup.code(command)),
        )
    )


def find_load_days(frame: Frame) -> list[date]:
    """List the days on which files arrived."""
    landed = serving.read_mart("rpt_files", columns=["landed_at"])["landed_at"].dropna()
    moments = (to_local(value, time_zone=frame.shop.time_zone) for value in landed.unique())
    return [moment.date() for moment in moments if moment]


def _show_stale(frame: Frame) -> None:
    """Say when the usual file did not come; a synthetic shop gets no files and is never late."""
    if frame.shop.is_synthetic:
        return
    days = measures.count_days_late(find_load_days(frame), today=frame.today)
    if not days:
        return
    moment = frame.shop.loaded_at
    text = frame.say(
        words.STALE,
        day=frame.language.day(moment.date(), today=frame.today),
        clock=frame.language.clock(moment),
    )
    markup.show_panel(Panel(kind="red", title=frame.say(words.STALE_TITLE, days=days), text=text))
    st.page_link(frame.pages["can_this_be_trusted"], label=frame.say(words.STALE_LINK))
