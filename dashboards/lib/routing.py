"""One page run: hold a version, build navigation, frame and filters, then run the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboards.lib import filters, frame, markup, navigation, serving
from dashboards.lib.publication import ServingError
from dashboards.lib.shop import read_shop

if TYPE_CHECKING:
    from dashboards.lib.language import Language
    from dashboards.lib.navigation import StreamlitPage

DEFAULT_LANGUAGE = "ja"  # until a shop says otherwise


def run() -> None:
    """Run the page that the address names, or show why there are no numbers."""
    try:
        with serving.lease():
            page, language = _open_page(read_shop().language_code)
            try:
                opened = frame.open_frame(language=language, pages=_pages_of(language))
                _show_filters(page, opened)
                page.run()
            except ServingError as error:
                frame.show_failure(error, language=language, question=_question_of(page))
    except ServingError as error:
        page, language = _open_page(DEFAULT_LANGUAGE)
        frame.show_failure(error, language=language, question=_question_of(page))
