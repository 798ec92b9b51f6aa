"""この型はなぜ返ってくる？ Why does this style come back? Sizes, reasons, curve, exchanges."""

from __future__ import annotations

import streamlit as st

from dashboards.lib import (
    fit_charts,
    fit_measurements,
    fit_segments,
    frame,
    markup,
    one_style,
    size_curve,
    style_sections,
)
from dashboards.lib import words_style as words
from dashboards.reports import sheets

here = frame.current()
story = one_style.read_story(here)

frame.show_head(
    here,
    eyebrow=one_style.build_eyebrow(here, story),
    question=words.QUESTION,
    answer=one_style.build_answer(here, story) if story else markup.fill(""),
    caption=one_style.build_caption(here, story) if story else "",
)
if story is None:
    one_style.show_unknown(here)
else:
    one_style.show_strip(here, story)
    wide, narrow = st.columns([1.3, 1], gap="large")
    with wide:
        one_style.show_sizes(here, story)
    with narrow:
        one_style.show_reasons(here, story)
    wide, narrow = st.columns([1.3, 1], gap="large")
    with wide:
        style_sections.show_curve(here, story)
    with narrow:
        style_sections.show_moves(here, story)
        style_sections.show_stock(here, story)
    fit_measurements.show_steps(here, story.style_id)
    fit_charts.show_charts(here, story.style_id)
    fit_segments.show_segments(here, story.style_id)
    size_curve.show_size_curve(here, story.style_id)
    one_style.show_quotes(here, story)
    one_style.show_weeks(here, story)
    sheets.show_sheet(here, story.style_id)
    frame.show_how(here, text=words.HOW, marts=one_style.MARTS)
