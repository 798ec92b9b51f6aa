"""なにが返ってくる？ What comes back? The styles or SKUs that come back beyond expectation."""

from __future__ import annotations

from dashboards.lib import comes_back, filters, frame
from dashboards.lib import words_returns as words

here = frame.current()
view = comes_back.read_view(filters.read_filters())

frame.show_head(
    here,
    eyebrow=comes_back.build_eyebrow(here),
    question=words.QUESTION,
    answer=comes_back.build_answer(here, view),
    caption=comes_back.build_caption(here, view),
)
if view.worklist.rows.empty:
    comes_back.show_empty(here, view)
else:
    comes_back.show_list(here, view)
frame.show_how(here, text=words.HOW, marts=comes_back.MARTS, **comes_back.write_alarms(here))
