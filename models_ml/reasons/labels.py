"""What people say of texts: one label per person and text, and what they hold together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from models_ml.reasons.notes import LabelledNote
from models_ml.reasons.taxonomy import NONE

Kind = Literal["person", "program"]
Verdict = Literal["codes", "none", "cannot_tell"]
PERSON: Final[Kind] = "person"
PROGRAM: Final[Kind] = "program"  # a large language model, say: never a person's opinion
WAYS: Final = ("small", "large", "mixed", "unspecified")
UNSPECIFIED_SIZE: Final = "FIT.UNSPEC"
PAIR: Final = 2  # labellers of whom neither is a majority
SIZED: Final = {"small": "FIT.SMALL", "large": "FIT.LARGE"}


@dataclass(frozen=True, order=True)
class Label:
    """What one labeller said of one text at one time.

    Attributes
    ----------
    text_hash : str
        Of ``hash_text``.
    annotator : str
        A short name that the person chose, or its keyed hash.
    labelled_at : str
        UTC, ISO 8601 with Z.
    verdict : {"codes", "none", "cannot_tell"}
    codes : tuple of str
        Sorted; empty unless the verdict is ``codes``.
    direction : str
        Of ``WAYS``; empty where nobody spoke of a size.
    zone : str
        Empty where none was named.
    text : str
        Redacted.
    model_version : str
        What read the text when it was labelled.
    was_random : bool
        Whether the text was drawn by lot: only such labels judge a model.
    kind : {"person", "program"}
    """

    text_hash: str
    annotator: str
    labelled_at: str
    verdict: Verdict
    codes: tuple[str, ...]
    direction: str
    zone: str
    text: str
    model_version: str
    was_random: bool
    kind: Kind


@dataclass(frozen=True)
class SettledText:
    """One text with the codes that its labellers hold together.

    Attributes
    ----------
    text_hash, text : str
    codes : frozenset of str
        Without ``NONE``; empty where no reason stands in the text.
    was_random : bool
        Whether it was drawn by lot.
    """

    text_hash: str
    text: str
    codes: frozenset[str]
    was_random: bool


def hash_text(text: str) -> str:
    """Name a redacted text by its content.

    Parameters
    ----------
    text : str
        Any signs; lone surrogates too.

    Returns
    -------
    str
        SHA-256, 64 hexadecimal digits.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def apply_direction(codes: Iterable[str], direction: str) -> frozenset[str]:
    """Let a named direction make an undirected size code a directed one.

    Examples
    --------
    >>> sorted(apply_direction(["FIT.UNSPEC"], "small"))
    ['FIT.SMALL']
    """
    if direction not in SIZED:
        return frozenset(codes)
    return frozenset(SIZED[direction] if code == UNSPECIFIED_SIZE else code for code in codes)


def keep_latest(labels: Iterable[Label]) -> list[Label]:
    """Keep the last label of each labeller for each text, in whatever order they come.

    Parameters
    ----------
    labels : iterable of Label

    Returns
    -------
    list of Label
        By text, then labeller. Of two labels of one second the greater stands.
    """
    latest: dict[tuple[str, str], Label] = {}
    for label in sorted(labels, key=lambda one: (one.labelled_at, one)):
        latest[label.text_hash, label.annotator] = label
    return [latest[key] for key in sorted(latest)]


def settle_labels(labels: Iterable[Label], *, is_people_only: bool) -> list[SettledText]:
    """Find what the labellers of each text hold together.

    A code stands if more than half of them named it; between two who disagree the first one's
    label stands, because the second was asked to measure, not to decide. Those who could not tell
    have no say, and a text of which nobody could tell has no label.

    Parameters
    ----------
    labels : iterable of Label
    is_people_only : bool
        Whether programs have no say. Where they have one, people go before them.

    Returns
    -------
    list of SettledText
        By text hash.
    """
    by_text: dict[str, list[Label]] = {}
    for label in keep_latest(labels):
        if label.verdict != "cannot_tell" and not (is_people_only and label.kind == PROGRAM):
            by_text.setdefault(label.text_hash, []).append(label)
    settled = []
    for text_hash, said in sorted(by_text.items()):
        people = [label for label in said if label.kind == PERSON]
        settled.append(_settle_text(text_hash, people or said))
    return settled


def split_by_lot(settled: Sequence[SettledText]) -> tuple[list[SettledText], list[SettledText]]:
    """Split texts into those that teach and those, drawn by lot, that judge and never teach."""
    teaching = [one for one in settled if not one.was_random]
    return teaching, [one for one in settled if one.was_random]


def as_notes(settled: Iterable[SettledText]) -> list[LabelledNote]:
    """Say settled texts as notes to learn from."""
    return [LabelledNote(one.text, one.codes or frozenset({NONE})) for one in settled]


def _settle_text(text_hash: str, said: Sequence[Label]) -> SettledText:
    ordered = sorted(said, key=lambda one: (one.labelled_at, one))
    first = apply_direction(ordered[0].codes, ordered[0].direction)
    if len(ordered) <= PAIR:
        codes = first
    else:
        votes = Counter(
            code for one in ordered for code in apply_direction(one.codes, one.direction)
        )
        codes = frozenset(code for code, count in votes.items() if 2 * count > len(ordered))
    return SettledText(
        text_hash=text_hash,
        text=ordered[0].text,
        codes=codes - {NONE},
        # A text that ever taught may not judge, whatever a later label says.
        was_random=all(one.was_random and one.kind == PERSON for one in ordered),
    )
