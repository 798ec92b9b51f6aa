"""どの型が合わない？ Which styles do not fit? The verdict of every style, and what to do."""

from __future__ import annotations

from dashboards.lib import fit, fit_labels, fit_origins, fit_page, frame
from dashboards.lib import words_fit as words

here = frame.current()
view = fit.read_view()

frame.show_head(
    here,
    eyebrow=fit_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=fit_page.build_answer(here, view),
    caption=fit_page.build_caption(here, view),
)
fit_page.show_list(here, view)
fit_origins.show_origins(here)
fit_labels.show_labels(here)
frame.show_how(here, text=words.HOW, marts=fit.MARTS)
