"""住所は届く？ Will it arrive? Where the check of addresses sends parcels, and what came back."""

from __future__ import annotations

from dashboards.lib import frame, lanes, lanes_page
from dashboards.lib import words_lanes as words

here = frame.current()
found = lanes.read_lanes()

frame.show_head(
    here,
    eyebrow=lanes_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=lanes_page.build_answer(here, found),
    caption=lanes_page.build_caption(here, found),
)
lanes_page.show_lanes(here, found)
lanes_page.show_parts(here, found)
lanes_page.show_unmeasured(here, found)
frame.show_how(here, text=words.HOW, marts=lanes.MARTS)
