"""なぜ返ってくる？ Why does it come back? Reasons over time, against each other, in words."""

from __future__ import annotations

import streamlit as st

from dashboards.lib import frame, why_matrix, why_page
from dashboards.lib import words_why as words

here = frame.current()
found = why_page.read_found(here)

frame.show_head(
    here,
    eyebrow=why_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=why_page.build_answer(here, found.view),
    caption=why_page.build_caption(here, found.view),
)
why_page.show_courses(here, found.view)
wide, narrow = st.columns([1.7, 1], gap="large")
with wide:
    why_matrix.show_matrix(here, found.matrix, view=found.view)
with narrow:
    why_matrix.show_confirmed(here, found.matrix)
why_page.show_words(here, found.view)
frame.show_how(here, text=words.HOW, marts=why_page.MARTS)
