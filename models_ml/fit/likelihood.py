"""How probable the evidence of a style is under each pattern of misfit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from scipy.special import gammaln, logsumexp, ndtri

from models_ml.fit.patterns import FAILS_SOME, NONE, Patterns
from models_ml.rates.parts import Floats

THRESHOLD: Final = 2.5  # a style that runs small is sent back as too small at least so often
# What misfits multiply the usual rate by; the first is the least that is called one.
FACTORS: Final = np.array([1.0, 1.5, 2.25, 3.5]) * THRESHOLD
# What a part of a style that fails multiplies the rate of the whole by.
DILUTED: Final = np.array([1.25, 1.6, 2.2, 3.2])
_NODE_COUNT: Final = 7
NODES: Final = ndtri((np.arange(_NODE_COUNT) + 0.5) / _NODE_COUNT)  # of a normal, equal weights
MIN_RATE: Final = 1e-5
MIN_SHARE: Final = 1e-300  # of what a shop says nothing of
MIN_MEAN: Final = 1e-9  # units; a size without exposure


@dataclass(frozen=True)
class Counts:
    """The evidence of styles that have the same number of sizes.

    Attributes
    ----------
    small, large, other : Floats of shape (n_styles, n_sizes)
        Units sent back as too small, too large, and not for size; ≥ 0, not whole where words were
        read.
    exposure : Floats of shape (n_styles, n_sizes)
        Developed units, ≥ 0.
    """

    small: Floats
    large: Floats
    other: Floats
    exposure: Floats


@dataclass(frozen=True)
class FitPrior:
    """What is usual in a shop.

    Attributes
    ----------
    style_spread : float
        Standard deviation of the log by which styles differ in both directions at once.
    size_strength : float
        Shape of the gamma by which sizes of a style differ, both directions at once.
    shares : mapping of str to float
        Prior share of styles by verdict, ``none`` included.
    trust : float
        Share of styles that send back what their customers are expected to; of the others
        nothing is expected. In [0, 1).
    stretch : float
        Power of what customers are expected to multiply rates by, ≥ 1: who bought little is
        expected to be like all others more than she is.
    """

    style_spread: float
    size_strength: float
    shares: Mapping[str, float]
    trust: float = 0.0
    stretch: float = 1.0


@dataclass(frozen=True)
class Posterior:
    """What the evidence says.

    Attributes
    ----------
    pattern : Floats of shape (n_styles, n_patterns)
        Probability of each pattern, sums to 1.
    log_evidence : Floats of shape (n_styles,)
    trust : Floats of shape (n_styles,)
        Probability that the style sends back what its customers are expected to.
    """

    pattern: Floats
    log_evidence: Floats
    trust: Floats


def compute_posterior(
    counts: Counts,
    patterns: Patterns,
    *,
    usual: Floats,
    prior: FitPrior,
    hints: Floats | None = None,
    lift: Floats | None = None,
    buyers: Floats | None = None,
) -> Posterior:
    """Compute the probability of each pattern.

    A size of a normal style is sent back as too small, as too large and for other reasons at the
    usual rates of its category, times a factor of the style and one of the size; both hold for all
    three, so that a style which is only bad is not taken for one that does not fit. A misfit
    multiplies one direction of the afflicted sizes by one of ``FACTORS``. The factors of sizes are
    integrated in closed form (negative multinomial), those of styles and misfits on nodes.

    Parameters
    ----------
    counts : Counts
    patterns : Patterns
        Of the same number of sizes.
    usual : Floats of shape (3, n_styles)
        Usual rates of too small, too large and other returns, > 0.
    prior : FitPrior
    hints : Floats of shape (n_styles, n_causes), optional
        Log of the Bayes factor that a part of the style fails, as ``patterns`` lists these
        patterns; -inf: nothing is known of parts. None: of no style.
    lift : Floats of shape (n_styles, n_patterns), optional
        What the prior share of each pattern is multiplied by, > 0.
    buyers : Floats of shape (2, n_styles, n_sizes), optional
        What the customers who bought a size are expected to multiply its usual rates of too small
        and too large by, > 0; stretched by ``prior.stretch``. It holds with ``prior.trust``, and
        what the style sends back says whether it does.

    Returns
    -------
    Posterior
    """
    weigh = partial(_weigh_evidence, counts, patterns, usual=usual, prior=prior, hints=hints)
    log = weigh(buyers=None)
    trusted = np.zeros(log.shape)
    if buyers is not None and prior.trust > 0:
        moved = weigh(buyers=buyers**prior.stretch) + np.log(prior.trust)
        log = np.logaddexp(log + np.log1p(-prior.trust), moved)
        is_possible = np.isfinite(log)
        trusted[is_possible] = np.exp(moved[is_possible] - log[is_possible])
    log += np.log(_weigh_patterns(patterns, prior))
    if lift is not None:
        log += np.log(lift)
    total = logsumexp(log, axis=1)
    pattern = np.exp(log - total[:, None])
    return Posterior(pattern, total, trust=(pattern * trusted).sum(axis=1))


def _weigh_evidence(
    counts: Counts,
    patterns: Patterns,
    *,
    usual: Floats,
    prior: FitPrior,
    hints: Floats | None,
    buyers: Floats | None,
) -> Floats:
    """Compute the log probability of the counts under each pattern."""
    spread = prior.style_spread
    style = np.exp(spread * NODES)
    style = style / style.mean()
    small, large, other = (
        counts.exposure[:, :, None] * np.maximum(rate, MIN_RATE)[:, None, None] * style
        for rate in usual
    )
    if buyers is not None:
        small, large = small * buyers[0][:, :, None], large * buyers[1][:, :, None]
    strength = prior.size_strength
    normal = _compute_log(counts, (small, large, other), strength=strength)
    base = normal.sum(axis=1)[:, None, :, None]

    def weigh(rows: slice, factors: Floats) -> Floats:
        parts = []
        for factor in factors:
            too_small = _compute_log(counts, (small * factor, large, other), strength=strength)
            too_large = _compute_log(counts, (small, large * factor, other), strength=strength)
            runs_small, runs_large = (
                of.astype(float)[rows] for of in (patterns.runs_small, patterns.runs_large)
            )
            gain = np.einsum("sjk,pj->spk", too_small - normal, runs_small)
            gain += np.einsum("sjk,pj->spk", too_large - normal, runs_large)
            parts.append(gain)
        log: Floats = logsumexp(base + np.stack(parts, axis=3), axis=(2, 3))
        log -= np.log(len(NODES) * len(factors))
        return log

    whole = patterns.cause.count("")
    log = np.full((len(counts.small), len(patterns.verdict)), -np.inf)
    log[:, :whole] = weigh(slice(whole), FACTORS)
    if hints is not None:
        log[:, whole:] = weigh(slice(whole, None), DILUTED) + hints
    return log


def _weigh_patterns(patterns: Patterns, prior: FitPrior) -> Floats:
    present = set(patterns.verdict)
    missing = sum(share for verdict, share in prior.shares.items() if verdict not in present)
    shares = {FAILS_SOME: MIN_SHARE, **prior.shares, NONE: prior.shares[NONE] + missing}
    return np.array([shares[verdict] for verdict in patterns.verdict]) * patterns.share


def _compute_log(
    counts: Counts, means: tuple[Floats, Floats, Floats], *, strength: float
) -> Floats:
    """Compute the log probability of the counts of a size, but for what no mean changes."""
    told = [count[:, :, None] for count in (counts.small, counts.large, counts.other)]
    seen, mean = sum(told), sum(means)
    log: Floats = (
        gammaln(strength + seen)
        - gammaln(strength)
        + strength * np.log(strength)
        - (strength + seen) * np.log(strength + mean)
    )
    for count, its in zip(told, means, strict=True):
        log = log + count * np.log(np.maximum(its, MIN_MEAN))
    return log
