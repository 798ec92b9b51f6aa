"""打った手は効いた？ Did the fix work? What was done about styles, and what came of it."""

from __future__ import annotations

from dashboards.lib import action_dialog, actions, actions_opened, actions_page, frame
from dashboards.lib import words_actions as words

here = frame.current()
view = actions.read_view()

frame.show_head(
    here,
    eyebrow=actions_page.build_eyebrow(here),
    question=words.QUESTION,
    answer=actions_page.build_answer(here, view),
    caption=actions_page.build_caption(here, view),
)
action_dialog.show_button(here)
actions_page.show_list(here, view)
actions_opened.show_opened(here, view)
frame.show_how(here, text=words.HOW, marts=actions.MARTS)
