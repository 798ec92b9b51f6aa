"""How well probabilities of small, fit and large foretell what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.fit.outcome_columns import OUTCOMES
from models_ml.rates.parts import Floats
from models_ml.reasons.evaluation import compute_calibration_error

DRAWS: Final = 400  # of customers, for the interval
TAILS: Final = (0.025, 0.975)
_LEAST: Final = 1e-15  # probability in the log loss; keeps it finite


@dataclass(frozen=True)
class OutcomeScores:
    """Agreement of probabilities with what happened.

    Attributes
    ----------
    mean_auc : float
        Mean of the three one-vs-rest areas under the ROC curve, in [0, 1]; 0.5 says nothing.
    mean_auc_low, mean_auc_high : float
        95 % interval of it, by drawing customers with all their rows.
    auc : mapping of str to float
        By outcome.
    log_loss : float
        Mean negative natural log of the probability of what happened.
    ece : float
        Mean over the outcomes of the expected calibration error, as a share in [0, 1].
    n : int
        Rows.
    """

    mean_auc: float
    mean_auc_low: float
    mean_auc_high: float
    auc: dict[str, float]
    log_loss: float
    ece: float
    n: int

    def to_document(self) -> dict[str, Any]:
        """Say the scores as one JSON document."""
        return asdict(self)


def score_outcomes(
    probabilities: Floats, *, outcomes: pd.Series, customers: pd.Series, seed: int
) -> OutcomeScores:
    """Compare probabilities with what happened.

    Parameters
    ----------
    probabilities : Floats of shape (n, 3)
        In the order of ``OUTCOMES``.
    outcomes : Series of str, length n
        What happened, of ``OUTCOMES``.
    customers : Series, length n
        Who; a row of nobody is a customer of its own.
    seed : int
        Of the draws of customers.

    Returns
    -------
    OutcomeScores

    Raises
    ------
    ValueError
        If one of the outcomes never happened: its area is not defined.
    """
    truth = _tell_truth(outcomes)
    each = [curve.measure(np.ones(len(truth))) for curve in _draw_curves(probabilities, truth)]
    drawn = draw_mean_areas(probabilities, outcomes=outcomes, customers=customers, seed=seed)
    low, high = np.nanquantile(drawn, TAILS)
    of_truth = np.maximum(probabilities[truth], _LEAST)
    errors = [
        compute_calibration_error(probabilities[:, [place]], truth[:, [place]])
        for place in range(len(OUTCOMES))
    ]
    return OutcomeScores(
        mean_auc=float(np.mean(each)),
        mean_auc_low=float(low),
        mean_auc_high=float(high),
        auc=dict(zip(OUTCOMES, each, strict=True)),
        log_loss=float(-np.log(of_truth).mean()),
        ece=float(np.mean(errors)),
        n=len(truth),
    )


def draw_mean_areas(
    probabilities: Floats, *, outcomes: pd.Series, customers: pd.Series, seed: int
) -> Floats:
    """Measure the mean area on draws of customers with all their rows.

    Parameters
    ----------
    probabilities, outcomes, customers
        As ``score_outcomes`` takes them.
    seed : int
        Equal seeds draw equal customers, so that two models can be compared draw by draw.

    Returns
    -------
    Floats of shape (DRAWS,)
        Not a number where an outcome was never drawn.
    """
    curves = _draw_curves(probabilities, _tell_truth(outcomes))
    return np.array(
        [
            float(np.mean([curve.measure(weights) for curve in curves]))
            for weights in _draw_customers(customers, seed=seed)
        ]
    )


def _tell_truth(outcomes: pd.Series) -> npt.NDArray[np.bool_]:
    truth: npt.NDArray[np.bool_] = outcomes.to_numpy(dtype=str)[:, None] == np.array(OUTCOMES)
    if not truth.any(axis=0).all():
        missing = [name for place, name in enumerate(OUTCOMES) if not truth[:, place].any()]
        raise ValueError(f"every outcome must happen at least once, never seen: {missing}")
    return truth


def _draw_curves(probabilities: Floats, truth: npt.NDArray[np.bool_]) -> list[_Curve]:
    return [_Curve(probabilities[:, place], truth[:, place]) for place in range(len(OUTCOMES))]


class _Curve:
    """The order of rows by one outcome's probability, for areas under other weights."""

    def __init__(self, scores: Floats, truth: npt.NDArray[np.bool_]) -> None:
        self._order = np.argsort(scores, kind="stable")
        ordered = scores[self._order]
        self._truth = truth[self._order].astype(float)
        # Equal scores are one step of the curve.
        self._starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])

    def measure(self, weights: Floats) -> float:
        """Return the area; not a number where one side has no weight."""
        weight = weights[self._order]
        hits = np.add.reduceat(weight * self._truth, self._starts)
        others = np.add.reduceat(weight * (1 - self._truth), self._starts)
        below = np.cumsum(others) - others / 2
        total = hits.sum() * others.sum()
        return float((hits * below).sum() / total) if total else float("nan")


def _draw_customers(customers: pd.Series, *, seed: int) -> Iterator[Floats]:
    """Yield weights of rows: how often the row's customer was drawn."""
    code, names = pd.factorize(customers, use_na_sentinel=True)
    nobody = code < 0
    code[nobody] = len(names) + np.arange(nobody.sum())
    count = len(names) + int(nobody.sum())
    rng = np.random.default_rng(seed)
    for _ in range(DRAWS):
        times = np.bincount(rng.integers(count, size=count), minlength=count)
        yield times[code].astype(float)
