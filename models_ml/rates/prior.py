"""What is known about the rate of a group before its own returns are counted.

A group (a SKU or a style) is expected to come back at the rate of its category. Most groups do,
more or less; a few are of another kind. One Beta distribution cannot say both: where all normal
groups share one rate it becomes so strong that a group 2.5 times as bad is shrunk away, and where
it is wide enough for the bad ones it is too wide for the rest. So the prior has two parts: most
groups are near the category (a Beta whose centre and strength are fitted), a share of them (fitted)
is anything (a fixed, wide Beta).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import betaln, expit, logit

Floats: TypeAlias = npt.NDArray[np.float64]
Labels: TypeAlias = npt.NDArray[np.int64]

# Of six wide parts tried in simulated worlds (2 to 4 times the odds, strength 4 to 20) the widest:
# narrower ones won up to 4 points of power and cost up to 4 points of false alarms.
OTHER_ODDS_FACTOR: Final = 2.0  # centre of the wide part: this times the odds of the expected rate
OTHER_STRENGTH: Final = 4.0  # units; weight of the wide part
MIN_RATE: Final = 1e-4  # an expected rate is kept inside these bounds: a Beta has no mass at 0 or 1
MAX_RATE: Final = 0.98
FIT_ROWS: Final = 60_000  # rows read per fit; more do not move the third digit
MIN_FIT_ROWS: Final = 400  # rows read per category, where it has them

# Weak beliefs that decide only where the counts do not: (centre, standard deviation).
_FACTOR_BELIEF: Final = (0.0, 0.3)  # log of centre ÷ expected rate
_STRENGTH_BELIEF: Final = (np.log(100.0), 1.5)  # log units
_SHARE_BELIEF: Final = (logit(0.01), 1.5)  # log odds of the share of other groups
# A category differs from its shop by about this much, in the same three coordinates.
_CATEGORY_SPREAD: Final = np.array([0.15, 0.7, 0.7])
_BOUNDS: Final = ((-1.0, 1.0), (np.log(2.0), np.log(5_000.0)), (logit(1e-5), logit(0.3)))


@dataclass(frozen=True)
class RatePrior:
    """The prior of one category, or of the shop.

    Attributes
    ----------
    rate_factor : float
        Centre of the normal groups ÷ expected rate, about 1; below 1 where bad groups raise the
        category's rate.
    strength : float
        Units of developed exposure that the normal part weighs as much as, 2 to 5,000.
    other_share : float
        Share of groups that are of another kind, in (0, 0.3].
    """

    rate_factor: float
    strength: float
    other_share: float


SHOP: Final = -1  # label of groups without a category: they take the shop's prior


def fit_priors(
    developed_count: Floats, returned_count: Floats, expected_rate: Floats, *, category: Labels
) -> dict[int, RatePrior]:
    """Fit the prior of a shop and of each of its categories by penalised maximum likelihood.

    The shop is fitted over all rows. Each category is then fitted with the shop's values as its
    prior, so a thin category stays near the shop and a thick one goes its own way: pooling without
    a threshold.

    Parameters
    ----------
    developed_count, returned_count, expected_rate : Floats of shape (n_groups,)
        Developed exposure m ≥ 0 (units), returns y ≥ 0 (units, may exceed m), expected rate of the
        group's mix of categories in [0, 1].
    category : Labels of shape (n_groups,)
        Number of the category, ``SHOP`` where a group has none.

    Returns
    -------
    dict of int to RatePrior
        One per category that occurs, and ``SHOP``.
    """
    order = np.lexsort((expected_rate, returned_count, developed_count))
    order = order[(developed_count + returned_count)[order] > 0]
    sorted_category = category[order]
    evidence = np.stack([developed_count[order], returned_count[order], expected_rate[order]])
    centre = np.array([_FACTOR_BELIEF[0], _STRENGTH_BELIEF[0], _SHARE_BELIEF[0]])
    spread = np.array([_FACTOR_BELIEF[1], _STRENGTH_BELIEF[1], _SHARE_BELIEF[1]])
    shop = _fit_one(_thin(evidence, rows=FIT_ROWS), centre=centre, spread=spread)
    numbers = np.unique(category[category != SHOP])
    rows = max(FIT_ROWS // max(len(numbers), 1), MIN_FIT_ROWS)
    fitted = {SHOP: _build_prior(shop)}
    by_category = np.argsort(sorted_category, kind="stable")
    starts = np.searchsorted(sorted_category[by_category], [*numbers, np.iinfo(np.int64).max])
    for number, start, end in zip(numbers, starts[:-1], starts[1:], strict=True):
        own = _thin(evidence[:, by_category[start:end]], rows=rows)
        fitted[int(number)] = _build_prior(_fit_one(own, centre=shop, spread=_CATEGORY_SPREAD))
    return fitted


def compute_other_part(expected_rate: Floats) -> tuple[Floats, Floats]:
    """Compute the two parameters of the wide Beta of groups of another kind.

    Parameters
    ----------
    expected_rate : Floats of shape (n_groups,)
        In [``MIN_RATE``, ``MAX_RATE``].

    Returns
    -------
    tuple of Floats of shape (n_groups,)
        α and β; α + β = ``OTHER_STRENGTH``.
    """
    centre = expit(logit(expected_rate) + np.log(OTHER_ODDS_FACTOR))
    return centre * OTHER_STRENGTH, (1 - centre) * OTHER_STRENGTH


def compute_normal_part(
    expected_rate: Floats, *, rate_factor: Floats | float, strength: Floats | float
) -> tuple[Floats, Floats]:
    """Compute the two parameters of the Beta of groups that are as their category.

    Parameters
    ----------
    expected_rate : Floats of shape (n_groups,)
        In [``MIN_RATE``, ``MAX_RATE``].
    rate_factor, strength : Floats of shape (n_groups,) or float
        As in ``RatePrior``.

    Returns
    -------
    tuple of Floats of shape (n_groups,)
        α and β; α + β = strength.
    """
    centre = np.clip(expected_rate * rate_factor, MIN_RATE, MAX_RATE)
    return centre * strength, (1 - centre) * strength


def compute_log_likelihood(
    alpha: Floats, beta: Floats, *, developed_count: Floats, returned_count: Floats
) -> Floats:
    """Compute the log likelihood of a group's counts under one Beta, up to a constant of the group.

    Parameters
    ----------
    alpha, beta : Floats of shape (n_groups,)
        The Beta, both > 0.
    developed_count, returned_count : Floats of shape (n_groups,)
        m ≥ 0 and y ≥ 0; y may exceed m, then nothing of m is kept.

    Returns
    -------
    Floats of shape (n_groups,)
    """
    kept = np.maximum(developed_count - returned_count, 0.0)
    likelihood: Floats = betaln(alpha + returned_count, beta + kept) - betaln(alpha, beta)
    return likelihood


def _thin(evidence: Floats, *, rows: int) -> Floats:
    """Keep every k-th row of sorted evidence: the same rows whatever order they came in."""
    count = evidence.shape[1]
    if count <= rows:
        return evidence
    return evidence[:, np.linspace(0, count - 1, rows).astype(np.int64)]


def _fit_one(evidence: Floats, *, centre: Floats, spread: Floats) -> Floats:
    developed, returned, expected = evidence
    other = compute_log_likelihood(
        *compute_other_part(expected), developed_count=developed, returned_count=returned
    )

    def compute_loss(point: Floats) -> float:
        normal = compute_log_likelihood(
            *compute_normal_part(expected, rate_factor=np.exp(point[0]), strength=np.exp(point[1])),
            developed_count=developed,
            returned_count=returned,
        )
        share = expit(point[2])
        mixed = np.logaddexp(np.log1p(-share) + normal, np.log(share) + other)
        return float(-mixed.sum() + 0.5 * (((point - centre) / spread) ** 2).sum())

    if evidence.shape[1] == 0:
        return centre
    found = minimize(compute_loss, centre, method="L-BFGS-B", bounds=_BOUNDS)
    best: Floats = found.x
    return best


def _build_prior(point: Floats) -> RatePrior:
    return RatePrior(
        rate_factor=float(np.exp(point[0])),
        strength=float(np.exp(point[1])),
        other_share=float(expit(point[2])),
    )
