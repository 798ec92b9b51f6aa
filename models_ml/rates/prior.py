"""What is known about the rate of a group before its own returns are counted.

A group (a SKU or a style) is expected to come back at the rate of its category. Most groups do,
more or less; a few are of another kind. One Beta distribution cannot say both: where all normal
groups share one rate it becomes so strong that a group 2.5 times as bad is shrunk away, and where
it is wide enough for the bad ones it is too wide for the rest. So the prior has two parts: most
groups are near the category (a Beta whose centre and strength are fitted), a share of them (fitted)
is anything (a wide Beta, whose centre and strength are fitted too, close to a belief).

The SKUs of a style share something: a style's normal SKUs lie around a centre of their own, whose
log odds are shifted from the category's by u ~ N(0, spread²), and the spread is fitted with the
rest (``sisters`` says what a shift does). And a fitted share of the styles is mixed: half of their
SKUs are of another kind, as where one end of the sizes runs small. Without it one thick bad SKU
makes its sisters look bad, or two of them a whole style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from models_ml.rates.parts import (
    Floats,
    Labels,
    compute_log_likelihood,
    compute_normal_part,
    compute_other_part,
)
from models_ml.rates.sisters import (
    FIT_NODES,
    MIXED,
    Places,
    find_starts,
    sort_by_style,
    weigh_nodes,
)

FIT_ROWS: Final = 10_000  # rows read per fit: what a fit may cost; more were not tried
MIN_FIT_ROWS: Final = 400  # rows read per category, where it has them

# Weak beliefs that decide only where the counts do not: (centre, standard deviation).
_FACTOR_BELIEF: Final = (0.0, 0.3)  # log of centre ÷ expected rate
_STRENGTH_BELIEF: Final = (np.log(100.0), 1.5)  # log units
_SHARE_BELIEF: Final = (logit(0.01), 1.5)  # log odds of the share of other groups
# Small, so that where no style has two SKUs all that differs is the strength.
_SPREAD_BELIEF: Final = (np.log(0.03), 0.7)  # log of the spread of the styles' log odds
_ODDS_BELIEF: Final = (np.log(2.0), 0.15)  # log of the odds of other groups ÷ those expected
_WIDTH_BELIEF: Final = (np.log(4.0), 0.25)  # log units that the part of other groups weighs
_MIXED_BELIEF: Final = (logit(0.01), 1.0)  # log odds of the share of mixed styles
_BELIEFS: Final = np.array(
    [
        *(_FACTOR_BELIEF, _STRENGTH_BELIEF, _SHARE_BELIEF, _ODDS_BELIEF, _WIDTH_BELIEF),
        *(_SPREAD_BELIEF, _MIXED_BELIEF),
    ]
).T
# A category differs from its shop by about this much, in the same seven coordinates.
_CATEGORY_SPREAD: Final = np.array([0.15, 0.7, 0.7, 0.15, 0.15, 0.5, 0.5])
_BOUNDS: Final = (
    (-1.0, 1.0),
    (np.log(2.0), np.log(5_000.0)),
    (logit(1e-5), logit(0.3)),
    (np.log(1.5), np.log(6.0)),
    (np.log(3.0), np.log(50.0)),
    (np.log(0.01), np.log(1.0)),
    (logit(1e-4), logit(0.3)),
)


_GAIN: Final = 1e-4  # a step that wins less than this part of what was won is the last


@dataclass(frozen=True)
class RatePrior:
    """The prior of one category, of the shop, or of each group.

    Each attribute is a number, or of shape (n_groups, 1).

    Attributes
    ----------
    rate_factor
        Centre of the normal groups ÷ expected rate, about 1; below 1 where bad groups raise the
        category's rate.
    strength
        Units of developed exposure that the normal part weighs as much as, 2 to 5,000.
    other_share
        Share of groups that are of another kind, in (0, 0.3].
    other_odds_factor
        Odds of the centre of those ÷ odds of the expected rate, 1.5 to 6.
    other_strength
        Units that the part of those weighs, 3 to 50.
    style_spread
        Standard deviation of the log odds by which styles differ, 0.01 to 1; 0 where groups are
        taken to stand alone.
    mixed_share
        Share of mixed styles, of which half the SKUs are of another kind; up to 0.3.
    """

    rate_factor: Floats | float
    strength: Floats | float
    other_share: Floats | float
    other_odds_factor: Floats | float
    other_strength: Floats | float
    style_spread: Floats | float = 0.0
    mixed_share: Floats | float = 0.0

    def select(self, rows: Places) -> RatePrior:
        """Return the priors of some groups, of a prior of each group."""
        return RatePrior(*(np.asarray(value)[rows] for value in vars(self).values()))


SHOP: Final = -1  # label of groups without a category: they take the shop's prior


def fit_priors(
    developed_count: Floats,
    returned_count: Floats,
    expected_rate: Floats,
    *,
    category: Labels,
    style: Labels | None = None,
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
    style : Labels of shape (n_groups,), optional
        Number of the style; without it every group stands alone.

    Returns
    -------
    dict of int to RatePrior
        One per category that occurs, and ``SHOP``.
    """
    evidence = np.stack([developed_count, returned_count, expected_rate])
    kept = np.flatnonzero(developed_count + returned_count > 0)
    label = np.arange(len(category)) if style is None else style
    order = kept[sort_by_style(evidence[:, kept], style=label[kept])]
    width = _BELIEFS.shape[1] - 2 * (style is None)  # alone, groups have no spread of styles
    centre, spread = _BELIEFS[:, :width]
    rows = _thin(order, style=label, rows=FIT_ROWS)
    shop = _fit_one(evidence[:, rows], style=label[rows], centre=centre, spread=spread)
    numbers = np.unique(category[category != SHOP])
    most = max(FIT_ROWS // max(len(numbers), 1), MIN_FIT_ROWS)
    fitted = {SHOP: _build_prior(shop)}
    by_category = order[np.argsort(category[order], kind="stable")]
    starts = np.searchsorted(category[by_category], [*numbers, np.iinfo(np.int64).max])
    for number, start, end in zip(numbers, starts[:-1], starts[1:], strict=True):
        rows = _thin(by_category[start:end], style=label, rows=most)
        own = _fit_one(
            evidence[:, rows], style=label[rows], centre=shop, spread=_CATEGORY_SPREAD[:width]
        )
        fitted[int(number)] = _build_prior(own)
    return fitted


def lay_out_priors(priors: Mapping[int, RatePrior], *, category: Labels) -> RatePrior:
    """Give each group the prior of its category.

    Parameters
    ----------
    priors : mapping of int to RatePrior
        From ``fit_priors``.
    category : Labels of shape (n_groups,)

    Returns
    -------
    RatePrior
        Each attribute of shape (n_groups, 1).
    """
    labels = sorted(priors)
    table = np.array([astuple(priors[number]) for number in labels])
    own = table[np.searchsorted(labels, category)]
    return RatePrior(*(own[:, [place]] for place in range(own.shape[1])))


def _thin(order: Labels, *, style: Labels, rows: int) -> Labels:
    """Keep every k-th style of sorted rows: the same styles whatever order they came in."""
    if len(order) <= rows:
        return order
    starts = find_starts(style[order])
    number = np.repeat(np.arange(len(starts)), np.diff([*starts, len(order)]))
    count = max(len(starts) * rows // len(order), 1)
    kept = np.zeros(len(starts), dtype=np.bool_)
    kept[np.linspace(0, len(starts) - 1, count).astype(np.int64)] = True
    return order[kept[number]]


def _fit_one(evidence: Floats, *, style: Labels, centre: Floats, spread: Floats) -> Floats:
    """Fit one prior to rows that lie style by style."""
    if evidence.shape[1] == 0:
        return centre
    developed, returned, expected = evidence[:, :, None]
    starts = find_starts(style)
    has_styles = len(centre) == _BELIEFS.shape[1]
    nodes = FIT_NODES if has_styles else np.zeros(1)

    def compute_loss(point: Floats) -> float:
        prior = _build_prior(point)
        part = compute_normal_part(
            expected,
            rate_factor=prior.rate_factor,
            strength=prior.strength,
            shift=prior.style_spread * nodes,
        )
        normal = compute_log_likelihood(part, developed_count=developed, returned_count=returned)
        part = compute_other_part(
            expected, odds_factor=prior.other_odds_factor, strength=prior.other_strength
        )
        other = compute_log_likelihood(part, developed_count=developed, returned_count=returned)
        shares = [prior.other_share, MIXED][: 1 + has_styles]
        kinds = [np.logaddexp(np.log1p(-p) + normal, np.log(p) + other) for p in shares]
        likelihood = weigh_nodes(
            np.stack(kinds, axis=1), nodes=nodes, mixed_share=prior.mixed_share, starts=starts
        )[1].sum()
        return float(-likelihood + 0.5 * (((point - centre) / spread) ** 2).sum())

    # In the units of the beliefs, and from the loss at their centre: so one tolerance serves all.
    start = compute_loss(centre)
    found = minimize(
        lambda step: compute_loss(centre + spread * step) - start,
        np.zeros(len(centre)),
        method="L-BFGS-B",
        bounds=(np.array(_BOUNDS[: len(centre)]) - centre[:, None]) / spread[:, None],
        options={"ftol": _GAIN},
    )
    best: Floats = centre + spread * found.x
    return best


def _build_prior(point: Floats) -> RatePrior:
    factor, strength, share, odds, width, *styles = point
    return RatePrior(
        rate_factor=float(np.exp(factor)),
        strength=float(np.exp(strength)),
        other_share=float(expit(share)),
        other_odds_factor=float(np.exp(odds)),
        other_strength=float(np.exp(width)),
        style_spread=float(np.exp(styles[0])) if styles else 0.0,
        mixed_share=float(expit(styles[1])) if styles else 0.0,
    )
