"""これはどう読む？ How should this be read? One text at a time, read by a person."""

from __future__ import annotations

import streamlit as st

from dashboards.lib import frame, review_page, review_sections
from dashboards.lib import words_review as words
from dashboards.lib.review import Sitting

here = frame.current()
found = review_page.read_sitting(here)

frame.show_head(
    here,
    eyebrow=review_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=review_page.build_answer(here, found),
    caption=review_page.build_caption(here, found),
)
if not isinstance(found, Sitting):
    review_page.show_state(here, found)
else:
    wide, narrow = st.columns([1.9, 1], gap="large")
    with wide:
        if found.asked is None:
            review_page.show_nothing(here, found)
        else:
            review_page.show_text(here, found, found.asked)
    with narrow:
        if found.asked is not None:
            review_sections.show_why(here, found.asked)
        if found.queue:
            review_sections.show_progress(here, found)
        review_sections.show_people(here, found)
frame.show_how(here, text=words.HOW, marts=review_page.MARTS)
