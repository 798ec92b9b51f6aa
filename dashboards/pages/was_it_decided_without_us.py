"""自動で決まった？ Was it decided without us? What rules decide, and people decided else."""

from __future__ import annotations

from dashboards.lib import decisions, decisions_page, frame, offers, offers_page
from dashboards.lib import words_decisions as words

here = frame.current()
view = decisions.read_view(here.shop.as_of)

frame.show_head(
    here,
    eyebrow=decisions_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=decisions_page.build_answer(here, view),
    caption=decisions_page.build_caption(here, view),
)
decisions_page.show_state(here, view)
decisions_page.show_evidence(here, view)
offers_page.show_offers(here, view)
frame.show_how(here, text=words.HOW, marts=(*decisions.MARTS, *offers.MARTS))
