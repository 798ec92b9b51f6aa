"""One page run: hold a version, build navigation, frame and filters, then run the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboards.lib import (
    actions,
    address,
    filters,
    fit,
    frame,
    markup,
    navigation,
    replays_page,
    serving,
    waiting_queue,
    what_if_controls,
    why,
    words_actions,
    words_fit,
    words_review,
    words_why,
    worklist,
    yard_page,
)
from dashboards.lib import words_frame as words
from dashboards.lib.language import Language
from dashboards.lib.publication import ServingError
from dashboards.lib.shop import read_shop
from dashboards.lib.style_story import find_first_style

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

FILTERS: Final = {
    "what_comes_back": filters.LIST_DEFAULTS,
    "why_does_it_come_back": filters.WHY_DEFAULTS,
    "which_styles_do_not_fit": filters.FIT_DEFAULTS,
    "did_the_fix_work": filters.ACTION_DEFAULTS,
    "one_style": filters.STYLE_DEFAULTS,
    "how_should_this_be_read": filters.REVIEW_DEFAULTS,
    "where_does_it_wait": waiting_queue.DEFAULTS,
    "is_our_back_yard_earning": yard_page.TRIED,
    "what_if": what_if_controls.DEFAULTS | replays_page.DEFAULTS,
}
DEFAULT_LANGUAGE: Final = "ja"  # until a shop says otherwise


def run() -> None:
    """Run the page that the address names, or show why there are no numbers."""
    try:
        with serving.lease():
            _run_page(read_shop().language_code)
    except ServingError as error:
        stem, _, language = _open_navigation(DEFAULT_LANGUAGE)
        frame.show_failure(error, language=language, question=navigation.QUESTIONS[stem])


def _open_navigation(shop_language: str) -> tuple[str, Mapping[str, StreamlitPage], Language]:
    """Declare the pages and show the sidebar; return the chosen stem, pages and language."""
    address.read_address([navigation.LANGUAGE_KEY], page=None)
    language = navigation.find_own_language(shop_language=shop_language)
    pages = navigation.build_pages(language=language)
    chosen = st.navigation(list(pages.values()), position="hidden")
    queries = {
        stem: address.build_query({navigation.LANGUAGE_KEY: shop_language, **FILTERS.get(stem, {})})
        for stem in pages
    }
    navigation.show_sidebar(pages, language=language, queries=queries)
    markup.show_language(language, skip=words.SKIP.pick(language))
    stem = next(stem for stem, page in pages.items() if page.url_path == chosen.url_path)
    return stem, pages, language


def _run_page(shop_language: str) -> None:
    """Build navigation, frame and filters, then the page; a failed read stands in its place."""
    stem, pages, language = _open_navigation(shop_language)
    defaults = FILTERS.get(stem, {})
    address.read_address(list(defaults), page=stem)
    try:
        frame.open_frame(language=language, pages=pages, has_rule=stem != navigation.FIRST)
        if stem == "what_comes_back":
            _show_list_filters(language)
        elif stem == "why_does_it_come_back":
            _show_why_filters(language)
        elif stem == "which_styles_do_not_fit":
            _show_fit_filters(language)
        elif stem == "did_the_fix_work":
            _show_action_filters(language)
        elif stem == "one_style":
            filters.show_style_filter(shown=find_first_style() or "", language=language)
        elif stem == "how_should_this_be_read":
            filters.show_reader(
                label=words_review.READER.pick(language),
                example=words_review.READER_EXAMPLE.pick(language),
            )
        address.write_address(
            {navigation.LANGUAGE_KEY: shop_language, **defaults},
            others=[key for keys in FILTERS.values() for key in keys],
        )
        pages[stem].run()
    except ServingError as error:
        frame.show_failure(error, language=language, question=navigation.QUESTIONS[stem])


def _show_list_filters(language: Language) -> None:
    """Show the filters of the list, with how many rows each state has under the others."""
    rows = worklist.read_rows(filters.read_grain())
    filters.keep_choices_valid(rows)
    counts = worklist.count_states(rows, filters=filters.read_filters())
    filters.show_filters(rows, counts=counts, language=language)


def _show_fit_filters(language: Language) -> None:
    """Show the filters of fit, with how many styles each verdict has under the others."""
    rows = fit.read_rows()
    counts = fit.count_verdicts(filters.read_filters().keep(rows))
    names = {
        verdict: f"{name.pick(language)} {language.count(counts.get(verdict, 0))}"
        for verdict, name in words_fit.SEGMENTS.items()
    }
    filters.show_choice_filters(
        rows,
        key=filters.VERDICT,
        names=names,
        label=words_fit.VERDICT.pick(language),
        language=language,
    )


def _show_action_filters(language: Language) -> None:
    """Show the filters of actions; a verdict that none has is not offered, but for the usual."""
    rows = actions.read_rows()
    if rows.empty:
        return
    counts = actions.count_verdicts(filters.read_filters().keep(rows))
    names = {
        verdict: f"{name.pick(language)} {language.count(counts.get(verdict, 0))}"
        for verdict, name in words_actions.SEGMENTS.items()
        if verdict != actions.NOT_MEASURABLE or (rows["verdict_code"] == verdict).any()
    }
    filters.show_choice_filters(
        rows,
        key=filters.OUTCOME,
        names=names,
        label=words_actions.VERDICT.pick(language),
        language=language,
    )


def _show_why_filters(language: Language) -> None:
    """Show the filters of reasons, with the sources that tell something."""
    rows = serving.read_mart("rpt_style_returns")
    told = why.read_told(read_shop().as_of)
    names = {source: words_why.SOURCES[source].pick(language) for source in why.SOURCES}
    telling = {source: name for source, name in names.items() if told[source]}
    filters.show_choice_filters(
        rows,
        key=filters.SOURCE,
        names=telling or {"stated": names["stated"]},
        label=words_why.SOURCE.pick(language),
        language=language,
    )
