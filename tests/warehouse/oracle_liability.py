"""Refund liability and return asset of past and present days a second time, in plain Python.

After the words of statistics.md, section 6, and of the models' descriptions: what is asked back at
each age of a cohort, of which style, and what comes of a return that was asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

import pandas as pd

from tests.warehouse.landed_facts import round_half_up
from tests.warehouse.oracle_announcements import LOST_DAYS, Announced, Announcements, Cell
from tests.warehouse.oracle_cash import MONTH_ENDS
from tests.warehouse.oracle_development import MILLION, OLDEST_AGE, Cohort, Development

YEAR = 365
BORROWED_UNITS = 100  # of the shop, for a category and channel
LATE_DAYS = 28
BORROWED_RETURNS = 10  # of the shop, for a style
UNGRADED_DAYS = 30  # after the arrival
RECOVERABLE, RECOVERY_COST = 0.8, 500


class LiabilityOracle:
    """What a shop was expected to refund on a day.

    Parameters
    ----------
    announcements : Announcements
    as_of : date
    """

    def __init__(self, announcements: Announcements, as_of: date) -> None:
        self.announcements, self.as_of = announcements, as_of
        self.developed = announcements.developed
        self.cohorts = [c for c in self.developed.cohorts if c.day <= as_of]
        self.recent = [c for c in self.cohorts if (as_of - c.day).days < YEAR]
        self.returns = [one for one in announcements.rows if one.day <= as_of]

    @cached_property
    def rates(self) -> dict[tuple[Cell, bool], tuple[list[int], list[int]]]:
        """Units and value asked back at each age, in millionths, by cell and side of the policy."""
        is_after, is_mixed = self.developed.is_after, self.developed.is_mixed
        watched = [c for c in self.recent if not is_mixed(c.day)]
        days = {(c.cell, c.day) for c in watched}
        sold: dict[tuple[object, bool], list[Counter[str]]] = defaultdict(_make_ages)
        for cohort in watched:
            for group in (cohort.cell, "shop"):
                ages = sold[group, is_after(cohort.day)]
                for age in range(min((self.as_of - cohort.day).days, OLDEST_AGE) + 1):
                    ages[age].update(units=cohort.delivered, net=cohort.net)
        for one in self.returns:
            if (one.cell, one.cohort) in days:
                age = min(max((one.day - one.cohort).days, 0), OLDEST_AGE)
                if age <= (self.as_of - one.cohort).days:
                    for group in (one.cell, "shop"):
                        ages = sold[group, is_after(one.cohort)]
                        ages[age].update(back_units=one.units, back_net=one.net)
        asked = sum(age["back_units"] for side in (True, False) for age in sold["shop", side])
        units = sum(sold["shop", side][0]["units"] for side in (True, False))
        net = sum(sold["shop", side][0]["net"] for side in (True, False))
        back = sum(age["back_net"] for side in (True, False) for age in sold["shop", side])
        # Discounts above the price can make a value negative: it says nothing of what comes.
        if not asked or not units or net <= 0 or back < 0:
            return {}
        weights = {"units": Fraction(BORROWED_UNITS), "net": Fraction(BORROWED_UNITS * net, units)}
        found = {}
        late = {name: self._list_late(sold, name, weights) for name in weights}
        for cell, side in {(c.cell, is_after(c.day)) for c in self.cohorts}:
            found[cell, side] = tuple(
                [
                    self._rate(sold, (cell, side), age, name, weights[name])
                    + (late[name][age] if side else 0)
                    for age in range(OLDEST_AGE + 1)
                ]
                for name in ("units", "net")
            )
        return found

    def _list_late(
        self,
        sold: dict[tuple[object, bool], list[Counter[str]]],
        name: str,
        weights: dict[str, Fraction],
    ) -> list[int]:
        """What has not come since a change as it did before, in the four weeks that follow."""
        ages = range(OLDEST_AGE + 1)
        seen = [age for age in ages if sold["shop", True][age]["units"] > 0]
        nothing = [0 for _ in ages]
        if not seen:
            return nothing
        rates = {
            one: [self._tell_shop_rates(sold, age, one, weights[one]) for age in ages]
            for one in weights
        }
        told = rates["units"]
        is_young = 100 * sum(told[age][0] for age in seen) < 99 * sum(one for one, _ in told)
        is_slow = sum(told[age][1] - told[age][0] for age in seen[-7:]) > 0
        missing = sum(rates[name][age][0] - rates[name][age][1] for age in seen)
        if missing <= 0 or not (is_young or is_slow):
            return nothing
        each = round_half_up(Fraction(missing, LATE_DAYS))
        return [each if seen[-1] < age <= seen[-1] + LATE_DAYS else 0 for age in ages]

    @staticmethod
    def _tell_shop_rates(
        sold: dict[tuple[object, bool], list[Counter[str]]], age: int, name: str, weight: Fraction
    ) -> tuple[int, int]:
        """The shop's rates at an age in millionths, before a change and since."""
        earlier, since = sold["shop", False][age], sold["shop", True][age]
        before = Fraction(earlier[f"back_{name}"], max(earlier[name], 1))
        after = (since[f"back_{name}"] + weight * before) / (since[name] + weight)
        return round_half_up(MILLION * before), round_half_up(MILLION * after)

    @staticmethod
    def _rate(
        sold: dict[tuple[object, bool], list[Counter[str]]],
        group: tuple[Cell, bool],
        age: int,
        name: str,
        weight: Fraction,
    ) -> int:
        """A cell borrows from the shop, the shop since a change from the shop before it."""
        earlier = sold["shop", False][age]
        if not any(
            some[age][f"back_{name}"] for some in (sold["shop", False], sold["shop", group[1]])
        ):
            return 0
        before = Fraction(earlier[f"back_{name}"], max(earlier[name], 1))
        shop, own = sold["shop", group[1]][age], sold[group][age]
        wide = (shop[f"back_{name}"] + weight * before) / (shop[name] + weight)
        return round_half_up(MILLION * (own[f"back_{name}"] + weight * wide) / (own[name] + weight))

    def later(self, cohort: Cohort, measure: int) -> int:
        """Share still to be asked for, in millionths; ``measure`` 0 is units, 1 is value."""
        rates = self.rates[cohort.cell, self.developed.is_after(cohort.day)][measure]
        return sum(rates[(self.as_of - cohort.day).days + 1 :])

    @cached_property
    def mixes(self) -> dict[Cell, Fraction]:
        """How much more is asked back of the styles whose returns are to come."""
        begin = self.as_of - timedelta(days=YEAR)
        in_the_end: Counter[str] = Counter()
        to_come: Counter[tuple[Cell, str]] = Counter()
        announced: Counter[str] = Counter()
        for cohort in self.cohorts:
            whole = sum(self.rates[cohort.cell, self.developed.is_after(cohort.day)][1])
            if cohort.day.replace(day=1) >= begin:
                in_the_end[cohort.style_id] += cohort.net * whole
            if (self.as_of - cohort.day).days <= OLDEST_AGE:
                to_come[cohort.cell, cohort.style_id] += cohort.net * self.later(cohort, 1)
        told = [one for one in self.returns if one.cohort.replace(day=1) >= begin]
        for one in told:
            announced[one.style] += one.net
        borrowed = Fraction(BORROWED_RETURNS * sum(one.net for one in told), max(len(told), 1))
        if borrowed <= 0:
            return {}
        left: Counter[str] = Counter()
        for (_, style), amount in to_come.items():
            left[style] += amount
        indexes = {
            style: (announced[style] + borrowed)
            / (Fraction(max(whole - left[style], 0), MILLION) + borrowed)
            for style, whole in in_the_end.items()
        }
        sums: dict[Cell, list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
        for (cell, style), amount in to_come.items():
            sums[cell][0] += amount * indexes[style]
            sums[cell][1] += amount
        return {cell: top / whole for cell, (top, whole) in sums.items() if whole > 0}

    @cached_property
    def watched(self) -> list[tuple[Announced, int, int, int]]:
        """Returns of a year that are four weeks old: arrived units and value, refunds or debts."""
        found = []
        for one in self.returns:
            if LOST_DAYS <= (self.as_of - one.day).days < LOST_DAYS + YEAR:
                came = one.has_arrived(self.as_of)
                paid = self.announcements.sum_paid(one.key, self.as_of)
                refunded = paid + self.announcements.debts[self.as_of, one.key]
                found.append((one, one.returned * came, one.returned_net * came, refunded))
        return found

    def is_resolving(self) -> bool:
        """Whether any of them was refunded or replaced by then."""
        late = date.max
        return any(
            self.announcements.was_paid_by(one.key, self.as_of)
            or self.announcements.shipped.get(one.key, late) <= self.as_of
            for one, *_ in self.watched
        )

    def share(self, *, longer_than: int = -YEAR, wish: bool | None = None) -> tuple[float, float]:
        """Units that arrive and yen refunded, per unit and yen announced; of some or of all."""
        some = [
            row
            for row in self.watched
            if row[0].waited(self.as_of) > longer_than and wish in (None, row[0].wants_exchange)
        ]
        units, net = sum(row[0].units for row in some), sum(row[0].net for row in some)
        came, paid = sum(row[1] for row in some), sum(row[3] for row in some)
        return (came / units if units else float("nan"), paid / net if net else float("nan"))

    def share_of_all(self) -> tuple[float, float]:
        """The same of every return; no rate of refunds where the shop settles nothing."""
        arrived, refunded = self.share()
        is_told = self.is_resolving() and sum(one.net for one, *_ in self.watched) > 0
        return arrived, refunded if is_told else float("nan")

    def rate_of(self, one: Announced) -> tuple[float, float]:
        """What comes of a return that was as long on its way; of all, where none was."""
        found = self.share(longer_than=(self.as_of - one.day).days, wish=one.wants_exchange)
        arrived, refunded = self.share_of_all()
        return (
            arrived if pd.isna(found[0]) else found[0],
            refunded if pd.isna(found[1]) else found[1],
        )

    def list_open(self) -> Iterator[Announced]:
        """Asked for, and neither accepted, paid, refused, exchanged nor long silent."""
        told = self.announcements
        for one in self.returns:
            came = one.has_arrived(self.as_of)
            since = one.arrived if came and one.arrived else one.day
            limit = UNGRADED_DAYS if came else LOST_DAYS + 1
            if not (
                (self.as_of - since).days >= limit
                or (one.dropped is not None and one.dropped <= self.as_of)
                or (came and (one.wants_exchange or one.key in told.exchanged))
                or told.was_paid_by(one.key, self.as_of)
                or any(day is None for day, _ in told.paid[one.key])
                or told.is_accepted(one.key, self.as_of)
            ):
                yield one

    def share_of_arrived(self) -> float:
        """Yen refunded per yen that arrived, where no exchange was asked for."""
        kept = [row for row in self.watched if not row[0].wants_exchange]
        net = sum(row[2] for row in kept)
        is_told = net > 0 and self.is_resolving()
        return sum(row[3] for row in kept) / net if is_told else float("nan")

    def frame(self) -> pd.DataFrame:
        """The estimates of rpt_refund_liability of the day; empty where nothing was asked back."""
        if not self.rates:
            return pd.DataFrame()
        sums: dict[Cell, Counter[str]] = defaultdict(Counter)
        for cohort in self.recent:
            cost = self.developed.products.get(cohort.sku, {}).get("unit_cost")
            sums[cohort.cell].update(
                units=cohort.delivered * self.later(cohort, 0),
                net=cohort.net * self.later(cohort, 1),
                costed=cohort.delivered if cost else 0,
                cost=int(cost) * cohort.delivered if cost else 0,
            )
        opened = list(self.list_open())
        return pd.DataFrame(
            self._describe(cell, total, [one for one in opened if one.cell == cell])
            for cell, total in sums.items()
        )

    def _describe(
        self, cell: Cell, total: Counter[str], opened: list[Announced]
    ) -> dict[str, object]:
        arrived, refunded = self.share_of_all()
        mix = float(self.mixes.get(cell, Fraction(1)))
        here = sum(one.returned_net for one in opened if one.has_arrived(self.as_of))
        on_way = [(one, *self.rate_of(one)) for one in opened if not one.has_arrived(self.as_of)]
        units = (1.0 if pd.isna(arrived) else arrived) * total["units"] * mix / MILLION
        units += sum((1.0 if pd.isna(share) else share) * one.units for one, share, _ in on_way)
        worth = total["cost"] / total["costed"] if total["costed"] else None
        return {
            "as_of_date": self.as_of,
            "channel_name": cell[1],
            "category_name": cell[0],
            "remaining_returned_units": units,
            "near_expected_refund_amount": refunded * total["net"] * mix / MILLION,
            "near_on_way_refund_amount": 0 * refunded
            + sum(
                rate if pd.isna(rate) else round_half_up(Fraction(rate * one.net))
                for one, _, rate in on_way
            ),
            "near_arrived_refund_amount": self.share_of_arrived() * here
            if here > 0
            else 0 * refunded,
            "near_return_asset_amount": None
            if worth is None
            else units * max(worth * RECOVERABLE - RECOVERY_COST, 0),
            "refunded_rate": refunded,
        }


def _make_ages() -> list[Counter[str]]:
    return [Counter() for _ in range(OLDEST_AGE + 1)]


def judge_days(developed: Development) -> list[LiabilityOracle]:
    """What was expected on every as-of day, the latest first."""
    announcements = Announcements(developed)
    return [LiabilityOracle(announcements, day) for day in MONTH_ENDS]


def frame_liabilities(days: list[LiabilityOracle]) -> pd.DataFrame:
    """Return the estimates of every as-of day of the mart."""
    return pd.concat([day.frame() for day in days], ignore_index=True)
