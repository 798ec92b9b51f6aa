"""裏側は稼いでいる？ Is our back yard earning? Five conditions, and what leaks through them."""

from __future__ import annotations

from dashboards.lib import frame, yard, yard_page
from dashboards.lib import words_yard as words

here = frame.current()
found = yard.read_yard()

frame.show_head(
    here,
    eyebrow=yard_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=yard_page.build_answer(here, found),
    caption=yard_page.build_caption(here, found),
)
yard_page.show_conditions(here, found)
yard_page.show_leak(here, found)
yard_page.show_rails(here, found)
frame.show_how(here, text=words.HOW, marts=(*yard.MARTS, yard.RAILS))
