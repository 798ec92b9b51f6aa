"""どこで待っている？ Where does it wait? How long returns lie, where, and what is next."""

from __future__ import annotations

from dashboards.lib import before_return, before_return_page, frame, waiting, waiting_page
from dashboards.lib import words_waiting as words

here = frame.current()
view = waiting.read_view(here.shop.as_of)

frame.show_head(
    here,
    eyebrow=waiting_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=waiting_page.build_answer(here, view),
    caption=waiting_page.build_caption(here, view),
)
waiting_page.show_time(here, view)
waiting_page.show_evidence(here, view)
before_return_page.show_before_return(here, here.shop.as_of)
frame.show_how(here, text=words.HOW, marts=(*waiting.MARTS, *before_return.MARTS))
