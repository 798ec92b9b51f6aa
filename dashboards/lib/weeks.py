"""Weeks of delivery: which there are, which are still coming back, and whether a rate moved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pandas as pd

from dashboards.lib.measures import SUMMED, add_rates, sum_rates

UNDEVELOPED_WEEKS: Final = 3  # weeks that are still coming back, marked dotted
SPARK_WEEKS: Final = 12
STEPS: Final = (1, 2, 4)  # weeks of a point: more where a week has few deliveries
LEAST_POINT: Final = 15  # deliveries of a usual point
# What is laid on weeks, where a frame has it.
LAID: Final = (
    *SUMMED,
    *("expected_returns", "year_ago_delivered_count", "year_ago_returned_count"),
)


def find_monday(day: date) -> date:
    """Return the Monday of a day's week.

    Examples
    --------
    >>> find_monday(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return day - timedelta(days=day.weekday())


def find_first_week(as_of: date, *, weeks: int) -> date:
    """Return the Monday on which the last ``weeks`` weeks begin, the running one included.

    Examples
    --------
    >>> find_first_week(date(2026, 11, 22), weeks=12)
    datetime.date(2026, 8, 31)
    """
    return find_monday(as_of) - timedelta(weeks=weeks - 1)


def choose_step(frame: pd.DataFrame) -> int:
    """Choose how many weeks a point of a line holds, so that a usual point has enough deliveries.

    Parameters
    ----------
    frame : DataFrame
        ``week_start_date`` and ``delivered_count``, one row per week.

    Returns
    -------
    {1, 2, 4}

    Examples
    --------
    >>> weeks = pd.date_range("2026-01-05", periods=8, freq="7D")
    >>> [choose_step(pd.DataFrame({"week_start_date": weeks, "delivered_count": n}))
    ...  for n in (15, 8, 2)]
    [1, 2, 4]
    """
    usual = frame.loc[frame["delivered_count"] > 0, "delivered_count"].median()
    return next((step for step in STEPS if usual * step >= LEAST_POINT), STEPS[-1])


def spread_over_weeks(
    frame: pd.DataFrame, *, as_of: date, points: int, step: int = 1, until: date | None = None
) -> pd.DataFrame:
    """Lay counts on the last weeks; a time without deliveries is a gap.

    Parameters
    ----------
    frame : DataFrame
        ``week_start_date``, ``delivered_count``, ``returned_count``, and the other columns of
        ``LAID`` where it has them; other weeks are left out.
    as_of : date
        Last day that the figures cover.
    points : int
        How many points, the running week included.
    step : int, default 1
        Weeks of a point.
    until : date, optional
        A day of the last week to show; ``as_of`` when left out.

    Returns
    -------
    DataFrame of shape (points, …)
        From ``add_rates``, by ``week_start_date`` (the first of the point), with
        ``is_undeveloped`` where a point holds one of the last three weeks before ``as_of``.
    """
    first = find_first_week(until or as_of, weeks=points * step)
    weeks = pd.to_datetime(frame["week_start_date"])
    point = (weeks - pd.Timestamp(first)).dt.days // (7 * step)
    columns = [name for name in LAID if name in frame]
    totals = frame.assign(point=point)[["point", *columns]]
    laid = totals.groupby("point").sum().reindex(range(points), fill_value=0)
    counts = [name for name in columns if name.endswith("_count")]
    laid[counts] = laid[counts].astype("int64")
    mondays = pd.to_datetime([first + timedelta(weeks=i * step) for i in range(points)])
    still = pd.Timestamp(find_first_week(as_of, weeks=UNDEVELOPED_WEEKS))
    return add_rates(laid.reset_index(drop=True)).assign(
        week_start_date=mondays,
        is_undeveloped=mondays + pd.Timedelta(weeks=step) > still,
    )


def compare_halves(weeks: pd.DataFrame) -> str:
    """Say whether a rate has moved: the first against the second half of the developed weeks.

    Parameters
    ----------
    weeks : DataFrame
        From ``spread_over_weeks``.

    Returns
    -------
    {"up", "down", "flat", "few"}
        A direction only where the 95 % intervals do not overlap; few where a half has n < 30.
    """
    seen = weeks[~weeks["is_undeveloped"]]
    half = len(seen) // 2
    early, late = (sum_rates(part) for part in (seen[:half], seen[half:]))
    if early["is_small"] or late["is_small"]:
        return "few"
    if late["low_rate"] > early["high_rate"]:
        return "up"
    return "down" if late["high_rate"] < early["low_rate"] else "flat"
