"""Since when a style comes back more often than before.

The question is whether a style's rate rose, not whether it is high: a style that was always bad is
an alarm, not a change. So each style is its own yardstick. Given its total of returns Y, and no
change, the weeks' returns are multinomial with shares proportional to m·θ (developed exposure times
expected rate of the category in that week, which carries season and promotions), whatever the
style's own rate is. For each week that could be the first of a new regime the binomial cumulative
sum is compared before and after by its log likelihood ratio (generalised likelihood ratio form of
the binomial CUSUM); the largest over the weeks is the score.

Thresholds are calibrated, not assumed: under no change the score is simulated for classes of styles
with similar Y and number of weeks, from a fixed seed, with the exposures of the styles themselves.
Beyond the simulated 90 % point the tail is exponential (the score is half a χ², maximised). The
p-values are cut by Benjamini and Hochberg at the same budget as the alarms.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.rates.parts import Floats

COLUMNS: Final = (
    "group_id",
    "week_start_date",
    "developed_count",
    "returned_count",
    "expected_rate",
)
BUDGET: Final = 0.10  # accepted share of false changes
MINIMUM_RETURNED_COUNT: Final = 5  # units after the change; fewer are never a change
SIMULATIONS: Final = 2_000  # per class of styles
_SEED: Final = 20_260_101  # of the simulated null; the same weeks give the same answer
_TAIL: Final = 0.9  # point from which the tail is taken to be exponential
_ROUNDING: Final = 1e-9  # a share below this is a sum of doubles that should be 0
_CLASS_RATIO: Final = 1.5  # classes of Y and of weeks are this far apart


def detect_changes(weeks: pd.DataFrame, *, budget: float = BUDGET) -> pd.DataFrame:
    """Find the styles whose return rate rose, and since when.

    Parameters
    ----------
    weeks : DataFrame of shape (n_weeks, 5)
        One row per group and delivery week: ``group_id``, ``week_start_date``, ``developed_count``
        m ≥ 0, ``returned_count`` y ≥ 0, ``expected_rate`` (null: constant in time).
    budget : float
        Accepted share of false changes among those found, in [0, 1).

    Returns
    -------
    DataFrame of shape (n_groups, 3)
        Ordered by ``group_id``; ``since_date`` (datetime64; NaT where no change is found) is the
        first week of the higher rate, ``change_score`` ≥ 0 the log likelihood ratio.

    Raises
    ------
    ValueError
        If a column is missing, a group's week repeats, or the budget is not in [0, 1).
    """
    _check_weeks(weeks, budget=budget)
    ordered = weeks.sort_values(["group_id", "week_start_date"], ignore_index=True)
    groups, starts = np.unique(ordered["group_id"].to_numpy(dtype=object), return_index=True)
    returned, expected = _lay_out(ordered, starts)
    scores, places = _score_changes(returned, expected)
    p_values = _compute_p_values(scores, returned=returned, expected=expected)
    is_change = _select_changes(p_values, budget=budget)
    dates = pd.to_datetime(ordered["week_start_date"]).to_numpy()
    since = np.full(len(groups), np.datetime64("NaT"), dtype="datetime64[ns]")
    since[is_change] = dates[(starts + places)[is_change]]
    return pd.DataFrame({"group_id": groups, "since_date": since, "change_score": scores})


def _check_weeks(weeks: pd.DataFrame, *, budget: float) -> None:
    missing = [name for name in COLUMNS if name not in weeks.columns]
    if missing:
        raise ValueError(f"weeks lack {missing}, expected {list(COLUMNS)}")
    if weeks.duplicated(["group_id", "week_start_date"]).any():
        raise ValueError("a week of a group repeats, expected one row per group and week")
    if not 0 <= budget < 1:
        raise ValueError(f"budget is {budget}, expected a share in [0, 1)")


def _lay_out(ordered: pd.DataFrame, starts: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Lay weeks out as (groups, longest history): returns, and expected share of the returns."""
    lengths = np.diff([*starts, len(ordered)])
    row = np.repeat(np.arange(len(starts)), lengths)
    column = np.arange(len(ordered)) - np.repeat(starts, lengths)
    shape = (len(starts), int(lengths.max(initial=0)))
    rate = ordered["expected_rate"].to_numpy(dtype=np.float64, na_value=np.nan)
    own = pd.Series(rate).groupby(row).transform("mean").fillna(1.0).to_numpy()
    rate = np.where(rate > 0, rate, np.where(own > 0, own, 1.0))
    returned, expected = np.zeros(shape), np.zeros(shape)
    returned[row, column] = ordered["returned_count"].to_numpy(dtype=np.float64)
    expected[row, column] = ordered["developed_count"].to_numpy(dtype=np.float64) * rate
    returned[expected <= 0] = 0.0  # returns of weeks without exposure say nothing of a rate
    total = expected.sum(axis=1, keepdims=True)
    return returned, np.divide(expected, total, out=np.zeros(shape), where=total > 0)


def _score_changes(returned: Floats, expected: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Compute the largest log likelihood ratio of a rise, and the week in which it begins."""
    if returned.shape[1] == 0:
        return np.zeros(len(returned)), np.zeros(len(returned), dtype=np.int64)
    total = returned.sum(axis=1, keepdims=True)
    after = np.cumsum(returned[:, ::-1], axis=1)[:, ::-1]
    share_after = np.clip(np.cumsum(expected[:, ::-1], axis=1)[:, ::-1], 0.0, 1.0)
    before, share_before = total - after, 1.0 - share_after
    is_rise = (
        (after > total * share_after)
        & (after >= MINIMUM_RETURNED_COUNT)
        & (share_before > _ROUNDING)
        & (share_after > _ROUNDING)
    )
    ratio = _multiply_by_log_ratio(after, total * share_after)
    ratio += _multiply_by_log_ratio(before, total * share_before)
    ratio = np.where(is_rise, ratio, 0.0)
    return ratio.max(axis=1), ratio.argmax(axis=1)


def _multiply_by_log_ratio(observed: Floats, expected: Floats) -> Floats:
    ratio = np.divide(
        observed, expected, out=np.ones_like(observed), where=(observed > 0) & (expected > 0)
    )
    product: Floats = observed * np.log(ratio)
    return product


def _compute_p_values(scores: Floats, *, returned: Floats, expected: Floats) -> Floats:
    """Compute the probability of a score this large under no change, by class of styles."""
    total = returned.sum(axis=1)
    filled = (expected > 0).sum(axis=1)
    step = np.log(_CLASS_RATIO)
    classes = np.column_stack(
        [np.log(np.maximum(total, 1)) // step, np.log(np.maximum(filled, 1)) // step]
    ).astype(np.int64)
    p_values = np.ones(len(scores))
    candidates = np.flatnonzero(scores > 0)
    keys, members = np.unique(classes[candidates], axis=0, return_inverse=True)
    for number, key in enumerate(keys):
        same = np.flatnonzero((classes == key).all(axis=1))
        null = _simulate_scores(total[same], expected[same])
        rows = candidates[members.ravel() == number]
        p_values[rows] = _read_tail(scores[rows], null=null)
    return p_values


def _simulate_scores(total: Floats, expected: Floats) -> Floats:
    """Draw scores under no change from the totals and exposures of one class of styles."""
    rng = np.random.default_rng(_SEED)
    drawn = np.linspace(0, len(total) - 1, SIMULATIONS).round().astype(np.int64)
    shares = expected[drawn]
    returned = rng.multinomial(total[drawn].astype(np.int64), shares / shares.sum(1, keepdims=True))
    return _score_changes(returned.astype(np.float64), shares)[0]


def _read_tail(scores: Floats, *, null: Floats) -> Floats:
    ordered = np.sort(null)
    start = float(np.quantile(ordered, _TAIL))
    beyond = ordered[ordered > start] - start
    scale = float(beyond.mean()) if len(beyond) else 1.0
    above = len(ordered) - np.searchsorted(ordered, scores, side="left")
    empirical = (above + 1) / (len(ordered) + 1)
    tail = len(beyond) / len(ordered) * np.exp(-(scores - start) / scale)
    p_values: Floats = np.where(scores > start, np.minimum(tail, empirical), empirical)
    return p_values


def _select_changes(p_values: Floats, *, budget: float) -> npt.NDArray[np.bool_]:
    """Cut the p-values so that the share of false changes keeps the budget, ties together."""
    if len(p_values) == 0:
        return np.zeros(0, dtype=np.bool_)
    ordered = np.sort(p_values)
    accepted = ordered[ordered <= budget * np.arange(1, len(ordered) + 1) / len(ordered)]
    cut = accepted[-1] if len(accepted) else -1.0
    changes: npt.NDArray[np.bool_] = p_values <= cut
    return changes
