"""One sitting of the review: what is asked, what is switched on, and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from dashboards.lib import review_desk
from dashboards.lib.review_desk import Answer, Asked, Done, People
from dashboards.lib.shop import Shop

STATE: Final = "k_review"
THRESHOLD: Final = 0.5  # probability from which a reason is switched on before anybody looks
SHOWN: Final = 6  # reasons beside a text; the keys 1 to 9 leave room for those a person adds
SIZED: Final = ("FIT.SMALL", "FIT.LARGE", "FIT.UNSPEC")
KINDS: Final = ("escalated", "uncertain", "random", "second_opinion")


@dataclass
class Draft:
    """What is switched on for one text, before it is decided.

    Attributes
    ----------
    codes : list of str
        Offered, in order.
    chosen : set of str
    direction, zone : str
        Empty where not said.
    """

    codes: list[str]
    chosen: set[str]
    direction: str = ""
    zone: str = ""


@dataclass
class Sitting:
    """What one person reads in one go.

    Attributes
    ----------
    annotator : str
    version : str
        Published version at its start.
    queue : list of Asked
    people : People
    before : Done
        What was read before the sitting.
    at : int
        Place of the text that is shown.
    drafts : dict of str to Draft
        By text hash.
    answered : set of str
        Text hashes.
    is_unsaved, is_unchosen : bool
        What the last press could not do.
    """

    annotator: str
    version: str
    queue: list[Asked]
    people: People
    before: Done
    at: int = 0
    drafts: dict[str, Draft] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    is_unsaved: bool = False
    is_unchosen: bool = False

    @property
    def asked(self) -> Asked | None:
        """Return the text that is shown; None where all are read."""
        return self.queue[self.at] if self.at < len(self.queue) else None

    @property
    def done(self) -> int:
        """Count what was read today."""
        return self.before.today + len(self.answered)

    @property
    def total(self) -> int:
        """Count what there is to read today, what was read included."""
        return self.before.today + len(self.queue)

    @property
    def minutes(self) -> int | None:
        """Return how long the rest takes; None where the pace is not known."""
        if self.before.seconds is None:
            return None
        left = len(self.queue) - len(self.answered)
        return max(1, round(left * self.before.seconds / 60)) if left else 0

    def count_kind(self, why: str) -> tuple[int, int]:
        """Count how many texts of a kind are read, and how many there are."""
        kind = [asked.text_hash for asked in self.queue if asked.why == why]
        return sum(text_hash in self.answered for text_hash in kind), len(kind)

    def open_draft(self, asked: Asked) -> Draft:
        """Return what is switched on for a text: at first what is more likely than not."""
        if asked.text_hash not in self.drafts:
            shown = [code for code, _ in asked.codes if code != "NONE"][:SHOWN]
            likely = {code for code, share in asked.codes if share >= THRESHOLD and code in shown}
            direction = asked.direction if asked.direction in {"small", "large"} else ""
            zone = asked.zones[0] if asked.zones and likely & set(SIZED) else ""
            self.drafts[asked.text_hash] = Draft(
                shown, likely, direction if likely & set(SIZED) else "", zone
            )
        return self.drafts[asked.text_hash]


def open_sitting(annotator: str, *, version: str, shop: Shop) -> Sitting:
    """Return the sitting of a person, and ask for one where there is none.

    Raises
    ------
    DeskError
        If the command does not answer.
    """
    found = st.session_state.get(STATE)
    if isinstance(found, Sitting) and (found.annotator, found.version) == (annotator, version):
        return found
    now = datetime.now(UTC)
    begin = now.astimezone(shop.time_zone).replace(hour=0, minute=0, second=0, microsecond=0)
    sitting = Sitting(
        annotator=annotator,
        version=version,
        queue=review_desk.ask_queue(annotator),
        people=review_desk.ask_people(),
        before=review_desk.read_done(annotator, now=now, since=begin),
    )
    st.session_state[STATE] = sitting
    return sitting


def close_sitting() -> None:
    """Forget the sitting, so that the next run asks anew; a callback of a button."""
    st.session_state.pop(STATE, None)


def toggle_code(draft: Draft, code: str) -> None:
    """Switch a reason on or off; a callback of a button."""
    draft.chosen ^= {code}


def add_code(draft: Draft, key: str) -> None:
    """Switch on the reason that was looked for; a callback of its field."""
    code = st.session_state.get(key)
    if code:
        if code not in draft.codes:
            draft.codes.append(code)
        draft.chosen.add(code)
        st.session_state[key] = None


def toggle_direction(draft: Draft, direction: str) -> None:
    """Say which way the size was wrong, or take it back; a callback of a button."""
    draft.direction = "" if draft.direction == direction else direction


def keep_zone(draft: Draft, key: str) -> None:
    """Keep the part that was chosen; a callback of its field."""
    draft.zone = str(st.session_state.get(key) or "")


def go_back(sitting: Sitting) -> None:
    """Show the text before; a callback of a button."""
    sitting.at = max(0, sitting.at - 1)
    sitting.is_unchosen = False


def decide(sitting: Sitting, verdict: str) -> None:
    """Keep what a person says of the text that is shown, and show the next; a callback."""
    asked = sitting.asked
    if asked is None:
        return
    draft = sitting.open_draft(asked)
    sitting.is_unchosen = verdict == "codes" and not draft.chosen
    if sitting.is_unchosen:
        return
    answer = Answer(verdict)
    if verdict == "codes":
        answer = replace(
            answer,
            codes=tuple(sorted(draft.chosen)),
            direction=draft.direction,
            zone=draft.zone,
        )
    try:
        review_desk.write_label(
            asked, answer, annotator=sitting.annotator, labelled_at=datetime.now(UTC)
        )
    except OSError:
        sitting.is_unsaved = True
        return
    sitting.is_unsaved = False
    sitting.answered.add(asked.text_hash)
    sitting.at += 1
