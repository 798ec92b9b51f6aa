"""Who orders again after a settlement a second time: customer by customer, match by match."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import pandas as pd

from tests.warehouse.landed_facts import (
    AS_OF,
    UNKNOWN,
    Record,
    is_known,
    round_half_up,
    to_day,
)
from tests.warehouse.oracle_costs import OWN_RETURNS
from tests.warehouse.oracle_development import MILLION
from tests.warehouse.oracle_outcomes import OutcomeOracle

WINDOWS = (90, 180, 365)
SPEEDS = ((1, "days_0_1"), (3, "days_2_3"), (7, "days_4_7"), (14, "days_8_14"))
LAST = date.max


class Settled(NamedTuple):
    """What a customer's return, exchange or bring-back ended in; no day while it is open."""

    day: date
    event: date
    outcome: str
    source: str
    speed: str


class Sale(NamedTuple):
    """An order of a customer that sold something."""

    day: date | None
    moment: str
    order_id: str
    contribution: int
    uncosted: int


class RepeatOracle:
    """Customers, their first settlement and what they ordered after it.

    Parameters
    ----------
    outcomes : OutcomeOracle
    episodes : list of record
        Of ``Costs.list_episodes`` of the same rows.
    """

    def __init__(self, outcomes: OutcomeOracle, episodes: list[Record]) -> None:
        self.outcomes = outcomes
        self.core = outcomes.core
        self.customer_of = {
            key: row["customer_id"]
            for key, row in self.core.orders.items()
            if row.get("customer_id")
        }
        self.sales = self.list_sales(episodes)
        self.first_days = dict(self.find_first_days())
        self.settled = self.choose_settled()
        self.mixes = {
            customer: (some[0].order_id, self.first_days[customer])
            for customer, some in self.sales.items()
            if self.first_days.get(customer)
        }

    def list_sales(self, episodes: list[Record]) -> dict[str, list[Sale]]:
        """Orders by customer, the earliest first and those of unknown days last."""
        earned: dict[str, Counter[str]] = defaultdict(Counter)
        for row in episodes:
            uncosted = row["uncosted_count"] > 0
            value = 0 if uncosted else row["contribution"]
            earned[row["order_id"]].update(contribution=value, uncosted=uncosted)
        sold = {
            line["order_id"]
            for line in self.core.order_lines.values()
            if not line["is_exchange_leg"] and line["delivery_state_code"] != "cancelled"
        }
        sales: dict[str, list[Sale]] = defaultdict(list)
        for order_id in sold & self.customer_of.keys():
            moment = self.core.orders[order_id]["ordered_at"]
            total = earned[order_id]
            sales[self.customer_of[order_id]].append(
                Sale(to_day(moment), moment, order_id, total["contribution"], total["uncosted"])
            )
        for some in sales.values():
            some.sort(key=lambda sale: (sale.day is None, sale.moment, sale.order_id))
        return sales

    def find_first_days(self) -> Iterator[tuple[str, date | None]]:
        """The first landed order, or the day of the customers file if that is earlier."""
        days: dict[str, list[date]] = defaultdict(list)
        for order_id, customer in self.customer_of.items():
            moment = self.core.orders[order_id]["ordered_at"]
            if is_known(moment):
                days[customer] += [day for day in [to_day(moment)] if day]
        for row in self.core.get("customers"):
            days[row["customer_id"]] += [d for d in [to_day(row.get("first_order_at"))] if d]
        for customer, some in days.items():
            yield customer, min(some, default=None)

    def frame_customers(self) -> pd.DataFrame:
        """dim_customers: everybody whom an order or the customers file names."""
        counts: dict[str, list[date | None]] = defaultdict(list)
        for order_id, customer in self.customer_of.items():
            moment = self.core.orders[order_id]["ordered_at"]
            if is_known(moment):
                counts[customer].append(to_day(moment))
        filed = {row["customer_id"] for row in self.core.get("customers")}
        return pd.DataFrame(
            {
                "customer_id": customer,
                "order_count": len(counts[customer]),
                "is_in_customers_file": customer in filed,
                "first_order_date": self.first_days.get(customer),
                "last_order_date": max((d for d in counts[customer] if d), default=None),
            }
            for customer in {*counts, *filed}
        )

    def choose_settled(self) -> dict[str, Settled]:
        """The first settlement of each customer who sent something back, or had it brought back."""
        happened: dict[str, list[Settled]] = defaultdict(list)
        for row in self.core.return_lines:
            customer = self.customer_of.get(self.find_order(row) or "")
            if customer:
                happened[customer].append(self.describe_return(row))
        parcels = {row["shipment_id"]: row for row in self.core.get("shipments")}
        for event in self.core.get("delivery_events"):
            parcel = parcels.get(event["shipment_id"])
            if event["event_type"] != "bring_back" or not is_known(event["event_at"]) or not parcel:
                continue
            customer = self.customer_of.get(parcel["order_id"])
            if customer and parcel.get("kind") != "return":
                day = to_day(event["event_at"]) or LAST
                happened[customer].append(
                    Settled(day, day, "bring_back", event["shipment_id"], "none")
                )
        return {customer: min(some) for customer, some in happened.items()}

    def find_order(self, row: Record) -> str | None:
        line = self.core.order_lines.get(row["order_line_id"] or "")
        if line:
            return str(line["order_id"])
        return self.outcomes.requests[row["return_line_id"]].get("order_id")

    def describe_return(self, row: Record) -> Settled:
        """What a return line ended in, and how long after its arrival."""
        key, event = row["return_line_id"], row["event_date"] or LAST
        refunds = self.outcomes.refunds[key]
        shipped = [str(e["shipped_at"]) for e in self.outcomes.list_shipped(key)]
        paid = [r["paid_at"] for r in refunds if r["method"] != "credit"]
        credited = [r["paid_at"] for r in refunds if r["method"] == "credit"]
        outcome, moments = next(
            (
                (name, some)
                for name, some in (("exchange", shipped), ("refund", paid), ("credit", credited))
                if some
            ),
            ("", []),
        )
        day = min((d for d in map(to_day, moments) if d), default=None)
        if row["return_type_code"] not in OWN_RETURNS or day is None:
            return Settled(LAST, event, outcome, key, "none")
        arrivals = [
            to_day(r["received_at"])
            for r in self.core.get("return_receipts")
            if r["return_line_id"] == key and is_known(r["received_at"])
        ]
        arrived = min((d for d in arrivals if d), default=None)
        speed = UNKNOWN
        if arrived:
            past = (day - arrived).days
            speed = next((name for limit, name in SPEEDS if past <= limit), "days_15_up")
        return Settled(day, event, outcome, key, speed)

    def mix_of(self, customer: str) -> tuple[str, str, date] | None:
        """Channel and tier of the first sale, and the month of the first order."""
        if customer not in self.mixes:
            return None
        order_id, first = self.mixes[customer]
        order = self.core.orders[order_id]
        channel, tier = order.get("channel") or UNKNOWN, order.get("member_tier") or UNKNOWN
        return channel, tier, first.replace(day=1)

    def sum_window(self, customer: str, begin: date, window: int) -> tuple[bool, int, int]:
        """Whether there are orders in the days after one, what they earned, lines without cost."""
        some = [
            sale
            for sale in self.sales.get(customer, ())
            if sale.day and begin < sale.day <= begin + timedelta(days=window)
        ]
        return (
            bool(some),
            sum(sale.contribution for sale in some),
            sum(sale.uncosted for sale in some),
        )

    def match(self, customer: str, settled: Settled, window: int) -> list[tuple[bool, int, int]]:
        """What each customer of the same mix without a return did after as many days."""
        mix = self.mix_of(customer)
        if mix is None:
            return []
        lag = settled.day - self.mixes[customer][1]
        if lag.days < 0:
            return []
        return [
            self.sum_window(other, first + lag, window)
            for other, (_, first) in self.mixes.items()
            if other not in self.settled
            and self.mix_of(other) == mix
            and first + lag + timedelta(days=window) <= AS_OF
        ]

    def frame(self) -> pd.DataFrame:
        """rpt_repeat_purchases: windows that have ended."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for customer, settled in self.settled.items():
            for window in WINDOWS:
                if settled.day == LAST or (AS_OF - settled.day).days < window:
                    continue
                total = sums[settled.outcome, settled.speed, window]
                is_again, value, uncosted = self.sum_window(customer, settled.day, window)
                total.update(customer_count=1, again_count=is_again, value=value, uncosted=uncosted)
                matches = self.match(customer, settled, window)
                if not matches:
                    continue
                count = len(matches)
                again = Fraction(MILLION * sum(one[0] for one in matches), count)
                total.update(
                    matched_count=1,
                    matched_customer_again_count=is_again,
                    matched_again=round_half_up(again),
                    own_value=value,
                    own_uncosted=uncosted,
                    other_value=round_half_up(Fraction(sum(one[1] for one in matches), count)),
                    other_uncosted=sum(one[2] for one in matches),
                )
        return pd.DataFrame(describe_sums(place, total) for place, total in sums.items())


def describe_sums(place: tuple[Any, ...], total: Counter[str]) -> Record:
    """One row: values of which a line has no cost are not known, nor those of no match."""
    names = ("customer_count", "again_count", "matched_count", "matched_customer_again_count")
    is_matched = total["matched_count"] > 0
    own_known = is_matched and not total["own_uncosted"]
    other_known = is_matched and not total["other_uncosted"]
    return {
        **dict(zip(("outcome_code", "speed_code", "window_days"), place, strict=True)),
        **{name: total[name] for name in names},
        "value_amount": None if total["uncosted"] else total["value"],
        "matched_again": total["matched_again"] / MILLION if is_matched else None,
        "matched_customer_value_amount": total["own_value"] if own_known else None,
        "matched_value_amount": total["other_value"] if other_known else None,
    }
