"""What is known about the rate of a group after its own returns are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv, betaln, expit

from models_ml.rates.parts import (
    Floats,
    Labels,
    Part,
    compute_log_likelihood,
    compute_normal_part,
    compute_other_part,
)
from models_ml.rates.prior import RatePrior
from models_ml.rates.sisters import MIXED, NODES, Places, find_starts, move_closer, weigh_nodes

LOW_PROBABILITY: Final = 0.025
HIGH_PROBABILITY: Final = 0.975
_MAX_STEPS: Final = 60  # of Newton; most bounds take 4
_EXACT: Final = 1e-4  # Newton goes one step further from here, which squares the error
_TINY: Final = 1e-12  # a density at 0 or 1 may be infinite
_ALONE: Final = np.array([[[1.0], [0.0]]])  # weights of a group without a style: one shift, no mix
_NEGLIGIBLE: Final = 1e-5  # parts that weigh less move a bound's 2.5 % by less than 0.02 %


@dataclass(frozen=True)
class Posterior:
    """A mixture of Betas per group; the last part is of another kind, the others are normal.

    Attributes
    ----------
    weight, alpha, beta : Floats of shape (n_parts, n_groups)
        Weights that sum to 1 by group, and the Betas, all > 0.
    """

    weight: Floats
    alpha: Floats
    beta: Floats


def compute_posterior(
    developed_count: Floats,
    *,
    returned_count: Floats,
    expected_rate: Floats,
    prior: RatePrior,
    style: Labels | None = None,
) -> Posterior:
    """Compute the posterior of each group from its prior, its counts and those of its sisters.

    Parameters
    ----------
    developed_count, returned_count : Floats of shape (n_groups,)
        m ≥ 0 and y ≥ 0, units; y may exceed m. With m = y = 0, and so for all sisters, the
        posterior is the prior.
    expected_rate : Floats of shape (n_groups,)
        In [``MIN_RATE``, ``MAX_RATE``].
    prior : RatePrior
        Of one category, or of each group.
    style : Labels of shape (n_groups,), optional
        Number of the style, rows style by style; without it groups stand alone.

    Returns
    -------
    Posterior
    """
    group = _Group(developed_count[:, None], returned_count[:, None], expected_rate[:, None], prior)
    if style is None:
        shift, node_weight = np.zeros((len(developed_count), 1)), _ALONE
    else:
        shift, node_weight = _find_shifts(group, style=style)
    normal, log_normal, log_other = group.weigh(shift)
    is_other = expit(log_other - log_normal)
    normal_weight = (node_weight * (1 - is_other)).sum(axis=1)
    other_weight = (node_weight * is_other).sum(axis=(1, 2))[:, None]
    kept = np.maximum(group.developed - group.returned, 0.0)
    return Posterior(
        weight=np.hstack([normal_weight, other_weight]).T,
        alpha=(np.hstack([normal.alpha, group.other.alpha]) + group.returned).T,
        beta=(np.hstack([normal.beta, group.other.beta]) + kept).T,
    )


@dataclass(frozen=True)
class _Group:
    """Counts of groups, each of shape (n_groups, 1), and their prior."""

    developed: Floats
    returned: Floats
    expected: Floats
    prior: RatePrior

    @property
    def shares(self) -> Floats:
        """Return the share of other groups by kind of style, (n_groups, n_kinds, 1)."""
        share = np.broadcast_to(self.prior.other_share, self.developed.shape)
        return np.stack([share, np.full(share.shape, MIXED)], axis=1)

    @property
    def other(self) -> Part:
        return compute_other_part(
            self.expected,
            odds_factor=self.prior.other_odds_factor,
            strength=self.prior.other_strength,
        )

    def weigh(self, shift: Floats) -> tuple[Part, Floats, Floats]:
        """Compute the normal part, and the log likelihoods of both parts with their shares."""
        counts = {"developed_count": self.developed, "returned_count": self.returned}
        part = compute_normal_part(
            self.expected,
            rate_factor=self.prior.rate_factor,
            strength=self.prior.strength,
            shift=shift,
        )
        normal = compute_log_likelihood(part, **counts)[:, None]
        other = compute_log_likelihood(self.other, **counts)[:, None]
        return part, np.log1p(-self.shares) + normal, np.log(self.shares) + other

    def compute_log_likelihood(self, shift: Floats) -> Floats:
        """Compute the log likelihood of the counts by kind of style, at each shift."""
        _, normal, other = self.weigh(shift)
        likelihood: Floats = np.logaddexp(normal, other)
        return likelihood


def _find_shifts(group: _Group, *, style: Labels) -> tuple[Floats, Floats]:
    """Find shifts that a style may have, and their weights after all its counts, row by row."""
    starts = find_starts(style)
    member = np.repeat(np.arange(len(starts)), np.diff([*starts, len(style)]))
    spread = group.prior.style_spread
    mixed_share = np.broadcast_to(group.prior.mixed_share, (len(style), 1))[starts, 0]
    likelihood = group.compute_log_likelihood(spread * NODES[None, :])
    weight, _ = weigh_nodes(likelihood, nodes=NODES, mixed_share=mixed_share, starts=starts)
    closer = move_closer(weight.sum(axis=1))
    shift = spread * closer[member]
    likelihood = group.compute_log_likelihood(shift)
    weight, _ = weigh_nodes(likelihood, nodes=closer, mixed_share=mixed_share, starts=starts)
    return shift, weight[member]


def compute_mean(posterior: Posterior) -> Floats:
    """Compute the posterior mean of each group's rate, in (0, 1)."""
    means = posterior.alpha / (posterior.alpha + posterior.beta)
    mean: Floats = (posterior.weight * means).sum(axis=0)
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
    mixture = _Mixture.select(posterior)
    return np.clip(1.0 - mixture.compute_below(np.minimum(threshold, 1.0)), 0.0, 1.0)


def compute_quantile(posterior: Posterior, *, probability: float) -> Floats:
    """Compute the rate below which each group's rate lies with the given probability.

    The search starts at the quantile of the Beta of the same mean and variance.

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
    mixture = _Mixture.select(posterior)
    found = _guess_quantile(posterior, probability=probability)
    low, high = np.zeros(len(found)), np.ones(len(found))
    rows = np.arange(len(found))
    for _ in range(_MAX_STEPS):
        rate = found[rows]
        excess = mixture.compute_below(rate) - probability
        low[rows] = np.where(excess < 0, rate, low[rows])
        high[rows] = np.where(excess < 0, high[rows], rate)
        density = mixture.compute_density(rate)
        step = rate - np.divide(excess, density, out=np.full(len(rows), np.inf), where=density > 0)
        is_inside = (step >= low[rows]) & (step <= high[rows])
        found[rows] = np.where(is_inside, step, (low[rows] + high[rows]) / 2)
        is_open = np.abs(excess) > _EXACT
        if not is_open.any():
            break
        rows, mixture = rows[is_open], mixture.keep(is_open)
    return found


def _guess_quantile(posterior: Posterior, *, probability: float) -> Floats:
    mean = compute_mean(posterior)
    total = posterior.alpha + posterior.beta
    means = posterior.alpha / total
    spread = means * (1 - means) / (total + 1) + (means - mean) ** 2
    strength = mean * (1 - mean) / (posterior.weight * spread).sum(axis=0) - 1
    guess: Floats = betaincinv(mean * strength, (1 - mean) * strength, probability)
    return np.clip(guess, _TINY, 1 - _TINY)


@dataclass(frozen=True)
class _Mixture:
    """The parts that weigh something, group by group.

    Attributes
    ----------
    member, weight, alpha, beta, log_norm : arrays of shape (n_kept_parts,)
        Number of the group, and the part.
    starts : Places of shape (n_groups,)
        First part of each group.
    """

    member: Places
    weight: Floats
    alpha: Floats
    beta: Floats
    log_norm: Floats
    starts: Places

    @classmethod
    def select(cls, posterior: Posterior) -> _Mixture:
        weight = posterior.weight.T
        is_kept = weight > _NEGLIGIBLE
        member = np.nonzero(is_kept)[0]
        alpha, beta = posterior.alpha.T[is_kept], posterior.beta.T[is_kept]
        starts = np.searchsorted(member, np.arange(len(weight)))
        total = np.add.reduceat(weight[is_kept], starts) if len(member) else np.zeros(0)
        kept = weight[is_kept] / total[member]
        return cls(member, kept, alpha, beta, betaln(alpha, beta), starts)

    def keep(self, is_wanted: npt.NDArray[np.bool_]) -> _Mixture:
        parts = is_wanted[self.member]
        member = (np.cumsum(is_wanted) - 1)[self.member[parts]]
        return _Mixture(
            member,
            self.weight[parts],
            self.alpha[parts],
            self.beta[parts],
            self.log_norm[parts],
            np.searchsorted(member, np.arange(is_wanted.sum())),
        )

    def compute_below(self, rate: Floats) -> Floats:
        return self._sum(betainc(self.alpha, self.beta, rate[self.member]))

    def compute_density(self, rate: Floats) -> Floats:
        rate = np.clip(rate, _TINY, 1 - _TINY)
        log_rate, log_rest = np.log(rate)[self.member], np.log1p(-rate)[self.member]
        return self._sum(
            np.exp((self.alpha - 1) * log_rate + (self.beta - 1) * log_rest - self.log_norm)
        )

    def _sum(self, values: Floats) -> Floats:
        summed: Floats = np.add.reduceat(self.weight * values, self.starts)
        return summed
