"""How far people agree with each other, and the model with them on the same texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models_ml.reasons.evaluation import compute_f1
from models_ml.reasons.labels import PERSON, Label, apply_direction, keep_latest
from models_ml.reasons.taxonomy import NONE

Codes = frozenset[str]


@dataclass(frozen=True)
class Agreement:
    """People beside the model.

    Attributes
    ----------
    people_f1 : float, optional
        Micro-F1 between the first and the second person; None where no text has two.
    model_f1 : float, optional
        Mean micro-F1 of the model with each of them, on the same texts.
    n : int
        Texts that two people labelled.
    """

    people_f1: float | None
    model_f1: float | None
    n: int


def find_pairs(labels: Iterable[Label]) -> dict[str, tuple[Codes, Codes]]:
    """Find the texts that two people labelled, with the first two labels of each.

    Programs are no people, and who could not tell gave no label.

    Returns
    -------
    dict of text hash to (codes of the first, codes of the second)
    """
    by_text: dict[str, list[Label]] = {}
    for label in keep_latest(labels):
        if label.kind == PERSON and label.verdict != "cannot_tell":
            by_text.setdefault(label.text_hash, []).append(label)
    pairs = {}
    for text_hash, said in by_text.items():
        if len(said) > 1:
            first, second = sorted(said, key=lambda one: (one.labelled_at, one))[:2]
            pairs[text_hash] = (_read_codes(first), _read_codes(second))
    return pairs


def measure_agreement(
    pairs: Mapping[str, tuple[Codes, Codes]], *, decided: Mapping[str, Codes]
) -> Agreement:
    """Measure people against each other and the model against them.

    Parameters
    ----------
    pairs : mapping
        Of ``find_pairs``.
    decided : mapping of text hash to codes
        What the model decided; texts that it lacks leave the model without a score.

    Returns
    -------
    Agreement
    """
    if not pairs:
        return Agreement(None, None, 0)
    hashes = sorted(pairs)
    first, second = ([pairs[one][place] for one in hashes] for place in (0, 1))
    model = None
    if decided.keys() >= pairs.keys():
        said = [decided[one] for one in hashes]
        model = (compute_agreement(said, first) + compute_agreement(said, second)) / 2
    return Agreement(compute_agreement(first, second), model, len(pairs))


def compute_agreement(first: Sequence[Codes], second: Sequence[Codes]) -> float:
    """Compute micro-F1 between two labellers; it is the same both ways.

    A text of which neither named a code agrees on ``NONE``, which counts as a code here: else two
    people who both find no reason would count for nothing.
    """
    left = [one or frozenset({NONE}) for one in first]
    right = [one or frozenset({NONE}) for one in second]
    both = sum(len(a & b) for a, b in zip(left, right, strict=True))
    return compute_f1(both, sum(map(len, left)), sum(map(len, right)))


def _read_codes(label: Label) -> Codes:
    return apply_direction(label.codes, label.direction) - {NONE}
