"""The pages, in groups by who asks; own links, since Streamlit's groups fail accessibility."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboards.lib import (
    address,
    markup,
    words_actions,
    words_decisions,
    words_fit,
    words_lanes,
    words_money,
    words_morning,
    words_returns,
    words_review,
    words_style,
    words_trust,
    words_waiting,
    words_what_if,
    words_why,
    words_yard,
)
from dashboards.lib import words_frame as words
from dashboards.lib.language import NAMES, Language, Words, find_language

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

ROOM: Final = Path(__file__).parents[1]
LANGUAGE_KEY: Final = "lang"
FIRST: Final = "this_morning"  # opens at the root; says itself when the numbers are stale
# Stem of the page's file: (title, label in the sidebar), by group; the first stands alone.
GROUPS: Final[tuple[tuple[Words | None, dict[str, tuple[Words, Words]]], ...]] = (
    (None, {FIRST: (words_morning.QUESTION, words_morning.NAVIGATION)}),
    (
        words.MERCHANDISING,
        {
            "what_comes_back": (words_returns.QUESTION, words_returns.NAVIGATION),
            "why_does_it_come_back": (words_why.QUESTION, words_why.NAVIGATION),
            "one_style": (words_style.QUESTION, words_style.NAVIGATION),
        },
    ),
    (
        words.PRODUCT,
        {
            "which_styles_do_not_fit": (words_fit.QUESTION, words_fit.NAVIGATION),
            "did_the_fix_work": (words_actions.QUESTION, words_actions.NAVIGATION),
        },
    ),
    (
        words.EXECUTIVES,
        {
            "where_does_the_money_go": (words_money.QUESTION, words_money.NAVIGATION),
            "is_our_back_yard_earning": (words_yard.QUESTION, words_yard.NAVIGATION),
            "what_if": (words_what_if.QUESTION, words_what_if.NAVIGATION),
        },
    ),
    (
        words.OPERATIONS,
        {
            "where_does_it_wait": (words_waiting.QUESTION, words_waiting.NAVIGATION),
            "will_it_arrive": (words_lanes.QUESTION, words_lanes.NAVIGATION),
            "was_it_decided_without_us": (words_decisions.QUESTION, words_decisions.NAVIGATION),
        },
    ),
    (
        words.READING,
        {"how_should_this_be_read": (words_review.QUESTION, words_review.NAVIGATION)},
    ),
    (
        words.TRUST,
        {"can_this_be_trusted": (words_trust.QUESTION, words_trust.NAVIGATION)},
    ),
)
QUESTIONS: Final = {stem: title for _, pages in GROUPS for stem, (title, _) in pages.items()}


def find_own_language(*, shop_language: str) -> Language:
    """Return the language of this page run: what is chosen or in the address, else the shop's."""
    return find_language(address.read_choice(LANGUAGE_KEY, default=shop_language))


def build_pages(*, language: Language) -> Mapping[str, StreamlitPage]:
    """Build the pages that exist; the first is the one without a path.

    Returns
    -------
    mapping of str to page
        By the stem of the page's file.
    """
    return {
        stem: st.Page(
            ROOM / "pages" / f"{stem}.py",
            title=f"{title.pick(language)} · kaeru",
            default=stem == FIRST,
        )
        for stem, title in QUESTIONS.items()
    }


def show_sidebar(
    pages: Mapping[str, StreamlitPage], *, language: Language, queries: Mapping[str, dict[str, str]]
) -> None:
    """Show the links to the pages, by group, and the switch of the language.

    Parameters
    ----------
    pages : mapping of str to page
        By stem.
    language : Language
    queries : mapping of str to dict
        What the address of each page holds.
    """
    address.keep_valid(LANGUAGE_KEY, options=list(NAMES), default=language.code)
    with st.sidebar:
        for group, members in GROUPS:
            if group is not None:
                markup.show_paragraph(group.pick(language), kind="group")
            for stem, (_, label) in members.items():
                st.page_link(
                    pages[stem],
                    label=label.pick(language),
                    width="stretch",
                    query_params=queries[stem],
                )
        with st.container(key="k_language_switch"):
            st.segmented_control(
                words.LANGUAGE.pick(language),
                options=list(NAMES),
                required=True,
                format_func=NAMES.__getitem__,
                key=LANGUAGE_KEY,
                label_visibility="collapsed",
            )


def show_logo(*, is_dark: bool) -> None:
    """Show the name of the house, drawn for the theme."""
    st.logo(str(ROOM / f"logo_{'dark' if is_dark else 'light'}.svg"), size="large")
