"""What is known about the rate of a group after its own returns are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betainc, betaincinv, expit

from models_ml.rates.prior import (
    Floats,
    compute_log_likelihood,
    compute_normal_part,
    compute_other_part,
)

LOW_PROBABILITY: Final = 0.025
HIGH_PROBABILITY: Final = 0.975
_STEPS: Final = 8  # of false position; a test compares with 60 bisections
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
    part = Posterior(
        posterior.other_weight[mixed], posterior.alpha[:, mixed], posterior.beta[:, mixed]
    )
    other = betaincinv(part.alpha[1], part.beta[1], probability)
    quantile[mixed] = _find_crossing(
        part,
        probability=probability,
        low=np.minimum(quantile[mixed], other),
        high=np.maximum(quantile[mixed], other),
    )
    return quantile


def _find_crossing(
    posterior: Posterior, *, probability: float, low: Floats, high: Floats
) -> Floats:
    """Find where the distribution crosses a probability, by the Illinois false position."""
    below_low = _compute_below(posterior, low) - probability
    below_high = _compute_below(posterior, high) - probability
    rate = low
    for _ in range(_STEPS):
        rise = below_high - below_low
        rate = high - (high - low) * np.divide(
            below_high, rise, out=np.full(len(low), 0.5), where=rise > 0
        )
        below = _compute_below(posterior, rate) - probability
        is_low = below < 0
        # The end that stays has its value halved, so that the other end cannot stay for ever.
        below_low, below_high = (
            np.where(is_low, below, below_low / 2),
            np.where(is_low, below_high / 2, below),
        )
        low, high = np.where(is_low, rate, low), np.where(is_low, high, rate)
    return rate


def _compute_below(posterior: Posterior, rate: Floats) -> Floats:
    normal = betainc(posterior.alpha[0], posterior.beta[0], rate)
    other = betainc(posterior.alpha[1], posterior.beta[1], rate)
    below: Floats = normal + posterior.other_weight * (other - normal)
    return below
