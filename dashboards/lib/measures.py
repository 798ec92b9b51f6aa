"""Rates from counts: division after filtering, intervals, rank, steps. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from dashboards.lib.records import list_records

SMALL_N: Final = 30  # units; below it a rate is grey and unranked (metrics.md)
Z_95: Final = 1.959963984540054  # two-sided 95 % of the normal distribution
# What is summed before a rate is divided; the last two where a rate is developed.
SUMMED: Final = ("delivered_count", "returned_count", "developed_exposure", "further_returns")
HEAT_STEPS: Final = (0.75, 1.25, 1.75, 2.5)  # rate ÷ reference, lower ends of steps 2 to 5


def compute_wilson_interval(
    returned: np.ndarray, delivered: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Compute Wilson's 95 % interval of a share.

    Parameters
    ----------
    returned, delivered : ndarray of shape (n,)
        Counts ≥ 0. More returned than delivered counts as all of them.

    Returns
    -------
    low, high : ndarray of shape (n,)
        In [0, 1]; NaN where nothing was delivered.

    Examples
    --------
    >>> low, high = compute_wilson_interval(np.array([10]), np.array([100]))
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.0552, 0.1744)
    """
    n = np.where(delivered > 0, delivered, np.nan).astype(float)
    share = np.minimum(returned / n, 1.0)
    centre = (share + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * np.sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def add_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the return rate of each row, with its interval.

    What is still to come was not tried yet: the interval of a developed rate rests on the developed
    part of the deliveries alone.

    Parameters
    ----------
    frame : DataFrame
        With ``returned_count`` and ``delivered_count``; where the rate shall be the one that is
        expected in the end, also ``further_returns`` and ``developed_exposure``.

    Returns
    -------
    DataFrame
        Plus ``returned_rate`` (≥ 0, NaN where nothing was delivered), ``low_rate``, ``high_rate``,
        ``is_small`` (fewer than 30 delivered) and ``is_over`` (more returned than delivered).
    """
    returned = frame["returned_count"].to_numpy(dtype=float)
    delivered = frame["delivered_count"].to_numpy(dtype=float)
    n = np.where(delivered > 0, delivered, np.nan)
    rate = returned / n
    low, high = compute_wilson_interval(returned, delivered)
    if "further_returns" in frame:
        rate = (returned + frame["further_returns"].to_numpy(dtype=float)) / n
        exposure = frame["developed_exposure"].to_numpy(dtype=float)
        low, high = compute_wilson_interval(rate * exposure, exposure)
    return frame.assign(
        returned_rate=rate,
        low_rate=low,
        high_rate=high,
        is_small=delivered < SMALL_N,
        is_over=returned > delivered,
    )


def rank_rows(frame: pd.DataFrame, *, by: str, key: str) -> pd.DataFrame:
    """Sort what can be ranked, largest first; rows with few deliveries follow, unranked.

    Parameters
    ----------
    frame : DataFrame
        From ``add_rates``.
    by : str
        Column to rank by.
    key : str
        Column that decides ties.

    Returns
    -------
    DataFrame
    """
    is_ascending = frame[by].dtype == object or str(frame[by].dtype).startswith("str")
    return frame.sort_values(
        ["is_small", by, key], ascending=[True, is_ascending, True], kind="stable"
    ).reset_index(drop=True)


def find_heat_step(rate: float, *, reference: float) -> int:
    """Return the step of the heat map, from 1 to 5.

    Examples
    --------
    >>> [find_heat_step(rate, reference=0.1) for rate in (0.05, 0.1, 0.15, 0.2, 0.25)]
    [1, 2, 3, 4, 5]
    """
    if reference <= 0:
        return 1
    return 1 + int(np.searchsorted(HEAT_STEPS, round(rate / reference, 9), side="right"))


def find_size_direction(sizes: pd.DataFrame) -> tuple[str, str]:
    """Say how a style's rate moves over its sizes.

    Parameters
    ----------
    sizes : DataFrame
        One row per size in the order of the scale, from ``add_rates``, with ``size_label``.

    Returns
    -------
    kind : {"up", "down", "one", "flat", "few"}
        up, down: the largest (smallest) third lies above the other end, intervals apart; one: a
        single size lies above all the others together.
    size_label : str
        The size that stands out; empty but for "one".
    """
    judged = sizes[~sizes["is_small"]]
    if len(judged) < 2:  # noqa: PLR2004 - a direction needs two sizes
        return "few", ""
    third = max(1, len(judged) // 3)
    low_end, high_end = sum_rates(judged[:third]), sum_rates(judged[-third:])
    if len(judged) > 2 and high_end["low_rate"] > low_end["high_rate"]:  # noqa: PLR2004
        return "up", ""
    if len(judged) > 2 and high_end["high_rate"] < low_end["low_rate"]:  # noqa: PLR2004
        return "down", ""
    top = list_records(judged.nlargest(1, "returned_rate"))[0]
    others = sum_rates(judged[judged["size_label"] != top["size_label"]])
    return (
        ("one", str(top["size_label"])) if top["low_rate"] > others["high_rate"] else ("flat", "")
    )


def find_one_in(rate: float, *, largest: int = 20) -> int | None:
    """Return k where "one in k" is fair to the rate: within a tenth of it.

    Examples
    --------
    >>> find_one_in(0.243), find_one_in(0.2), find_one_in(0.4), find_one_in(0.02)
    (4, 5, None, None)
    """
    if not 0 < rate <= 0.5:  # noqa: PLR2004 - one in two is the largest
        return None
    k = round(1 / rate)
    return k if k <= largest and abs(1 / k - rate) <= rate / 10 else None


def find_usual_gap(days: Sequence[date]) -> int | None:
    """Return the usual number of days between arrivals; None before the third day of them.

    Examples
    --------
    >>> find_usual_gap([date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)])
    1
    """
    known = sorted(set(days))
    if len(known) < 3:  # noqa: PLR2004 - two gaps make a rhythm
        return None
    gaps = [(late - early).days for early, late in pairwise(known)]
    return int(np.ceil(np.median(gaps)))


def count_days_late(days: Sequence[date], *, today: date) -> int:
    """Count the days since the last arrival when twice the usual gap has passed; else 0.

    Examples
    --------
    >>> daily = [date(2026, 1, day) for day in (1, 2, 3)]
    >>> [count_days_late(daily, today=date(2026, 1, day)) for day in (5, 6)]
    [0, 3]
    """
    gap = find_usual_gap(days)
    if gap is None:
        return 0
    waited = (today - max(days)).days
    return waited if waited > 2 * gap else 0


def sum_rates(frame: pd.DataFrame) -> dict[str, float]:
    """Add the rows up to one rate, from ``add_rates``."""
    total = frame[[name for name in SUMMED if name in frame]].sum().to_frame().T
    return list_records(add_rates(total.astype(float)))[0]
