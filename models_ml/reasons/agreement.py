"""How far people agree with each other, and the model with them on the same texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from models_ml.reasons.calibration import Floats
from models_ml.reasons.evaluation import compute_f1
from models_ml.reasons.labels import PERSON, Label, apply_direction, keep_latest
from models_ml.reasons.taxonomy import NONE

Codes = frozenset[str]
BOOTSTRAPS: Final = 1_000
LOW_PART: Final = 0.05  # of the bootstrap: agreement is hardly lower than this quantile
ENDS: Final = (0.025, 0.975)  # quantiles of the bootstrap: a 95 % interval
_SEED: Final = 20261129


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
    beyond_chance, low_beyond_chance : float, optional
        Agreement of people beyond what they would have if one of them had labelled the texts in
        another order: 1 is all, 0 is chance; and the ``LOW_PART`` quantile of its bootstrap.
    low_people_f1, high_people_f1 : float, optional
        Ends of the 95 % interval of ``people_f1``.
    """

    people_f1: float | None
    model_f1: float | None
    n: int
    beyond_chance: float | None = None
    low_beyond_chance: float | None = None
    low_people_f1: float | None = None
    high_people_f1: float | None = None


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
    beyond, low = compute_beyond_chance(first, second)
    low_f1, high_f1 = compute_agreement_interval(first, second)
    people = compute_agreement(first, second)
    return Agreement(people, model, len(pairs), beyond, low, low_f1, high_f1)


def compute_agreement(first: Sequence[Codes], second: Sequence[Codes]) -> float:
    """Compute micro-F1 between two labellers; it is the same both ways.

    A text of which neither named a code agrees on ``NONE``, which counts as a code here: else two
    people who both find no reason would count for nothing.
    """
    left = [one or frozenset({NONE}) for one in first]
    right = [one or frozenset({NONE}) for one in second]
    both = sum(len(a & b) for a, b in zip(left, right, strict=True))
    return compute_f1(both, sum(map(len, left)), sum(map(len, right)))


def compute_agreement_interval(
    first: Sequence[Codes], second: Sequence[Codes]
) -> tuple[float, float]:
    """Compute the 95 % interval of ``compute_agreement`` over ``BOOTSTRAPS`` draws of the texts.

    Parameters
    ----------
    first, second : sequence of frozenset of str
        At least one text, in the same order.
    """
    agreed, _ = _draw_agreement(first, second)
    low, high = np.quantile(agreed[1:], ENDS)
    return float(low), float(high)


def compute_beyond_chance(first: Sequence[Codes], second: Sequence[Codes]) -> tuple[float, float]:
    """Compute how much two labellers agree beyond chance, and how little it may be.

    Of two who each say what stands in the text with probability q, and else what stands in some
    other text, it is q² in the mean; so the labels of either are right no less often than that.

    Parameters
    ----------
    first, second : sequence of frozenset of str
        At least one text, in the same order.

    Returns
    -------
    tuple of (float, float)
        The estimate, and the ``LOW_PART`` quantile over ``BOOTSTRAPS`` draws of the texts. 0 where
        all say the same of every text: then nothing is known.
    """
    agreed, chance = _draw_agreement(first, second)
    beyond = np.where(chance < 1, (agreed - chance) / np.where(chance < 1, 1 - chance, 1), 0.0)
    return float(beyond[0]), float(np.quantile(beyond[1:], LOW_PART))


def _draw_agreement(first: Sequence[Codes], second: Sequence[Codes]) -> tuple[Floats, Floats]:
    """Compute agreement, and what chance makes of it: of all texts, then of each draw of them."""
    codes = sorted({code for said in (*first, *second) for code in said} | {NONE})
    left, right = (
        np.array([[code in (one or {NONE}) for code in codes] for one in said], dtype=np.float64)
        for said in (first, second)
    )
    size = len(left)
    draws = np.random.default_rng(_SEED).integers(size, size=(BOOTSTRAPS, size))
    counts = np.stack([np.bincount(draw, minlength=size) for draw in (np.arange(size), *draws)])
    totals = counts @ left, counts @ right
    named = totals[0].sum(axis=1) + totals[1].sum(axis=1)
    agreed: Floats = 2 * (counts @ (left * right).sum(axis=1)) / named
    chance: Floats = 2 * (totals[0] * totals[1]).sum(axis=1) / size / named
    return agreed, chance


def _read_codes(label: Label) -> Codes:
    return apply_direction(label.codes, label.direction) - {NONE}
