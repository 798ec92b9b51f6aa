"""Counts of SKUs and styles → rates with intervals, and which of them are called bad."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.rates.alarms import select_alarms
from models_ml.rates.evidence import (
    LEVELS,
    check_evidence,
    fill_expected,
    read_floats,
    weigh_evidence,
)
from models_ml.rates.parts import MAX_RATE, MIN_RATE, Floats, Labels
from models_ml.rates.posterior import (
    HIGH_PROBABILITY,
    LOW_PROBABILITY,
    compute_mean,
    compute_posterior,
    compute_probability_above,
    compute_quantile,
)
from models_ml.rates.prior import fit_priors, lay_out_priors
from models_ml.rates.sisters import Places, find_starts, sort_by_style

KNOB: Final = 1.5  # a group is bad when its rate is above this many times its expected rate
BUDGET: Final = 0.10  # accepted share of false alarms
MINIMUM_DEVELOPED_COUNT: Final = 5.0  # units
MINIMUM_DEVELOPED_SHARE: Final = 0.30
# The priors are fitted, and fitted values are treated as known: P is a little too sure of itself.
# At three quarters the shops of one world of test_promises had 10.2 % false alarms, now 9.2 %.
_CAUTION: Final = 0.70  # share of the budget that is spent
_NUMBERS: Final = ("prior_strength", "posterior_rate", "low_rate", "high_rate", "alarm_probability")
_CHUNK_ROWS: Final = 20_000  # SKUs that are estimated at a time, about 100 MB of parts
_EDGE: Final = 1e-9  # m is a sum of doubles: a share of exactly 30 % may fall this much short


def estimate_rates(
    evidence: pd.DataFrame,
    *,
    knob: float = KNOB,
    budget: float = BUDGET,
    minimum_developed_count: float = MINIMUM_DEVELOPED_COUNT,
    minimum_developed_share: float = MINIMUM_DEVELOPED_SHARE,
) -> pd.DataFrame:
    """Estimate the return rate of each SKU and each style, and select the alarms.

    SKUs and styles are two families: each has its own priors and its own budget of false alarms.
    The SKUs of a style say something of each other; styles stand alone.

    Parameters
    ----------
    evidence : DataFrame of shape (n_groups, 8)
        One row per level and group: ``level_code`` (sku or style), ``group_id``, ``style_id`` (what
        SKUs share; null: the group stands alone), ``category_name`` (null: no category),
        ``delivered_count`` n ≥ 0, ``developed_count`` m = Σ n·G(age) ≥ 0, ``returned_count``
        y ≥ 0 (may exceed m), ``expected_rate`` of the group's mix of categories (null: the
        category's own Σ y ÷ Σ m stands in, else the shop's).
    knob : float
        A group is bad when its rate is above ``knob`` × expected rate; > 0.
    budget : float
        Accepted expected share of false alarms, in [0, 1).
    minimum_developed_count, minimum_developed_share : float
        A group with a smaller m is never an alarm; one with a smaller m ÷ n is neither ranked
        nor an alarm.

    Returns
    -------
    DataFrame of shape (n_groups, 9)
        In input order: ``level_code``, ``group_id``, ``prior_strength`` (units that the prior of
        the normal groups weighs), ``posterior_rate``, ``low_rate`` and ``high_rate`` (95 %),
        ``alarm_probability`` = P(rate > knob × expected), ``is_alarm``, ``is_rankable``. The five
        numbers are null where nothing at all is known of the level.

    Raises
    ------
    ValueError
        If a column is missing, a level unknown, a group repeated, or a count negative or null.
    """
    check_evidence(evidence)
    is_rankable = _find_rankable(evidence, minimum_developed_share=minimum_developed_share)
    is_eligible = is_rankable & (
        read_floats(evidence, "developed_count") >= minimum_developed_count
    )
    numbers = np.full((len(evidence), len(_NUMBERS)), np.nan)
    is_alarm = np.zeros(len(evidence), dtype=np.bool_)
    for level in LEVELS:
        rows = np.flatnonzero((evidence["level_code"] == level).to_numpy())
        numbers[rows] = _estimate_level(evidence.iloc[rows], has_sisters=level == "sku", knob=knob)
        is_alarm[rows] = select_alarms(
            np.nan_to_num(numbers[rows, -1]),
            is_eligible=is_eligible[rows],
            budget=budget * _CAUTION,
        )
    return pd.DataFrame(
        {
            "level_code": evidence["level_code"].to_numpy(),
            "group_id": evidence["group_id"].to_numpy(),
            **{name: numbers[:, place] for place, name in enumerate(_NUMBERS)},
            "is_alarm": is_alarm,
            "is_rankable": is_rankable,
        }
    )


def _find_rankable(
    evidence: pd.DataFrame, *, minimum_developed_share: float
) -> npt.NDArray[np.bool_]:
    delivered = read_floats(evidence, "delivered_count")
    developed = read_floats(evidence, "developed_count")
    is_developed = developed >= minimum_developed_share * delivered * (1 - _EDGE)
    rankable: npt.NDArray[np.bool_] = is_developed & (delivered > 0) & (developed > 0)
    return rankable


def _estimate_level(evidence: pd.DataFrame, *, has_sisters: bool, knob: float) -> Floats:
    """Compute the columns ``_NUMBERS`` of one level, null where nothing is known."""
    delivered = read_floats(evidence, "delivered_count")
    developed = read_floats(evidence, "developed_count")
    returned = read_floats(evidence, "returned_count")
    category = pd.factorize(evidence["category_name"], sort=True)[0].astype(np.int64)
    expected = fill_expected(
        read_floats(evidence, "expected_rate"), developed, returned, category=category
    )
    numbers = np.full((len(evidence), len(_NUMBERS)), np.nan)
    is_known = np.isfinite(expected)
    if not is_known.any():
        return numbers
    developed, returned, category = developed[is_known], returned[is_known], category[is_known]
    style = _number_styles(evidence)[is_known] if has_sisters else None
    expected = np.clip(expected[is_known], MIN_RATE, MAX_RATE)
    weight = weigh_evidence(developed, delivered[is_known], returned, expected)
    numbers[is_known] = _compute_numbers(
        developed * weight, returned * weight, expected, category=category, style=style, knob=knob
    )
    return numbers


def _number_styles(evidence: pd.DataFrame) -> Labels:
    """Give each style a number, and a number of its own to a group without one."""
    style = pd.factorize(evidence["style_id"], sort=True)[0].astype(np.int64)
    alone = style.max(initial=-1) + 1 + np.arange(len(style))
    return np.where(style < 0, alone, style)


def _compute_numbers(
    developed: Floats,
    returned: Floats,
    expected: Floats,
    *,
    category: Labels,
    style: Labels | None,
    knob: float,
) -> Floats:
    """Compute the columns ``_NUMBERS`` from counts that carry their weight."""
    priors = fit_priors(developed, returned, expected, category=category, style=style)
    prior = lay_out_priors(priors, category=category)
    numbers = np.full((len(developed), len(_NUMBERS)), np.nan)
    for rows in _cut_chunks(np.stack([developed, returned, expected]), style=style):
        own = prior.select(rows)
        posterior = compute_posterior(
            developed[rows],
            returned_count=returned[rows],
            expected_rate=expected[rows],
            prior=own,
            style=None if style is None else style[rows],
        )
        numbers[rows] = np.column_stack(
            [
                np.asarray(own.strength),
                compute_mean(posterior),
                compute_quantile(posterior, probability=LOW_PROBABILITY),
                compute_quantile(posterior, probability=HIGH_PROBABILITY),
                compute_probability_above(posterior, threshold=knob * expected[rows]),
            ]
        )
    return numbers


def _cut_chunks(evidence: Floats, *, style: Labels | None) -> list[Places]:
    """Cut rows into chunks of whole styles, so that memory does not grow with the shop."""
    count = evidence.shape[1]
    if style is None:
        return np.array_split(np.arange(count), max(count // _CHUNK_ROWS, 1))
    order = sort_by_style(evidence, style=style)
    starts = find_starts(style[order])
    ends = np.searchsorted(starts, np.arange(_CHUNK_ROWS, count, _CHUNK_ROWS))
    cuts = np.unique(starts[ends[ends < len(starts)]])
    return [rows for rows in np.split(order, cuts) if len(rows)]
