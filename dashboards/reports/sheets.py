"""The button that hands out sheets, on every page that has one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.lib import exports, markup, serving
from dashboards.lib import words_fit as page_words
from dashboards.lib import words_sheet as words
from dashboards.lib.frame import Frame
from dashboards.reports import fit_report


def show_sheets(frame: Frame, styles: Sequence[str], *, name: str) -> None:
    """Offer the sheets of some styles as one document for print; nothing without a style.

    Parameters
    ----------
    frame : Frame
    styles : sequence of str
        Each has a verdict.
    name : str
        Of the file.
    """
    if not styles:
        return
    code = frame.language.code
    exports.show_document(
        frame.say(words.BUTTON, n=frame.language.count(len(styles))),
        build=lambda: fit_report.build_document(styles, language_code=code),
        name=f"fit-{name}-{frame.shop.as_of}-{code}",
    )


def show_sheet(frame: Frame, style: str) -> None:
    """Offer the sheet of one style, where its fit was judged, and say what the verdict is."""
    rows = serving.read_mart("rpt_fit_verdicts", where={"style_id": style})
    if rows.empty:
        return
    verdict = frame.say(page_words.VERDICTS[str(rows["verdict_code"].iloc[0])])
    with st.container(key="k_foot", horizontal=True, vertical_alignment="center"):
        markup.show_paragraph(frame.say(words.VERDICT_NOTE, verdict=verdict), kind="note")
        show_sheets(frame, [style], name=style)
