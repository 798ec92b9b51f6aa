"""What is usual in a shop: how often its goods are sent back as too small and too large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from models_ml.fit.likelihood import Counts, FitPrior, Posterior, compute_posterior
from models_ml.fit.patterns import FAILS_SOME, LARGE, NONE, SMALL, SWAP, Patterns
from models_ml.rates.parts import Floats, Labels

# Before any evidence: shares of styles, and how many styles that belief weighs.
BELIEF: Final = {SMALL: 0.04, LARGE: 0.03, SWAP: 0.003, FAILS_SOME: 0.03}
BELIEF_STYLES: Final = 20.0
CATEGORY_EXPOSURE: Final = 300.0  # developed units by which a category is drawn to its shop
SPREADS: Final = (0.1, 0.2, 0.35)
STRENGTHS: Final = (5.0, 15.0, 60.0)
# Of styles that send back what their customers are expected to; 0: nothing is expected of anyone.
TRUSTS: Final = (0.0, 0.25, 0.5, 0.75, 0.9)
STRETCHES: Final = (1.0, 1.5, 2.0, 3.0)
# In styles; none: brands and categories say nothing of each other.
BRAND_STRENGTHS: Final = (np.inf, 100.0, 30.0, 10.0)
MIN_SHARE: Final = 1e-4
MAX_SHARE: Final = 0.45  # of one verdict among the styles of a brand
_ROUNDS: Final = 4


@dataclass(frozen=True)
class Group:
    """Styles that have the same number of sizes.

    Attributes
    ----------
    rows : Labels of shape (n_styles,)
        Their places among all styles.
    counts : Counts
    patterns : Patterns
    category : Labels of shape (n_styles,)
        Number of the category, from 0.
    brand : Labels of shape (n_styles,)
        Number of brand and category together, from 0.
    hints : Floats of shape (n_styles, n_causes), optional
        Of ``compute_posterior``.
    buyers : Floats of shape (2, n_styles, n_sizes), optional
        Of ``compute_posterior``.
    """

    rows: Labels
    counts: Counts
    patterns: Patterns
    category: Labels
    brand: Labels
    hints: Floats | None = None
    buyers: Floats | None = None


@dataclass(frozen=True)
class Usual:
    """What is usual.

    Attributes
    ----------
    rates : Floats of shape (3, n_categories)
        Rates of too small, too large and other returns of styles that fit, > 0.
    prior : FitPrior
    strength : float
        How many styles of its category a brand's styles are drawn by, and a category's by its shop.
    lifts : tuple of Floats of shape (n_styles, n_patterns), optional
        One per group: what the shares of the brand and category multiply those of the shop by.
    """

    rates: Floats
    prior: FitPrior
    strength: float = np.inf
    lifts: tuple[Floats, ...] | None = None

    def of(self, category: Labels) -> Floats:
        """Return the rates for each style, of shape (3, n_styles)."""
        return self.rates[:, category]

    def at(self, category: int) -> Floats:
        """Return the rates of one category, of shape (3,)."""
        return self.rates[:, category]


def fit_usual(groups: Sequence[Group], *, category_count: int) -> Usual:
    """Learn from all styles what is usual, in rounds: what fits teaches, what does not is left out.

    Each size counts for the usual rate of a direction with the probability that it does not run
    that way; a category is drawn to its shop. The shares of misfits are those of the posterior,
    drawn to ``BELIEF``. How much styles and sizes differ is chosen from ``SPREADS`` and
    ``STRENGTHS`` by what makes the evidence most probable.

    Parameters
    ----------
    groups : sequence of Group
    category_count : int

    Returns
    -------
    Usual
    """
    # Where nothing is known of parts of styles, none is believed in.
    is_hinted = any(group.hints is not None for group in groups)
    belief = {name: share for name, share in BELIEF.items() if is_hinted or name != FAILS_SOME}
    prior = FitPrior(0.2, 15.0, {NONE: 1 - sum(belief.values()), **belief})
    usual = Usual(_pool(groups, [None] * len(groups), category_count=category_count), prior)
    for number in range(2 * _ROUNDS):
        if number == _ROUNDS:
            usual = _choose_spread(groups, usual)
            usual = _choose_trust(groups, usual)
            usual = _choose_strength(groups, usual)
        usual = _learn(groups, usual)
    return usual


def compute_posteriors(groups: Sequence[Group], usual: Usual) -> list[Posterior]:
    """Compute what the evidence says of each group's styles."""
    lifts = usual.lifts or [None] * len(groups)
    return [
        compute_posterior(
            group.counts,
            group.patterns,
            usual=usual.of(group.category),
            prior=usual.prior,
            hints=group.hints,
            lift=lift,
            buyers=group.buyers,
        )
        for group, lift in zip(groups, lifts, strict=True)
    ]


def sum_verdicts(group: Group, posterior: Posterior, verdict: str) -> Floats:
    """Sum the probability of a verdict's patterns, one number per style."""
    is_its = np.array([name == verdict for name in group.patterns.verdict])
    total: Floats = posterior.pattern[:, is_its].sum(axis=1)
    return total


def _learn(groups: Sequence[Group], usual: Usual) -> Usual:
    posteriors = compute_posteriors(groups, usual)
    count = sum(len(group.rows) for group in groups)
    shares = {
        verdict: (
            belief * BELIEF_STYLES
            + sum(
                float(sum_verdicts(group, posterior, verdict).sum())
                for group, posterior in zip(groups, posteriors, strict=True)
            )
        )
        / (BELIEF_STYLES + count)
        for verdict, belief in BELIEF.items()
        if verdict in usual.prior.shares
    }
    rates = _pool(
        groups,
        posteriors,
        category_count=usual.rates.shape[1],
        stretch=usual.prior.stretch,
    )
    shares[NONE] = 1 - sum(shares.values())
    learned = replace(usual, rates=rates, prior=replace(usual.prior, shares=shares))
    return _lift(groups, posteriors, learned)


def _choose_strength(groups: Sequence[Group], usual: Usual) -> Usual:
    """Choose how far styles of a brand resemble each other by what each says of the next."""
    posteriors = compute_posteriors(groups, usual)
    candidates = [
        _lift(groups, posteriors, replace(usual, strength=strength)) for strength in BRAND_STRENGTHS
    ]
    return max(candidates, key=lambda candidate: _judge(groups, candidate))


def _lift(groups: Sequence[Group], posteriors: Sequence[Posterior], usual: Usual) -> Usual:
    """Draw the shares of each style's brand to its category and the category's to the shop.

    A style is left out of the shares that it is judged by.
    """
    if np.isinf(usual.strength):
        return replace(usual, lifts=None)
    names = [name for name in usual.prior.shares if name != NONE]
    shop = np.array([usual.prior.shares[name] for name in names])
    told = np.concatenate(
        [
            np.column_stack([sum_verdicts(group, posterior, name) for name in names])
            for group, posterior in zip(groups, posteriors, strict=True)
        ]
    )
    near = shop
    for place in (
        np.concatenate([group.category for group in groups]),
        np.concatenate([group.brand for group in groups]),
    ):
        sums = np.stack([np.bincount(place, column) for column in told.T], axis=1)[place]
        count = np.bincount(place)[place][:, None]
        near = (usual.strength * near + sums - told) / (usual.strength + count - 1)
    near = np.clip(near, MIN_SHARE, MAX_SHARE)
    rest = np.maximum(1 - near.sum(axis=1, keepdims=True), MIN_SHARE)
    lifts = np.hstack([near / shop, rest / usual.prior.shares[NONE]])
    columns = [*names, NONE]
    ends = np.cumsum([len(group.rows) for group in groups])[:-1]
    return replace(
        usual,
        lifts=tuple(
            its[
                :,
                [columns.index(name) if name in columns else -1 for name in group.patterns.verdict],
            ]
            for group, its in zip(groups, np.split(lifts, ends), strict=True)
        ),
    )


def _judge(groups: Sequence[Group], usual: Usual) -> float:
    return sum(float(one.log_evidence.sum()) for one in compute_posteriors(groups, usual))


def _choose_spread(groups: Sequence[Group], usual: Usual) -> Usual:
    candidates = [
        replace(usual, prior=replace(usual.prior, style_spread=spread, size_strength=strength))
        for spread in SPREADS
        for strength in STRENGTHS
    ]
    return max(candidates, key=lambda candidate: _judge(groups, candidate))


def _choose_trust(groups: Sequence[Group], usual: Usual) -> Usual:
    """Choose how often and how far what is expected of customers holds, as spreads are chosen."""
    if all(group.buyers is None for group in groups):
        return usual
    candidates = [
        replace(usual, prior=replace(usual.prior, trust=trust, stretch=stretch))
        for trust in TRUSTS
        for stretch in (STRETCHES if trust else STRETCHES[:1])
    ]
    return max(candidates, key=lambda candidate: _judge(groups, candidate))


def _pool(
    groups: Sequence[Group],
    posteriors: Sequence[Posterior | None],
    *,
    category_count: int,
    stretch: float = 1.0,
) -> Floats:
    """Pool what does not run small into the rate of too small, and so for large; others whole."""
    sums = np.zeros((3, 2, category_count))
    for group, posterior in zip(groups, posteriors, strict=True):
        counts, patterns = group.counts, group.patterns
        sides = (
            (counts.small, patterns.runs_small),
            (counts.large, patterns.runs_large),
            (counts.other, np.zeros(patterns.runs_small.shape)),
        )
        for place, (told, afflicted) in enumerate(sides):
            weight, expected = np.ones((2, *counts.exposure.shape))
            if posterior is not None and group.buyers is not None and place < len(group.buyers):
                expected += posterior.trust[:, None] * (group.buyers[place] ** stretch - 1)
            if posterior is not None:
                weight = 1 - posterior.pattern @ afflicted.astype(np.float64)
            for part, values in enumerate((told, counts.exposure * expected)):
                sums[place, part] += np.bincount(
                    group.category, (weight * values).sum(axis=1), minlength=category_count
                )
    told, exposure = sums[:, 0], sums[:, 1]
    shop = (told.sum(axis=1) + 0.5) / (exposure.sum(axis=1) + 50.0)
    rates: Floats = (told + shop[:, None] * CATEGORY_EXPOSURE) / (exposure + CATEGORY_EXPOSURE)
    return rates
