"""信じてよい数字？ Can we trust these numbers? Files, held-back rows, checks, reconciliation."""

from __future__ import annotations

from dashboards.lib import frame, trust, trust_page
from dashboards.lib import words_trust as words

here = frame.current()
found = trust.read_trust(shop=here.shop, today=here.today)

frame.show_head(
    here,
    eyebrow=trust_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=trust_page.build_answer(here, found),
    caption=trust_page.build_caption(here, found),
)
trust_page.show_entities(here, found)
trust_page.show_problems(here, found)
trust_page.show_bridge(here, found)
trust_page.show_undecided(here, found)
trust_page.show_files(here, found)
frame.show_how(here, text=words.HOW, marts=trust_page.MARTS)
