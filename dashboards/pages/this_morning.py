"""今朝のまとめ This morning: three sentences, the usual numbers, what changed, what is missing."""

from __future__ import annotations

import streamlit as st

from dashboards.lib import frame, markup, morning, morning_page
from dashboards.lib import words_morning as words

here = frame.current()
found = morning.read_morning(shop=here.shop, today=here.today, language=here.language)

frame.show_head(
    here,
    eyebrow=morning_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=markup.fill(""),
    caption="",
)
morning_page.show_briefing(here, found)
morning_page.show_usual(here, found)
left, right = st.columns(2, gap="large")
with left:
    morning_page.show_changes(here, found)
with right:
    morning_page.show_unmeasured(here, found)
frame.show_how(here, text=words.HOW, marts=morning.MARTS)
