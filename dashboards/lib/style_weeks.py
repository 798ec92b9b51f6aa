"""Which weeks the trend of a style shows: while it was delivered, and where there is enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from dashboards.lib.measures import add_rates
from dashboards.lib.weeks import choose_step, spread_over_weeks

POINTS: Final = 26  # at most
LEAST_DRAWN: Final = 8  # deliveries of a point that a line may show
RATES: Final = ("returned_rate", "low_rate", "high_rate")


@dataclass(frozen=True)
class Window:
    """The weeks of a trend.

    Attributes
    ----------
    as_of, until : date
    step, points : int
    """

    as_of: date
    until: date
    step: int
    points: int

    def spread(self, counted: pd.DataFrame) -> pd.DataFrame:
        """Lay counts per week on the window."""
        return spread_over_weeks(
            counted, as_of=self.as_of, points=self.points, step=self.step, until=self.until
        )


def find_window(counted: pd.DataFrame, *, as_of: date) -> Window:
    """Choose the weeks to show: up to the last delivery, and not before the first."""
    delivered = counted[counted["delivered_count"] > 0]
    if delivered.empty:
        return Window(as_of=as_of, until=as_of, step=1, points=POINTS)
    first, last = (
        pd.Timestamp(delivered["week_start_date"].agg(which)).date() for which in ("min", "max")
    )
    step = choose_step(delivered)
    held = -(-((last - first).days // 7 + 1) // step)
    return Window(as_of=as_of, until=last, step=step, points=min(POINTS, held))


def trim_points(weeks: pd.DataFrame) -> pd.DataFrame:
    """Leave points with few deliveries out of a line, and lone points beyond its ends.

    Parameters
    ----------
    weeks : DataFrame
        From ``spread_over_weeks``.

    Returns
    -------
    DataFrame
        Rates of points that cannot be judged are missing: a line breaks there.
    """
    is_judged = weeks["delivered_count"] >= LEAST_DRAWN
    before, after = is_judged.shift(1, fill_value=False), is_judged.shift(-1, fill_value=False)
    in_line = is_judged & (before | after)
    if in_line.any():
        kept = slice(in_line.idxmax(), in_line[::-1].idxmax())
        weeks = weeks.loc[kept]
    return _blank_few(weeks)


def take_expected(weeks: pd.DataFrame) -> pd.DataFrame:
    """Take the rate that category and channel make one expect, at the same points."""
    rate = weeks["expected_returns"] / weeks["delivered_count"].where(lambda n: n > 0)
    return weeks.assign(returned_rate=rate.where(weeks["returned_rate"].notna()))


def take_year_ago(weeks: pd.DataFrame) -> pd.DataFrame:
    """Take the rate of the same weeks of the year before, at the same points."""
    before = weeks[["week_start_date", "is_undeveloped"]].assign(
        delivered_count=weeks["year_ago_delivered_count"],
        returned_count=weeks["year_ago_returned_count"],
    )
    return _blank_few(add_rates(before))


def _blank_few(points: pd.DataFrame) -> pd.DataFrame:
    is_judged = points["delivered_count"] >= LEAST_DRAWN
    rates = {name: points[name].where(is_judged) for name in RATES}
    return points.assign(**rates).reset_index(drop=True)
