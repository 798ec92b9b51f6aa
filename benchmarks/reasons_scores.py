"""Scores of readings against labels: codes, directions, zones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from models_ml.reasons.evaluation import compute_f1
from models_ml.reasons.reader import Reading
from models_ml.reasons.taxonomy import NONE

FROM: Final = (0.0, 0.5, 0.7, 0.8)  # probabilities from which a code counts as read


class Judged(NamedTuple):
    """One reading with what a person saw in the same text."""

    reading: Reading
    codes: Collection[str] = ()
    direction: str | None = None
    zones: Collection[str] = ()


def score_codes_from(judged: Sequence[Judged], *, least: float) -> tuple[float, float, float]:
    """Score codes read with at least a probability: precision, recall, micro-F1."""
    right = read = labelled = 0
    for one in judged:
        codes = {code for code, p in one.reading.codes.items() if p >= least} - {NONE}
        truth = set(one.codes) - {NONE}
        right, read, labelled = (
            right + len(codes & truth),
            read + len(codes),
            labelled + len(truth),
        )
    return right / max(1, read), right / max(1, labelled), compute_f1(right, read, labelled)


def score_direction(judged: Sequence[Judged]) -> float:
    """Score directions: the mean F1 of those that the labels name, none at all left out."""
    scores = list(score_directions(judged).values())
    return sum(scores) / len(scores) if scores else 0.0


def score_directions(judged: Sequence[Judged]) -> dict[str, float]:
    """Score each direction that the labels name."""
    named = sorted({one.direction for one in judged if one.direction})
    return {
        way: compute_f1(
            sum(one.reading.direction == one.direction == way for one in judged),
            sum(one.reading.direction == way for one in judged),
            sum(one.direction == way for one in judged),
        )
        for way in named
    }


def count_zones(judged: Sequence[Judged]) -> tuple[int, int]:
    """Count zones read, and those that the labels name too."""
    read = sum(len(one.reading.zones) for one in judged)
    right = sum(len(set(one.reading.zones) & set(one.zones)) for one in judged)
    return read, right
