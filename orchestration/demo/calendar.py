"""When the synthetic shop sells: months, days, seasons and the planted scenario."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Scenario = Literal["flat", "growth", "promotion", "policy_change"]
SCENARIOS: Final[tuple[Scenario, ...]] = ("flat", "growth", "promotion", "policy_change")
DEFAULT_UNTIL: Final = date(2026, 10, 31)
MONTHS: Final = 24
# Monday to Sunday.
WEEKDAY_WEIGHTS: Final = (0.9, 0.85, 0.85, 0.9, 1.0, 1.25, 1.3)
MONTH_WEIGHTS: Final = (0.95, 0.8, 1.1, 1.05, 1.0, 0.95, 1.05, 0.85, 1.05, 1.15, 1.2, 1.1)
GROWTH_PER_MONTH: Final = 1.05
PROMOTION_FACTOR: Final = 3.0
PROMOTION_DAYS: Final = 10  # the promotion ends this many days after it began
PROMOTION_BEGAN_BEFORE_UNTIL: Final = 24  # days
POLICY_CHANGED_BEFORE_UNTIL: Final = 120  # days


@dataclass(frozen=True)
class SalesCalendar:
    """Days of the shop and how much of the sales falls on each.

    Attributes
    ----------
    first_day, until : date
        Both included.
    scenario : str
    weights : float array of shape (n_days,)
        Sum 1.
    """

    first_day: date
    until: date
    scenario: Scenario
    weights: npt.NDArray[np.float64]

    @property
    def policy_changed_on(self) -> date | None:
        """Day from which orders fall under the longer window, where that is planted."""
        if self.scenario != "policy_change":
            return None
        return self.until - timedelta(days=POLICY_CHANGED_BEFORE_UNTIL)

    def list_months(self) -> list[tuple[date, npt.NDArray[np.int64]]]:
        """List each month's first day and the indexes of its days."""
        months: dict[date, list[int]] = {}
        for index in range(len(self.weights)):
            day = self.first_day + timedelta(days=index)
            months.setdefault(day.replace(day=1), []).append(index)
        return [(month, np.array(days, dtype=np.int64)) for month, days in months.items()]


def build_calendar(until: date, *, scenario: Scenario) -> SalesCalendar:
    """Build the calendar of the two years that end on ``until``."""
    month_index = until.year * 12 + until.month - 1 - (MONTHS - 1)
    first = date(month_index // 12, month_index % 12 + 1, 1)
    weights = []
    for offset in range((until - first).days + 1):
        day = first + timedelta(days=offset)
        weight = WEEKDAY_WEIGHTS[day.weekday()]
        if scenario != "flat":
            days_in_month = monthrange(day.year, day.month)[1]
            weight *= MONTH_WEIGHTS[day.month - 1] * 30 / days_in_month
        if scenario == "growth":
            weight *= GROWTH_PER_MONTH ** (offset / 30)
        began = (until - day).days
        ended = PROMOTION_BEGAN_BEFORE_UNTIL - PROMOTION_DAYS
        if scenario == "promotion" and ended < began <= PROMOTION_BEGAN_BEFORE_UNTIL:
            weight *= PROMOTION_FACTOR
        weights.append(weight)
    shares = np.array(weights)
    return SalesCalendar(first, until, scenario, shares / shares.sum())


def split_lines(lines: int, *, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Split a whole number by weights; the parts sum to it (largest remainder)."""
    exact = lines * weights / weights.sum()
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - parts), kind="stable")
    parts[order[: lines - int(parts.sum())]] += 1
    return np.asarray(parts)
