"""なにが返ってくる？ What comes back? The list of styles or SKUs, by returned value."""

from __future__ import annotations

from dashboards.lib import comes_back, filters, frame
from dashboards.lib import words_returns as words

here = frame.current()
chosen = filters.read_filters()
view = comes_back.read_view(here, chosen)

frame.show_head(
    here,
    eyebrow=comes_back.build_eyebrow(here),
    question=words.QUESTION,
    answer=comes_back.build_answer(here, view),
    caption=comes_back.build_caption(here, view),
)
if view.worklist.rows.empty or not view.worklist.total["returned_count"]:
    comes_back.show_empty(here, view)
else:
    comes_back.show_list(here, view)
frame.show_how(here, text=words.HOW, marts=comes_back.MARTS[chosen.grain])
