"""What is known about the rate of a group after its own returns are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv, betaln, expit

from models_ml.rates.prior import (
    Floats,
    compute_log_likelihood,
    compute_normal_part,
    compute_other_part,
)

Places: TypeAlias = npt.NDArray[np.intp]

LOW_PROBABILITY: Final = 0.025
HIGH_PROBABILITY: Final = 0.975
_MAX_STEPS: Final = 40  # of Newton; most bounds take 3
_EXACT: Final = 1e-4  # Newton goes one step further from here, which squares the error
_TINY: Final = 1e-12  # a density at 0 or 1 may be infinite
_NEGLIGIBLE: Final = 1e-4  # a part that weighs less moves a bound's 2.5 % by less than 0.01 %


@dataclass(frozen=True)
class Posterior:
    """A mixture of two Betas per group; part 0 is normal, part 1 of another kind.

    Attributes
    ----------
    other_weight : Floats of shape (n_groups,)
        Probability that the group is of another kind, in [0, 1].
    alpha, beta : Floats of shape (2, n_groups)
        The two Betas, all > 0.
    """

    other_weight: Floats
    alpha: Floats
    beta: Floats


def compute_posterior(
    developed_count: Floats,
    *,
    returned_count: Floats,
    expected_rate: Floats,
    rate_factor: Floats,
    strength: Floats,
    other_share: Floats,
) -> Posterior:
    """Compute the posterior of each group from its prior, exposure and returns.

    Parameters
    ----------
    developed_count, returned_count : Floats of shape (n_groups,)
        m ≥ 0 and y ≥ 0, units; y may exceed m. With m = y = 0 the posterior is the prior.
    expected_rate, rate_factor, strength, other_share : Floats of shape (n_groups,)
        The group's prior, as in ``RatePrior``; expected_rate in [``MIN_RATE``, ``MAX_RATE``].

    Returns
    -------
    Posterior
    """
    kept = np.maximum(developed_count - returned_count, 0.0)
    normal = compute_normal_part(expected_rate, rate_factor=rate_factor, strength=strength)
    other = compute_other_part(expected_rate)
    gain = compute_log_likelihood(
        *other, developed_count=developed_count, returned_count=returned_count
    ) - compute_log_likelihood(
        *normal, developed_count=developed_count, returned_count=returned_count
    )
    return Posterior(
        other_weight=expit(np.log(other_share) - np.log1p(-other_share) + gain),
        alpha=np.stack([normal[0], other[0]]) + returned_count,
        beta=np.stack([normal[1], other[1]]) + kept,
    )


def compute_mean(posterior: Posterior) -> Floats:
    """Compute the posterior mean of each group's rate, in (0, 1)."""
    means = posterior.alpha / (posterior.alpha + posterior.beta)
    mean: Floats = means[0] + posterior.other_weight * (means[1] - means[0])
    return mean


def compute_probability_above(posterior: Posterior, *, threshold: Floats) -> Floats:
    """Compute the probability that each group's rate lies above its threshold.

    Parameters
    ----------
    posterior : Posterior
    threshold : Floats of shape (n_groups,)
        ≥ 0; from 1 on the answer is 0.

    Returns
    -------
    Floats of shape (n_groups,)
        In [0, 1].
    """
    below = _compute_below(posterior, np.minimum(threshold, 1.0))
    return np.clip(1.0 - below, 0.0, 1.0)


def compute_quantile(posterior: Posterior, *, probability: float) -> Floats:
    """Compute the rate below which each group's rate lies with the given probability.

    The quantile of a mixture lies between the quantiles of its parts, where it is searched.

    Parameters
    ----------
    posterior : Posterior
    probability : float
        In (0, 1).

    Returns
    -------
    Floats of shape (n_groups,)
        In [0, 1].
    """
    quantile: Floats = betaincinv(posterior.alpha[0], posterior.beta[0], probability)
    mixed = np.flatnonzero(posterior.other_weight > _NEGLIGIBLE)
    part = _take(posterior, mixed)
    other = betaincinv(part.alpha[1], part.beta[1], probability)
    quantile[mixed] = _find_crossing(
        part, probability=probability, ends=np.stack([quantile[mixed], other])
    )
    return quantile


def _find_crossing(posterior: Posterior, *, probability: float, ends: Floats) -> Floats:
    """Find where each distribution crosses a probability, by Newton's steps kept in a bracket."""
    found: Floats = np.where(posterior.other_weight < 0.5, ends[0], ends[1])  # noqa: PLR2004
    low, high = ends.min(axis=0), ends.max(axis=0)
    log_norm = betaln(posterior.alpha, posterior.beta)
    rows = np.arange(len(found))
    for _ in range(_MAX_STEPS):
        part, rate = _take(posterior, rows), found[rows]
        excess = _compute_below(part, rate) - probability
        low[rows] = np.where(excess < 0, rate, low[rows])
        high[rows] = np.where(excess < 0, high[rows], rate)
        density = _compute_density(part, rate, log_norm=log_norm[:, rows])
        step = rate - np.divide(excess, density, out=np.full(len(rows), np.inf), where=density > 0)
        is_inside = (step >= low[rows]) & (step <= high[rows])
        found[rows] = np.where(is_inside, step, (low[rows] + high[rows]) / 2)
        rows = rows[np.abs(excess) > _EXACT]
        if len(rows) == 0:
            break
    return found


def _compute_density(posterior: Posterior, rate: Floats, *, log_norm: Floats) -> Floats:
    rate = np.clip(rate, _TINY, 1 - _TINY)
    parts = np.exp(
        (posterior.alpha - 1) * np.log(rate) + (posterior.beta - 1) * np.log1p(-rate) - log_norm
    )
    density: Floats = parts[0] + posterior.other_weight * (parts[1] - parts[0])
    return density


def _take(posterior: Posterior, rows: Places) -> Posterior:
    return Posterior(
        posterior.other_weight[rows], posterior.alpha[:, rows], posterior.beta[:, rows]
    )


def _compute_below(posterior: Posterior, rate: Floats) -> Floats:
    normal = betainc(posterior.alpha[0], posterior.beta[0], rate)
    other = betainc(posterior.alpha[1], posterior.beta[1], rate)
    below: Floats = normal + posterior.other_weight * (other - normal)
    return below
