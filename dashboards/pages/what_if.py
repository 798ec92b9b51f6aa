"""もし変えたら？ What if? What returns cost, and what they would cost if something changed."""

from __future__ import annotations

from dashboards.lib import frame, markup, replays, replays_page, what_if, what_if_page
from dashboards.lib import words_what_if as words

here = frame.current()
base = what_if.read_baseline()

frame.show_head(
    here,
    eyebrow=what_if_page.build_eyebrow(here, base),
    question=words.QUESTION,
    answer=markup.fill(""),
    caption="",
)
what_if_page.show_levers(here, base)
replays_page.show_replays(here)
frame.show_how(here, text=words.HOW, marts=(*what_if.MARTS, *replays.MARTS))
