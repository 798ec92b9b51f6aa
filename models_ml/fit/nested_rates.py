"""Rates of parts of styles with intervals: each drawn to the other parts, and these to a category.

For parts that are many more than sizes, in closed form; rates of sizes: models_ml/rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import betainc, betaincinv, betaln

from models_ml.rates.parts import Floats, Labels

LOW, HIGH = 0.025, 0.975
CATEGORY_UNITS: Final = 100.0  # developed units by which a category is drawn to its shop
STYLE_STRENGTHS: Final = (10.0, 30.0, 100.0, 300.0)
PART_STRENGTHS: Final = (15.0, 40.0, 120.0, 400.0, 1500.0, 6000.0)
# A part that is nothing like the others: how often, and how much the others then weigh.
ODD_SHARES: Final = (0.0, 0.01, 0.03, 0.08)
ODD_STRENGTH: Final = 4.0
MIN_RATE: Final = 1e-5
SAMPLE_ROWS: Final = 40_000
_STEPS: Final = 30  # halvings in the search for a quantile, 1e-9 of the axis


@dataclass(frozen=True)
class Strengths:
    """How many units a prior weighs.

    Attributes
    ----------
    style, part : float
        What its category says of a style; what its style says of a part.
    odd_share : float
        Share of parts that are nothing like their style.
    """

    style: float
    part: float
    odd_share: float


@dataclass(frozen=True)
class _Parts:
    units: Floats
    exposure: Floats
    other_units: Floats
    other_exposure: Floats
    category: Floats


def estimate_nested_rates(
    units: Floats, exposure: Floats, *, style: Labels, category: Labels
) -> pd.DataFrame:
    """Estimate the rate of each part.

    Parameters
    ----------
    units, exposure : Floats of shape (n_parts,)
        What came back, and developed units; ≥ 0, not whole where words were read.
    style, category : Labels of shape (n_parts,)
        Numbers from 0: what parts share, and what styles share.

    Returns
    -------
    DataFrame of shape (n_parts, 3)
        ``rate``, ``low_rate``, ``high_rate`` (95 %).

    Examples
    --------
    >>> found = estimate_nested_rates(np.array([2.0, 0.0]), np.array([20.0, 0.0]),
    ...                               style=np.array([0, 0]), category=np.array([0, 0]))
    >>> bool(found["rate"].between(found["low_rate"], found["high_rate"]).all())
    True
    """
    parts = _compare(units, exposure, style=style, category=category)
    strengths = _choose(parts)
    means, totals = _draw(parts, strengths)
    return _summarise(parts, means, totals, odd_share=strengths.odd_share)


def _compare(units: Floats, exposure: Floats, *, style: Labels, category: Labels) -> _Parts:
    """Lay beside each part the others of its style, and the rate of its category."""

    def of_others(values: Floats) -> Floats:
        rest: Floats = np.bincount(style, values)[style] - values
        return np.maximum(rest, 0.0)

    shop = (units.sum() + 0.5) / (exposure.sum() + 50.0)
    told, due = np.bincount(category, units), np.bincount(category, exposure)
    usual = (told + shop * CATEGORY_UNITS) / (due + CATEGORY_UNITS)
    return _Parts(
        units,
        exposure,
        of_others(units),
        of_others(exposure),
        np.clip(usual, MIN_RATE, 1 - MIN_RATE)[category],
    )


def _draw(parts: _Parts, strengths: Strengths) -> tuple[Floats, Floats]:
    """Return the prior of each part: its mean, and the units that it weighs."""
    total = strengths.style + parts.other_exposure
    mean = (strengths.style * parts.category + parts.other_units) / total
    # The part differs from its style, and its style is not known.
    weight = 1 / (1 / strengths.part + 1 / total)
    return np.clip(mean, MIN_RATE, 1 - MIN_RATE), weight


def _compute_evidence(parts: _Parts, mean: Floats, total: Floats | float) -> Floats:
    rest = np.maximum(parts.exposure - parts.units, 0.0)
    log: Floats = betaln(mean * total + parts.units, (1 - mean) * total + rest)
    log = log - betaln(mean * total, (1 - mean) * total)
    return log


def _choose(parts: _Parts) -> Strengths:
    """Choose what makes the parts most probable, each given the others of its style."""
    step = max(1, len(parts.units) // SAMPLE_ROWS)
    some = _Parts(
        *(
            values[::step]
            for values in (
                parts.units,
                parts.exposure,
                parts.other_units,
                parts.other_exposure,
                parts.category,
            )
        )
    )
    best, found = -np.inf, Strengths(STYLE_STRENGTHS[0], PART_STRENGTHS[0], 0.0)
    for style in STYLE_STRENGTHS:
        for part in PART_STRENGTHS:
            mean, total = _draw(some, Strengths(style, part, 0.0))
            normal = _compute_evidence(some, mean, total)
            odd = _compute_evidence(some, mean, ODD_STRENGTH)
            for share in ODD_SHARES:
                log = np.logaddexp(normal + np.log1p(-share), odd + np.log(share + 1e-12)).sum()
                if log > best:
                    best, found = float(log), Strengths(style, part, share)
    return found


def _summarise(parts: _Parts, mean: Floats, total: Floats, *, odd_share: float) -> pd.DataFrame:
    rest = np.maximum(parts.exposure - parts.units, 0.0)
    normal = _compute_evidence(parts, mean, total) + np.log1p(-odd_share)
    odd = _compute_evidence(parts, mean, ODD_STRENGTH) + np.log(odd_share + 1e-12)
    weight = np.exp(odd - np.logaddexp(normal, odd))
    shapes = [
        (mean * units + parts.units, (1 - mean) * units + rest) for units in (total, ODD_STRENGTH)
    ]
    rates = [first / (first + second) for first, second in shapes]
    return pd.DataFrame(
        {
            "rate": (1 - weight) * rates[0] + weight * rates[1],
            "low_rate": _find_quantile(LOW, shapes, weight=weight),
            "high_rate": _find_quantile(HIGH, shapes, weight=weight),
        }
    )


def _find_quantile(
    probability: float, shapes: list[tuple[Floats, Floats]], *, weight: Floats
) -> Floats:
    """Find a quantile of two betas: it lies between the two of its own."""
    each = [betaincinv(first, second, probability) for first, second in shapes]
    result: Floats = each[0].copy()
    mixed = np.flatnonzero(weight > 1e-4)  # noqa: PLR2004 - below, the second moves nothing
    low = np.minimum(each[0], each[1])[mixed]
    high = np.maximum(each[0], each[1])[mixed]
    (a, b), (c, d) = ((one[mixed], two[mixed]) for one, two in shapes)
    share = weight[mixed]
    for _ in range(_STEPS):
        middle = (low + high) / 2
        below = (1 - share) * betainc(a, b, middle) + share * betainc(c, d, middle) < probability
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    result[mixed] = (low + high) / 2
    return result
