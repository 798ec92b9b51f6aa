"""How probable it is that a style fails some of its customers and not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import gammaln, logsumexp

from models_ml.fit.likelihood import FACTORS
from models_ml.fit.segment_layout import Layout
from models_ml.rates.parts import Floats

SIDES: Final = ("small", "large")
# Before any evidence: shares of styles that fail some customers, and how many styles that weighs.
BELIEF: Final = (0.02, 0.01)
BELIEF_STYLES: Final = 20.0
USUAL_UNITS: Final = 30.0  # units by which values of a category are drawn to those of the shop
STRENGTHS: Final = (5.0, 15.0, 60.0, 240.0)
_ROUNDS: Final = 3
_MIN: Final = 1e-9
_LEAST_SHARE: Final = 1e-6


@dataclass(frozen=True)
class SegmentPrior:
    """What is usual in a shop.

    Attributes
    ----------
    usual : list of Floats of shape (2, n_categories, n_columns)
        Per dimension: how much oftener such customers send back as too small, too large.
    strength : float
        Inverse variance of the log odds by which a set of values differs for no fault.
    shares : Floats of shape (2,)
        Prior shares of styles that fail some customers as too small, too large.
    """

    usual: list[Floats]
    strength: float
    shares: Floats


def fit_segments(layouts: Sequence[Layout]) -> SegmentPrior:
    """Learn from all styles what is usual, in rounds: what fails some customers is left out.

    Parameters
    ----------
    layouts : sequence of Layout

    Returns
    -------
    SegmentPrior
    """
    usual = [np.ones((len(SIDES), one.category_count, one.exposure.shape[2])) for one in layouts]
    prior = SegmentPrior(usual, STRENGTHS[1], np.array(BELIEF))
    for _ in range(_ROUNDS):
        prior = _learn(layouts, prior)
    candidates = [replace(prior, strength=strength) for strength in STRENGTHS]
    prior = max(candidates, key=lambda one: float(_compute_log(layouts, one)[1].sum()))
    for _ in range(_ROUNDS):
        prior = _learn(layouts, prior)
    return prior


def compute_chances(layouts: Sequence[Layout], prior: SegmentPrior) -> list[Floats]:
    """Compute the probability of each set of values of each dimension.

    A style fails at most one set of one dimension in one direction: sets of all dimensions compete.

    Parameters
    ----------
    layouts : sequence of Layout
    prior : SegmentPrior

    Returns
    -------
    list of Floats of shape (2, n_styles, n_patterns)
        One per layout.
    """
    logs, total = _compute_log(layouts, prior)
    return [
        np.exp(log - total[layout.styles][None, :, None])
        for layout, log in zip(layouts, logs, strict=True)
    ]


def compute_factors(layouts: Sequence[Layout], prior: SegmentPrior) -> Floats:
    """Compute the log of the Bayes factor that a style fails some customers, each way.

    Parameters
    ----------
    layouts : sequence of Layout
    prior : SegmentPrior

    Returns
    -------
    Floats of shape (2, n_styles)
        -inf where the style has no values to compare.
    """
    logs, total = _compute_log(layouts, prior)
    factors = np.full((len(SIDES), len(total)), -np.inf)
    for layout, log in zip(layouts, logs, strict=True):
        of_sets = logsumexp(log, axis=2)
        factors[:, layout.styles] = np.logaddexp(factors[:, layout.styles], of_sets)
    found: Floats = factors - np.log(prior.shares)[:, None]
    return found


def weigh(layout: Layout, usual: Floats) -> Floats:
    """Weigh exposures by what is usual of such customers, of shape (2, n_styles, n_columns)."""
    weighed: Floats = layout.exposure * usual[:, layout.category]
    return weighed


def _compute_log(layouts: Sequence[Layout], prior: SegmentPrior) -> tuple[list[Floats], Floats]:
    """Compute the log weight of each set against none, and of everything per style."""
    count = 1 + max(int(layout.styles.max()) for layout in layouts)
    told = np.zeros(count)
    for layout in layouts:
        told[layout.styles] += 1
    total = np.full(count, np.log(1 - prior.shares.sum()))
    logs = []
    for layout, usual in zip(layouts, prior.usual, strict=True):
        exposure = weigh(layout, usual)
        log = np.stack(
            [
                compare_sets(
                    layout.units[side], exposure[side], layout.patterns, strength=prior.strength
                )
                for side in range(len(SIDES))
            ]
        )
        share = prior.shares[:, None, None] / told[layout.styles][None, :, None] * layout.share
        log += np.log(share)
        logs.append(log)
        one = logsumexp(log, axis=(0, 2))
        total[layout.styles] = np.logaddexp(total[layout.styles], one)
    return logs, total


def compare_sets(
    units: Floats, exposure: Floats, patterns: np.ndarray, *, strength: float
) -> Floats:
    """Compare that a set of values fails with that nothing does: the log of the Bayes factor.

    Of the units that a style's customers send back in one direction, the share of a set follows
    its share in the exposure, its odds multiplied by one of ``FACTORS`` where it fails. Sets differ
    for no fault too: the share is a beta around that.

    Parameters
    ----------
    units, exposure : Floats of shape (n_styles, n_columns)
    patterns : bool array of shape (n_patterns, n_columns)
    strength : float

    Returns
    -------
    Floats of shape (n_styles, n_patterns)

    Examples
    --------
    >>> sets = np.array([[True, False]])
    >>> few, many = (compare_sets(np.array([[n, n]]), np.array([[10.0, 90.0]]), sets,
    ...                           strength=60.0)[0, 0] for n in (1.0, 10.0))
    >>> bool(few < many), bool(many > 2)
    (True, True)
    """
    inside = patterns.astype(np.float64).T
    seen, of_set = units.sum(axis=1, keepdims=True), units @ inside
    share = exposure @ inside / np.maximum(exposure.sum(axis=1, keepdims=True), _MIN)
    # Nothing, or the whole style, has nothing to be compared with.
    is_part = (share > _LEAST_SHARE) & (share < 1 - _LEAST_SHARE)
    share = np.clip(share, _LEAST_SHARE, 1 - _LEAST_SHARE)
    normal = _compute_beta_binomial(of_set, seen, share, strength=strength)
    failing = []
    for factor in FACTORS:
        moved = share * factor / (1 - share + share * factor)
        failing.append(_compute_beta_binomial(of_set, seen, moved, strength=strength))
    compared: Floats = logsumexp(np.stack(failing), axis=0) - np.log(len(FACTORS)) - normal
    return np.where(is_part, compared, -np.inf)


def _compute_beta_binomial(
    of_set: Floats, seen: Floats, share: Floats, *, strength: float
) -> Floats:
    # The variance of the log odds is 1 / strength, however large the set.
    total = strength / (share * (1 - share))
    first, second = share * total, (1 - share) * total
    log: Floats = (
        gammaln(first + of_set)
        - gammaln(first)
        + gammaln(second + seen - of_set)
        - gammaln(second)
        - gammaln(total + seen)
        + gammaln(total)
    )
    return log


def _learn(layouts: Sequence[Layout], prior: SegmentPrior) -> SegmentPrior:
    chances = compute_chances(layouts, prior)
    count = 1 + max(int(layout.styles.max()) for layout in layouts)
    found = sum(chance.sum(axis=(1, 2)) for chance in chances)
    shares = (np.array(BELIEF) * BELIEF_STYLES + found) / (BELIEF_STYLES + count)
    usual = [
        _learn_usual(layout, usual, chance)
        for layout, usual, chance in zip(layouts, prior.usual, chances, strict=True)
    ]
    return SegmentPrior(usual, prior.strength, shares)


def _learn_usual(layout: Layout, usual: Floats, chance: Floats) -> Floats:
    """Learn how much oftener such customers send back, of styles that fail none of them."""
    learned = np.ones_like(usual)
    exposure = weigh(layout, usual)
    for side in range(len(SIDES)):
        sound = 1 - chance[side].sum(axis=1, keepdims=True)
        seen = layout.units[side].sum(axis=1, keepdims=True)
        whole = np.maximum(exposure[side].sum(axis=1, keepdims=True), _MIN)
        expected = sound * layout.exposure[side] * seen / whole
        told, due = np.zeros(learned.shape[1:]), np.zeros(learned.shape[1:])
        np.add.at(told, layout.category, sound * layout.units[side])
        np.add.at(due, layout.category, expected)
        shop = (told.sum(axis=0) + USUAL_UNITS) / (due.sum(axis=0) + USUAL_UNITS)
        learned[side] = (told + USUAL_UNITS * shop) / (due + USUAL_UNITS)
    return learned
