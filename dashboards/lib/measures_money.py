"""Sums of money by week, month, step and age, and what they are compared with. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from dashboards.lib.measures import compute_wilson_interval
from dashboards.lib.records import list_records
from dashboards.lib.weeks import find_monday

YEAR_DAYS: Final = 364  # the same weekday a year before (metrics.md)
WEEKS: Final = 12  # whole weeks of the line
FORECAST_WEEKS: Final = 8
MONTHS: Final = 6  # of the dumbbells
DEVELOPED: Final = 0.95  # share of a month's episodes from which its durable value is judged
LATE_CLASSES: Final = ("15-30", "31+")
AGE_CLASSES: Final = ("0-1", "2-3", "4-7", "8-14", *LATE_CLASSES, "unknown")
STEPS: Final = ("opening", "new_sales", "refunds", "releases", "re_estimates", "late_data")
FAN: Final = ("forecast", "low", "high", "low_50", "high_50")


@dataclass(frozen=True)
class Sum:
    """Money of some days.

    Attributes
    ----------
    first, last : date
    amount : int
    count : int
    before : int or None
        Of the days it is compared with; None where the files begin later.
    """

    first: date
    last: date
    amount: int
    count: int
    before: int | None

    @property
    def change(self) -> float | None:
        """Return how much more it is than before, as a share of that."""
        return self.amount / self.before - 1 if self.before else None


@dataclass(frozen=True)
class Share:
    """A part of a whole with its 95 % interval.

    Attributes
    ----------
    part, n : int
    rate, low, high : float
        NaN where there is no whole.
    """

    part: int
    n: int
    rate: float
    low: float
    high: float


def compute_share(part: float, n: float) -> Share:
    """Compute a share of counts.

    Examples
    --------
    >>> share = compute_share(31, 124)
    >>> round(share.rate, 3), round(share.low, 3), round(share.high, 3)
    (0.25, 0.182, 0.333)
    """
    low, high = compute_wilson_interval(np.array([float(part)]), np.array([float(n)]))
    rate = part / n if n else float("nan")
    return Share(int(part), int(n), rate, float(low[0]), float(high[0]))


def sum_days(days: pd.DataFrame, *, first: date, last: date, before: date) -> Sum:
    """Sum what was paid from ``first`` to ``last``, and over as many days from ``before``.

    Parameters
    ----------
    days : DataFrame
        ``calendar_date``, ``refund_amount``, ``refund_count``.
    first, last : date
    before : date
        First of the days to compare with.
    """
    end = before + (last - first)
    paid = pd.to_datetime(days["calendar_date"])

    def take(start: date, stop: date) -> pd.DataFrame:
        return days[(paid >= pd.Timestamp(start)) & (paid <= pd.Timestamp(stop))]

    is_covered = len(days) > 0 and paid.min() <= pd.Timestamp(before)
    now = take(first, last)
    return Sum(
        first,
        last,
        int(now["refund_amount"].sum()),
        int(now["refund_count"].sum()),
        int(take(before, end)["refund_amount"].sum()) if is_covered else None,
    )


def sum_month(days: pd.DataFrame, *, as_of: date) -> Sum:
    """Sum the month of a day up to it, and the same days of the month a year before."""
    first = as_of.replace(day=1)
    return sum_days(days, first=first, last=as_of, before=first.replace(year=first.year - 1))


def sum_last_days(days: pd.DataFrame, *, as_of: date, length: int = 7) -> Sum:
    """Sum the last days, and those of the same weekdays a year before."""
    first = as_of - timedelta(days=length - 1)
    return sum_days(days, first=first, last=as_of, before=first - timedelta(days=YEAR_DAYS))


def lay_weeks(days: pd.DataFrame, *, as_of: date, ahead: int = 0) -> pd.DataFrame:
    """Lay payouts on the last whole weeks, each beside the same week a year before.

    Parameters
    ----------
    days : DataFrame
        As in ``sum_days``.
    as_of : date
    ahead : int, default 0
        Further weeks, for which only the year before is known.

    Returns
    -------
    DataFrame
        ``week_start_date``, ``amount`` and ``last_amount``; NaN where the files do not reach.
    """
    end = find_monday(as_of + timedelta(days=1))  # the Monday after the last whole week
    mondays = [end + timedelta(weeks=i) for i in range(-WEEKS, ahead)]
    paid = pd.to_datetime(days["calendar_date"])
    weekly = (
        days.assign(
            week=[find_monday(day.date()) for day in paid],
        )
        .groupby("week")["refund_amount"]
        .sum()
    )
    begin = paid.min().date() if len(days) else end
    first_whole = begin if begin.weekday() == 0 else find_monday(begin) + timedelta(weeks=1)

    def take(monday: date) -> float:
        is_known = first_whole <= monday < end
        return float(weekly.get(monday, 0)) if is_known else float("nan")

    return pd.DataFrame(
        {
            "week_start_date": pd.to_datetime(mondays),
            "amount": [take(monday) for monday in mondays],
            "last_amount": [take(monday - timedelta(days=YEAR_DAYS)) for monday in mondays],
        }
    )


def lay_fan(forecast: pd.DataFrame) -> pd.DataFrame:
    """Lay a forecast on the coming weeks, with what the running week has paid already.

    Parameters
    ----------
    forecast : DataFrame
        ``rpt_cash_forecast_weeks`` of one as-of day.

    Returns
    -------
    DataFrame
        One row per whole week from the running one, at most eight: ``week_start_date`` and the
        columns of ``FAN``; no rows without a forecast.
    """
    whole = forecast[forecast["is_whole_week"].astype(bool)]
    weeks = whole.sort_values("week_start_date").head(FORECAST_WEEKS)
    paid = weeks["paid_amount"].astype(float)
    return pd.DataFrame(
        {
            "week_start_date": pd.to_datetime(weeks["week_start_date"]),
            **{name: paid + weeks[f"{name}_amount"].astype(float) for name in FAN},
        }
    ).reset_index(drop=True)


def find_peak(weeks: pd.DataFrame, fan: pd.DataFrame) -> Mapping[str, float] | None:
    """Return the week in which most is expected, if even its lower end is above the usual week."""
    if fan.empty or weeks["amount"].isna().all():
        return None
    peak = list_records(fan.nlargest(1, "forecast"))[0]
    return peak if peak["low"] > weeks["amount"].mean() else None


def sum_retained(months: pd.DataFrame) -> pd.DataFrame:
    """Sum the episodes in which something came back, by month of delivery.

    Parameters
    ----------
    months : DataFrame
        ``rpt_episode_months``.

    Returns
    -------
    DataFrame
        The last months, oldest first: ``month`` (date), ``gross`` and ``durable`` (shares of the
        returned value; durable is NaN while nothing is developed), ``n``, ``developed_share``,
        ``is_judged`` (n of 30 or more and developed).
    """
    dated = months[months["is_returned"] & months["cohort_month_date"].notna()]
    totals = dated.groupby("cohort_month_date").sum(numeric_only=True).tail(MONTHS).astype(float)
    n = totals["episode_count"]
    developed = totals["developed_episode_count"] / n.where(n > 0)
    return pd.DataFrame(
        {
            "month": pd.to_datetime(totals.index),
            "gross": _divide(totals["retained_gross_amount"], totals["resolved_net_amount"]),
            "durable": _divide(
                totals["developed_retained_durable_amount"],
                totals["developed_delivered_net_amount"],
            ),
            "n": n.to_numpy(dtype=int),
            "developed_share": developed.to_numpy(),
            "is_judged": ((n >= 30) & (developed >= DEVELOPED)).to_numpy(),  # noqa: PLR2004
        }
    ).reset_index(drop=True)


def lay_waterfall(steps: pd.DataFrame) -> pd.DataFrame:
    """Lay the steps of one month end to end.

    Parameters
    ----------
    steps : DataFrame
        ``step`` and ``amount`` of ``rpt_roll_forward``, one month.

    Returns
    -------
    DataFrame
        ``step``, ``amount``, ``low``, ``high`` (ends of the bar) and ``kind``: total, in or out;
        late data only where there are any; the last row is where the steps lead to.
    """
    amounts = steps.set_index("step")["amount"].astype(float)
    rows, level = [], 0.0
    for step in STEPS:
        amount = float(amounts.get(step, 0.0))
        if step == "late_data" and not amount:
            continue
        kind = "total" if step == "opening" else "in" if amount >= 0 else "out"
        rows.append((step, amount, *sorted((level, level + amount)), kind))
        level += amount
    rows.append(("closing", level, *sorted((0.0, level)), "total"))
    return pd.DataFrame(rows, columns=["step", "amount", "low", "high", "kind"])


def sum_ages(outstanding: pd.DataFrame) -> pd.DataFrame:
    """Sum what is accepted and unpaid by age, youngest first.

    Returns
    -------
    DataFrame
        ``age``, ``amount``, ``count`` and ``is_late`` (more than two weeks); an unknown age only
        where there is one.
    """
    totals = outstanding.groupby("age_class_code")[["outstanding_amount", "outstanding_count"]]
    summed = totals.sum().reindex(AGE_CLASSES).fillna(0).astype(float)
    ages = pd.DataFrame(
        {
            "age": AGE_CLASSES,
            "amount": summed["outstanding_amount"].to_numpy(),
            "count": summed["outstanding_count"].to_numpy(dtype=int),
            "is_late": [name in LATE_CLASSES for name in AGE_CLASSES],
        }
    )
    return ages[(ages["age"] != "unknown") | (ages["count"] > 0)].reset_index(drop=True)


def _divide(part: pd.Series, whole: pd.Series) -> np.ndarray:
    return (part / whole.where(whole > 0)).to_numpy(dtype=float)
