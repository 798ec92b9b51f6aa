"""The cash forecast a second time, in plain Python: who waits, who will ask, and how long it takes.

After the description of rpt_cash_forecast: returns that wait are paid as half a year's returns
were; returns of what is delivered, and of deliveries to come, are asked for at the rates of the
liability and then wait as long.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from tests.warehouse.landed_facts import to_day, was_paid
from tests.warehouse.oracle_announcements import Announced, Announcements
from tests.warehouse.oracle_cash import OUTSIDE
from tests.warehouse.oracle_development import MILLION, OLDEST_AGE, Development
from tests.warehouse.oracle_liability import LiabilityOracle

AHEAD = 56
LONGEST_WAIT = 90
HALF_YEAR = 182
LAST_YEAR, REACH = 364, 392
CHANCE = 3.0  # times the variance of single units
MILLIONTHS = 6  # digits that shares are kept with
Shares = dict[int, float]


class Waits:
    """When returns stopped waiting for money, and what was paid to the outside, and when.

    Parameters
    ----------
    told : Announcements
    """

    def __init__(self, told: Announcements) -> None:
        self.told = told
        self.announced = {one.key: one.day for one in told.rows}
        self.exits = {one.key: self._find_exit(one) for one in told.rows}
        self.payouts = [
            (row["method"], self.announced.get(row.get("return_line_id") or ""), day, amount)
            for row in told.core.get("refunds")
            if was_paid(row) and row["method"] in OUTSIDE
            for day, amount in [(to_day(row["paid_at"]), int(row["amount"]))]
            if day
        ]
        self.methods = sorted({method for method, *_ in self.payouts})

    def _find_exit(self, one: Announced) -> date | None:
        """Who asked for an exchange or credit waits for no cash from the first day on.

        Nor does who got it on a day that nobody knows.
        """
        wish = self.told.requests[one.key].get("requested_resolution")
        if wish in ("exchange", "credit") or self.told.is_settled_on_unknown_day(one.key):
            return one.day
        days = [day for day, _ in self.told.paid[one.key] if day]
        days += [self.told.shipped[one.key]] if one.key in self.told.shipped else []
        found = min(days, default=one.dropped)
        return max(found, one.day) if found else None


class ForecastOracle:
    """What a shop was expected to pay out in the eight weeks after a day.

    Parameters
    ----------
    waits : Waits
    liability : LiabilityOracle
        Of the same day.
    """

    def __init__(self, waits: Waits, liability: LiabilityOracle) -> None:
        self.waits, self.liability, self.as_of = waits, liability, liability.as_of
        self.developed: Development = waits.told.developed

    def age(self, day: date) -> int:
        return (self.as_of - day).days

    @cached_property
    def risks(self) -> list[tuple[int, int]]:
        """Value that was seen to wait so long, and what of it stopped waiting then, by age."""
        at_risk, exited = Counter[int](), Counter[int]()
        for one in self.waits.told.rows:
            if not 0 <= self.age(one.day) < HALF_YEAR:
                continue
            end = self.waits.exits[one.key]
            has_exited = end is not None and end <= self.as_of
            waited = ((end if end and has_exited else self.as_of) - one.day).days
            for age in range(min(waited, LONGEST_WAIT) + 1):
                at_risk[age] += one.net
            if has_exited and waited <= LONGEST_WAIT:
                exited[waited] += one.net
        return [(at_risk[age], exited[age]) for age in range(LONGEST_WAIT + 1)]

    @cached_property
    def open_shares(self) -> list[float]:
        """Share of the value that waits still after each age; the first entry is before age 0."""
        shares = [1.0]
        for left, gone in self.risks:
            shares.append(shares[-1] * (max(1 - gone / left, 1e-6) if left > 0 else 1.0))
        return shares

    def list_shares(self, method: str) -> list[float]:
        """What a method pays at each age, per value announced."""
        paid = Counter[int]()
        for rail, announced, day, amount in self.waits.payouts:
            if rail == method and announced and 0 <= self.age(announced) < HALF_YEAR:
                paid[max((day - announced).days, 0)] += amount if day <= self.as_of else 0
        return [
            round(self.open_shares[age] * paid[age] / left, MILLIONTHS) if left > 0 else 0.0
            for age, (left, _) in enumerate(self.risks)
        ]

    @cached_property
    def waiting(self) -> Counter[int]:
        """Value that waits on the day, by how long."""
        found = Counter[int]()
        for one in self.waits.told.rows:
            end = self.waits.exits[one.key]
            if 0 <= self.age(one.day) < LONGEST_WAIT and (end is None or end > self.as_of):
                found[self.age(one.day)] += one.net
        return found

    @cached_property
    def season(self) -> list[float]:
        """How the units of each week ahead differed from four weeks before, a year ago."""
        units = Counter[date]()
        for cohort in self.developed.cohorts:
            units[cohort.day] += cohort.delivered
        if not units or self.age(min(units)) < REACH:
            return [1.0] * 8

        def sum_days(first: int, last: int) -> int:
            start = self.as_of - timedelta(days=LAST_YEAR)
            return sum(units[start + timedelta(days=n)] for n in range(first, last + 1))

        base = sum_days(-27, 0)
        weeks = [sum_days(7 * week + 1, 7 * week + 7) for week in range(8)]
        if not base:
            return [1.0] * 8
        changes = [min(max(4 * week / base, 0.5), 2.0) - 1 for week in weeks]
        spread = sum(change**2 for change in changes) / 8
        return [
            round(
                1 + change * max(1 - (CHANCE / max(week, 1) + CHANCE / base) / spread, 0.0),
                MILLIONTHS,
            )
            if spread
            else 1.0
            for change, week in zip(changes, weeks, strict=True)
        ]

    @cached_property
    def asked(self) -> Shares:
        """Value expected to be asked back on each day ahead."""
        found: Shares = defaultdict(float)
        for cohort in self.liability.cohorts if self.liability.rates else ():
            age = self.age(cohort.day)
            side = cohort.cell, self.developed.is_after(cohort.day)
            mix = round(float(self.liability.mixes.get(cohort.cell, 1)), MILLIONTHS)
            steps = [round(rate * mix) / MILLION for rate in self.liability.rates[side][1]]
            for ahead in range(1, min(AHEAD, OLDEST_AGE - age) + 1):
                found[ahead] += cohort.net * steps[age + ahead]
            for day in range(1, AHEAD + 1) if age < 28 else ():
                if (day + age) % 7 == 0:
                    value = cohort.net / 4 * self.season[(day - 1) // 7]
                    for ahead in range(day, AHEAD + 1):
                        found[ahead] += value * steps[ahead - day]
        return found

    def list_amounts(self, method: str) -> Iterator[float]:
        """What leaves on each day ahead."""
        shares = self.list_shares(method)
        other = sum(
            amount
            for rail, announced, day, amount in self.waits.payouts
            if rail == method and announced is None and 0 <= self.age(day) < AHEAD
        )
        for ahead in range(1, AHEAD + 1):
            waiting = sum(
                value * shares[age + ahead] / left
                for age, value in self.waiting.items()
                if age + ahead <= LONGEST_WAIT
                and (left := round(self.open_shares[age + 1], MILLIONTHS))
            )
            coming = sum(self.asked[day] * shares[ahead - day] for day in range(1, ahead + 1))
            yield waiting + coming + other / AHEAD

    def guess(self, method: str, day: date) -> int:
        """What a calendar alone says."""
        first = min(day for _, _, day, _ in self.waits.payouts) + timedelta(days=60)
        before = day - timedelta(days=LAST_YEAR)
        if before >= first:
            return sum(m[3] for m in self.waits.payouts if m[0] == method and m[2] == before)
        recent = sum(
            amount
            for rail, _, paid, amount in self.waits.payouts
            if rail == method and 0 <= self.age(paid) < 28 and (day - paid).days % 7 == 0
        )
        return int(recent / 4 + 0.5)

    def list_rows(self) -> Iterator[dict[str, object]]:
        for method in self.waits.methods if self.liability.rates else ():
            for ahead, amount in enumerate(self.list_amounts(method), start=1):
                day = self.as_of + timedelta(days=ahead)
                yield {
                    "as_of_date": self.as_of,
                    "method_code": method,
                    "payout_date": day,
                    "near_forecast_amount": amount,
                    "naive_amount": self.guess(method, day),
                }


def frame_forecasts(days: list[LiabilityOracle]) -> pd.DataFrame:
    """Return the forecasts of the as-of days that the mart shows: the month end before is not."""
    waits = Waits(days[0].announcements)
    shown = sorted(days, key=lambda day: day.as_of)[-13:]
    return pd.DataFrame([row for day in shown for row in ForecastOracle(waits, day).list_rows()])
