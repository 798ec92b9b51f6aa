"""Refund liability and return asset of past and present days a second time, in plain Python.

After the words of statistics.md, section 6, and of the models' descriptions: what is asked back at
each age of a cohort, of which style, and what comes of a return that was asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, round_half_up, to_day, was_paid
from tests.warehouse.oracle_cash import MONTH_ENDS, list_acceptances, list_debts
from tests.warehouse.oracle_development import MILLION, OLDEST_AGE, Cohort, Development

YEAR = 365
BORROWED_UNITS = 100  # of the shop, for a category and channel
BORROWED_RETURNS = 10  # of the shop, for a style
LOST_DAYS = 28  # on the way
UNGRADED_DAYS = 30  # after the arrival
RECOVERABLE, RECOVERY_COST = 0.8, 500
Cell = tuple[str, str]


@dataclass(frozen=True)
class Announced:
    """A customer return of a delivered line, from the day on which the shop knew of it."""

    key: str
    style: str
    cell: Cell
    wants_exchange: bool
    units: int
    net: int
    returned: int
    returned_net: int
    cohort: date
    day: date
    arrived: date | None
    dropped: date | None

    def has_arrived(self, as_of: date) -> bool:
        return self.arrived is not None and self.arrived <= as_of

    def waited(self, as_of: date) -> int:
        """Days on the way: to the arrival or the refusal, 29 for longer than four weeks."""
        ends = [end for end in (self.arrived, self.dropped) if end]
        return min([(end - self.day).days for end in (as_of, *ends)] + [LOST_DAYS + 1])


class Announcements:
    """Every return that the shop knew of, and what was paid, accepted or exchanged of it.

    Parameters
    ----------
    developed : Development
    """

    def __init__(self, developed: Development) -> None:
        self.developed, self.core = developed, developed.core
        self.requests = {row["return_line_id"]: row for row in self.core.requests}
        self.rows = list(self._list())
        self.paid: dict[str, list[tuple[date | None, int]]] = defaultdict(list)
        for row in self.core.get("refunds"):
            if was_paid(row) and row.get("return_line_id"):
                self.paid[row["return_line_id"]].append(
                    (to_day(row["paid_at"]), int(row["amount"]))
                )
        self.shipped: dict[str, date] = {}
        self.exchanged = {row["return_line_id"] for row in self.core.get("exchanges")}
        for row in self.core.get("exchanges"):
            day = to_day(self.core.when_shipped(row))
            if day:
                key = row["return_line_id"]
                self.shipped[key] = min(day, self.shipped.get(key, day))
        self.debts: Counter[tuple[date, str]] = Counter()
        for debt in list_debts(self.core):
            self.debts[debt.as_of, debt.key] += debt.amount

    def _list(self) -> Iterator[Announced]:
        arrivals: dict[str, list[date]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            day = to_day(row["received_at"])
            if day and day <= AS_OF:
                arrivals[row["return_line_id"]].append(day)
        for row in self.core.return_lines:
            request = self.requests[row["return_line_id"]]
            line = self.core.order_lines.get(row["order_line_id"] or "")
            came = row["event_date"]
            if self.core.has_receipts:
                came = min(arrivals[row["return_line_id"]], default=None)
            came = came if row["returned_count"] else None
            known = [day for day in (row["event_date"], came) if day]
            if not row["is_counted_in_cohort"] or not row["cohort_date"] or not known or not line:
                continue
            ordered = int(self.core.lines[line["order_line_id"]]["quantity"])
            units = row["requested_count"]
            decided = to_day(request.get("decided_at"))
            yield Announced(
                key=row["return_line_id"],
                style=self.developed.style_of(row["sku"]),
                cell=(self.developed.category_of(line["sku"]), line["channel_name"]),
                wants_exchange=request.get("requested_resolution") == "exchange",
                units=units,
                net=round_half_up(Fraction(line["net_amount"] * units, ordered)),
                returned=row["returned_count"],
                returned_net=row["returned_net_amount"] or 0,
                cohort=row["cohort_date"],
                day=min(known),
                arrived=came,
                dropped=(decided or min(known)) if self.core.is_dropped(request) else None,
            )

    def is_accepted(self, key: str, as_of: date) -> bool:
        """Whether a debt began by then; what is exchanged or dropped is never one."""
        request = self.requests[key]
        if (
            key in self.exchanged
            or request.get("requested_resolution") == "exchange"
            or self.core.is_dropped(request)
        ):
            return False
        steps = list_acceptances(self.core, request)
        return any(units and (day is None or day <= as_of) for day, units in steps)

    def sum_paid(self, key: str, as_of: date) -> int:
        """Refunds of known days up to a day."""
        return sum(amount for day, amount in self.paid[key] if day and day <= as_of)

    def was_paid_by(self, key: str, as_of: date) -> bool:
        return any(day and day <= as_of for day, _ in self.paid[key])


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
        for cell, side in {(c.cell, is_after(c.day)) for c in self.cohorts}:
            found[cell, side] = tuple(
                [
                    self._rate(sold, (cell, side), age, name, weights[name])
                    for age in range(OLDEST_AGE + 1)
                ]
                for name in ("units", "net")
            )
        return found

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

    def frame(self) -> pd.DataFrame:
        """The estimates of rpt_refund_liability of the day; empty where nothing was asked back."""
        if not self.rates:
            return pd.DataFrame()
        arrived, refunded = self.share_of_all()
        kept = [row for row in self.watched if not row[0].wants_exchange]
        kept_net = sum(row[2] for row in kept)
        of_arrived = sum(row[3] for row in kept) / kept_net if kept_net > 0 else float("nan")
        of_arrived = of_arrived if self.is_resolving() else float("nan")
        sums: dict[Cell, Counter[str]] = defaultdict(Counter)
        for cohort in self.recent:
            cost = self.developed.products.get(cohort.sku, {}).get("unit_cost")
            sums[cohort.cell].update(
                units=cohort.delivered * self.later(cohort, 0),
                net=cohort.net * self.later(cohort, 1),
                costed=cohort.delivered if cost else 0,
                cost=int(cost) * cohort.delivered if cost else 0,
            )
        opened: dict[Cell, list[Announced]] = defaultdict(list)
        for one in self.list_open():
            opened[one.cell].append(one)
        rows = []
        for cell, total in sums.items():
            mix = float(self.mixes.get(cell, Fraction(1)))
            coming = [one for one in opened[cell] if not one.has_arrived(self.as_of)]
            here = sum(o.returned_net for o in opened[cell] if o.has_arrived(self.as_of))
            units = (1.0 if pd.isna(arrived) else arrived) * total["units"] * mix / MILLION
            on_way = [(one, *self.rate_of(one)) for one in coming]
            units += sum((1.0 if pd.isna(a) else a) * one.units for one, a, _ in on_way)
            worth = total["cost"] / total["costed"] if total["costed"] else None
            rows.append(
                {
                    "as_of_date": self.as_of,
                    "channel_name": cell[1],
                    "category_name": cell[0],
                    "remaining_returned_units": units,
                    "near_expected_refund_amount": refunded * total["net"] * mix / MILLION,
                    "near_on_way_refund_amount": 0 * refunded
                    + sum(r if pd.isna(r) else round(r * one.net) for one, _, r in on_way),
                    "near_arrived_refund_amount": (of_arrived * here if here > 0 else 0 * refunded),
                    "near_return_asset_amount": None
                    if worth is None
                    else units * max(worth * RECOVERABLE - RECOVERY_COST, 0),
                    "refunded_rate": refunded,
                }
            )
        return pd.DataFrame(rows)


def _make_ages() -> list[Counter[str]]:
    return [Counter() for _ in range(OLDEST_AGE + 1)]


def frame_liabilities(developed: Development) -> pd.DataFrame:
    """Return the estimates of every as-of day of the mart."""
    announcements = Announcements(developed)
    frames = [LiabilityOracle(announcements, day).frame() for day in MONTH_ENDS]
    return pd.concat(frames, ignore_index=True)
