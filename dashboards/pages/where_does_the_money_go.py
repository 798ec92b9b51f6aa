"""お金はどこへ行く？ Where does the money go? Refunds, what is retained, and what is still owed."""

from __future__ import annotations

import streamlit as st

from dashboards.lib import frame, money, money_charts, money_page, targets
from dashboards.lib import words_money as words

here = frame.current()
found = money.read_money(shop=here.shop)

frame.show_head(
    here,
    eyebrow=money_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=money_page.build_answer(here, found),
    caption=money_page.build_caption(here, found),
    is_tax_in_caption=found.month is not None,
)
money_page.show_strip(here, found)
for parts in (
    (money_charts.show_cash, money_charts.show_retained),
    (money_charts.show_roll, money_charts.show_ages),
):
    wide, narrow = st.columns([1.35, 1], gap="large")
    with wide:
        parts[0](here, found)
    with narrow:
        parts[1](here, found)
targets.show_targets(here)
money_page.show_closings(here, found)
frame.show_how(here, text=words.HOW, marts=(*money.MARTS, "rpt_metrics"))
