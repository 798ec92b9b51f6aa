"""One page run: hold a version, build navigation, frame and filters, then run the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboards.lib import filters, frame, markup, navigation, serving
from dashboards.lib.language import Language
from dashboards.lib.publication import ServingError
from dashboards.lib.shop import read_shop

if TYPE_CHECKING:
    from dashboards.lib.navigation import StreamlitPage

DEFAULT_LANGUAGE: Final = "ja"  # until a shop says otherwise


def run() -> None:
    """Run the page that the address names, or show why there are no numbers."""
    try:
        with serving.lease():
            language, pages, stem = _open_navigation(read_shop().language_code)
            _run_page(stem, pages=pages, language=language)
    except ServingError as error:
        language, _, stem = _open_navigation(DEFAULT_LANGUAGE)
        frame.show_failure(error, language=language, question=navigation.QUESTIONS[stem])


def _open_navigation(
    shop_language: str,
) -> tuple[Language, Mapping[str, StreamlitPage], str]:
    """Declare the pages, show the sidebar; return the language, the pages and the chosen stem."""
    language = navigation.find_own_language(shop_language=shop_language)
    pages = navigation.build_pages(language=language)
    chosen = st.navigation(list(pages.values()), position="hidden")
    navigation.show_sidebar(pages, language=language, default=shop_language)
    markup.show_language(language.code)
    stem = next(stem for stem, page in pages.items() if page.url_path == chosen.url_path)
    return language, pages, stem


def _run_page(stem: str, *, pages: Mapping[str, StreamlitPage], language: Language) -> None:
    """Build the frame and the filters, then the page; a failed read is shown in its place."""
    try:
        opened = frame.open_frame(language=language, pages=pages)
        styles = serving.read_mart("rpt_style_returns")
        if stem == "what_comes_back":
            filters.show_filters(styles, language=language)
        elif stem == "one_style":
            filters.show_style_filter(styles, language=language)
        pages[stem].run()
    except ServingError as error:
        frame.show_failure(error, language=language, question=navigation.QUESTIONS[stem])
