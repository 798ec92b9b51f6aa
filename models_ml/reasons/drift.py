"""Whether the texts of a week are of another kind than those before it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from models_ml.reasons.normalise import MAX_LENGTH, normalise_text
from models_ml.reasons.taxonomy import NONE

LARGEST_INDEX: Final = 0.20  # reasons.md: population stability index of the predicted shares
LARGEST_UNSEEN_SHARE: Final = 0.12  # reasons.md: of the characters of the week
FEWEST_TEXTS: Final = 100  # below it the index of eight groups is noise: 7 × (1/n + 1/m) of it
_LEAST_SHARE: Final = 0.005  # of a group: an empty one would make the index endless


@dataclass(frozen=True)
class Drift:
    """How far a week is from the time before it.

    Attributes
    ----------
    index : float
        Population stability index over the groups of reasons, less what chance alone makes of it.
    unseen_share : float
        Of the week's letters, those that no earlier text has.
    texts, reference : int
    """

    index: float
    unseen_share: float
    texts: int
    reference: int

    @property
    def is_measurable(self) -> bool:
        """Whether there are enough texts on both sides."""
        return min(self.texts, self.reference) >= FEWEST_TEXTS

    @property
    def is_drifted(self) -> bool:
        """Whether somebody has to look."""
        return self.is_measurable and (
            self.index > LARGEST_INDEX or self.unseen_share > LARGEST_UNSEEN_SHARE
        )


@dataclass(frozen=True)
class Week:
    """Texts of a time with the probabilities of their codes."""

    texts: Sequence[str]
    probabilities: Sequence[Mapping[str, float]]


def measure_drift(week: Week, *, before: Week) -> Drift:
    """Compare a week with the time before it.

    Parameters
    ----------
    week, before : Week

    Returns
    -------
    Drift
        Without a text on one of the sides nothing has drifted, and nothing is measurable.
    """
    sizes = len(week.texts), len(before.texts)
    if not all(sizes):
        return Drift(0.0, 0.0, *sizes)
    now, then = share_groups(week.probabilities), share_groups(before.probabilities)
    groups = sorted(now.keys() | then.keys())
    chance = (len(groups) - 1) * (1 / sizes[0] + 1 / sizes[1])
    index = compute_index(
        [now.get(one, 0.0) for one in groups], [then.get(one, 0.0) for one in groups]
    )
    return Drift(max(0.0, index - chance), measure_unseen(week.texts, before.texts), *sizes)


def share_groups(probabilities: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Add up probabilities by group of reasons (``FIT`` of ``FIT.SMALL``) and no reason.

    Returns
    -------
    dict of str to float
        Shares that sum to 1.
    """
    totals: dict[str, float] = {NONE: 0.0}
    for codes in probabilities:
        nothing = math.prod(1 - share for share in codes.values())
        weight = nothing + sum(codes.values())
        totals[NONE] += nothing / weight
        for code, share in codes.items():
            group = code.partition(".")[0]
            totals[group] = totals.get(group, 0.0) + share / weight
    whole = sum(totals.values())
    return {group: total / whole for group, total in totals.items()}


def compute_index(now: Sequence[float], then: Sequence[float]) -> float:
    """Compute the population stability index of two distributions.

    Examples
    --------
    >>> compute_index([0.5, 0.5], [0.5, 0.5])
    0.0
    >>> round(compute_index([0.8, 0.2], [0.5, 0.5]), 3)
    0.416
    """
    pairs = [(max(a, _LEAST_SHARE), max(b, _LEAST_SHARE)) for a, b in zip(now, then, strict=True)]
    return sum((a - b) * math.log(a / b) for a, b in pairs)


def measure_unseen(texts: Iterable[str], before: Iterable[str]) -> float:
    """Measure which share of the letters of some texts no earlier text has."""
    known = {sign for text in before for sign in _read_letters(text)}
    letters = [sign for text in texts for sign in _read_letters(text)]
    return sum(sign not in known for sign in letters) / len(letters) if letters else 0.0


def _read_letters(text: str) -> list[str]:
    return [sign for sign in normalise_text(text[:MAX_LENGTH]).text if sign.isalpha()]
