"""Whether a style and its controls moved alike before the action."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from models_ml.actions.evidence import RATES, WEEKS, ActionEvidence, Bools, Floats, divide

MIN_WEEKS: Final = 4  # weeks with deliveries before the action, below which no trend is seen
_STRENGTH: Final = 10.0  # units by which a week is drawn to the mean to know its variance


@dataclass(frozen=True)
class Trends:
    """How far styles drew away from their controls in the weeks before.

    Attributes
    ----------
    slope : Floats of shape (n_styles,)
        Difference of the rates, by which it grew in ``WEEKS`` weeks; 0 where it is not known.
    error : Floats of shape (n_styles,)
        Standard errors; infinite where there are fewer than ``MIN_WEEKS`` weeks.
    """

    slope: Floats
    error: Floats


def count_weeks(evidence: ActionEvidence) -> int:
    """Count the weeks before the action in which the style was delivered."""
    return int((evidence.before.developed[0] > 0).sum())


def measure_trends(evidence: ActionEvidence, *, is_control: Bools, flutter: float) -> Trends:
    """Fit a line through each style's weekly differences, weighted by what is known of them.

    Parameters
    ----------
    evidence : ActionEvidence
    is_control : Bools of shape (n_styles, n_styles)
    flutter : float
        As ``Differences`` has it.
    """
    own, own_returned = evidence.before.developed, evidence.before.returned
    # Not BLAS: its threads wait for each other longer than these small sums take.
    others, others_returned = (
        np.einsum("ij,jk->ik", is_control.astype(np.float64), one) for one in (own, own_returned)
    )
    is_seen = (own > 0) & (others > 0)
    variance = _find_variance(own, own_returned, flutter) + _find_variance(
        others, others_returned, 0.0
    )
    weight = np.where(is_seen, 1 / np.where(is_seen, variance, 1.0), 0.0)
    week = np.arange(WEEKS, dtype=np.float64)[None, :]
    middle = divide((weight * week).sum(axis=1), weight.sum(axis=1))[:, None]
    spread = (weight * (week - middle) ** 2).sum(axis=1)
    gap = np.minimum(divide(own_returned, own), 1.0) - np.minimum(
        divide(others_returned, others), 1.0
    )
    is_known = (is_seen.sum(axis=1) >= MIN_WEEKS) & (spread > 0)
    slope = divide((weight * (week - middle) * gap).sum(axis=1), spread)
    return Trends(
        np.where(is_known, WEEKS * slope, 0.0),
        np.where(is_known, WEEKS / np.sqrt(np.where(is_known, spread, 1.0)), np.inf),
    )


def _find_variance(developed: Floats, returned: Floats, flutter: float) -> Floats:
    mean = divide(returned.sum(axis=1), developed.sum(axis=1))[:, None]
    rate = np.clip((returned + _STRENGTH * mean) / (developed + _STRENGTH), *RATES)
    return np.asarray(rate * (1 - rate) / np.maximum(developed, 1e-9) + flutter * rate**2)
