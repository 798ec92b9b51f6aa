"""Which text a person should read next, and why.

A fixed part of all texts is drawn by lot from their hashes. Those come in the order of the lot and
never by what the model thinks of them, so that their labels judge a model honestly; only what is
escalated comes before its turn, so such texts weigh a little more among the judges.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from models_ml.reasons.labels import PERSON, Label, keep_latest
from models_ml.reasons.reader import Evidence

Why = Literal["escalated", "uncertain", "random", "second_opinion"]
RANDOM_SHARE: Final = 0.3  # issue: of all texts, drawn by lot
SECOND_SHARE: Final = 0.1  # issue: of all texts, read by two people
# Of ten texts: six by doubt and yen, three by lot, one that somebody has read already.
TURNS: Final[tuple[Why, ...]] = (
    *("uncertain", "random", "uncertain", "uncertain", "random"),
    *("uncertain", "second_opinion", "uncertain", "random", "uncertain"),
)
_PEOPLE: Final = 2
_DIGITS: Final = 13  # hexadecimal digits of a hash that make a number in [0, 1)


@dataclass(frozen=True)
class ReadText:
    """One distinct text with what was read in it.

    Attributes
    ----------
    text_hash, text, language : str
    probabilities : mapping of str to float
        Codes that may be meant.
    amount : int
        Yen at stake: net of the return lines with this text.
    is_abstained, is_escalated : bool
    model_version : str
    evidence : tuple of Evidence
        Words that decided.
    zones : tuple of str
    direction : str, optional
    """

    text_hash: str
    text: str
    language: str
    probabilities: Mapping[str, float]
    amount: int
    is_abstained: bool
    is_escalated: bool
    model_version: str
    evidence: tuple[Evidence, ...] = ()
    zones: tuple[str, ...] = ()
    direction: str | None = None


@dataclass(frozen=True)
class Asked:
    """One text of the queue.

    Attributes
    ----------
    read : ReadText
    why : {"escalated", "uncertain", "random", "second_opinion"}
    was_random : bool
        Whether the text is of the part drawn by lot: its label judges and never teaches.
    """

    read: ReadText
    why: Why
    was_random: bool


def build_queue(
    readings: Iterable[ReadText], *, labels: Iterable[Label], annotator: str, seed: int
) -> list[Asked]:
    """Order the texts that one person has not read.

    Parameters
    ----------
    readings : iterable of ReadText
        Each text once.
    labels : iterable of Label
        All people's; those of programs count for nothing here.
    annotator : str
        Who asks.
    seed : int
        Of the lots.

    Returns
    -------
    list of Asked
        Escalated texts first, then by ``TURNS``; where one kind has run out, the next takes its
        turn. The same for the same texts, labels and seed in any order.
    """
    readers: dict[str, set[str]] = {}
    for label in keep_latest(labels):
        if label.kind == PERSON:
            readers.setdefault(label.text_hash, set()).add(label.annotator)
    kinds: dict[Why, list[ReadText]] = {why: [] for why in (*dict.fromkeys(TURNS), "escalated")}
    for one in readings:
        why = _choose_kind(one, people=readers.get(one.text_hash, set()), who=annotator, seed=seed)
        if why is not None:
            kinds[why].append(one)
    for why, texts in kinds.items():
        texts.sort(key=lambda one: (_rank(one, why=why, seed=seed), one.text_hash))
    return [Asked(one, why, is_drawn(one.text_hash, seed=seed)) for why, one in _take_turns(kinds)]


def is_drawn(text_hash: str, *, seed: int) -> bool:
    """Tell whether a text is of the part that judges."""
    return draw_lot(text_hash, what="random", seed=seed) < RANDOM_SHARE


def draw_lot(text_hash: str, *, what: str, seed: int) -> float:
    """Draw a lot in [0, 1) that is a text's own: the same whenever it is drawn."""
    digest = hashlib.sha256(f"{seed} {what} {text_hash}".encode()).hexdigest()
    return int(digest[:_DIGITS], 16) / 16**_DIGITS


def measure_doubt(read: ReadText) -> float:
    """Measure how little is known of a text: the greatest entropy of its codes, in bits.

    A text in which nothing was read and of which nothing is sure is the least known.
    """
    if read.is_abstained and not any(read.probabilities.values()):
        return 1.0
    return max((_compute_entropy(share) for share in read.probabilities.values()), default=0.0)


def _choose_kind(one: ReadText, *, people: set[str], who: str, seed: int) -> Why | None:
    if who in people or len(people) >= _PEOPLE or not any(map(str.isalnum, one.text)):
        return None
    if people:
        is_second = draw_lot(one.text_hash, what="second", seed=seed) < SECOND_SHARE
        return "second_opinion" if is_second else None
    if one.is_escalated:
        return "escalated"
    return "random" if is_drawn(one.text_hash, seed=seed) else "uncertain"


def _rank(one: ReadText, *, why: Why, seed: int) -> float:
    if why in {"random", "second_opinion"}:
        return draw_lot(one.text_hash, what=why, seed=seed)
    doubt = 1.0 if why == "escalated" else measure_doubt(one)
    return -doubt * max(one.amount, 1)


def _take_turns(kinds: Mapping[Why, Sequence[ReadText]]) -> list[tuple[Why, ReadText]]:
    ordered: list[tuple[Why, ReadText]] = [("escalated", one) for one in kinds["escalated"]]
    streams: dict[Why, Iterator[ReadText]] = {why: iter(kinds[why]) for why in TURNS}
    left: dict[Why, int] = {why: len(kinds[why]) for why in TURNS}
    turn = 0
    while any(left.values()):
        wanted = TURNS[turn % len(TURNS)]
        why = wanted if left[wanted] else next(one for one in streams if left[one])
        ordered.append((why, next(streams[why])))
        left[why] -= 1
        turn += 1
    return ordered


def _compute_entropy(share: float) -> float:
    if not 0 < share < 1:
        return 0.0
    return -(share * math.log2(share) + (1 - share) * math.log2(1 - share))
