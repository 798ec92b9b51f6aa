"""Developed rates a second time, from statistics.md in plain Python: no SQL was copied.

A cohort is what one SKU sold in one channel on one day. A curve says which share of a cohort's
returns has come at an age: the product limit in reverse time, over the returns of half a year.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import ARRIVED, AS_OF, UNKNOWN, to_day
from tests.warehouse.recomputation import Recomputation

Record = dict[str, Any]
OLDEST_AGE = 120  # days; older cohorts count as this old
HALF_YEAR, YEAR = 182, 364
ENOUGH = 50  # returned units from which a pool has a curve of its own
AT_RISK = 5  # units: fewer say nothing about the tail
WINDOW = 30  # days in which goods may be sent back, of the hand-written settings
MIXED_DAYS = 7  # after a change of policy orders from before it are still delivered
MILLION = 1_000_000
MONTHS = 13  # past month ends of which is said what was believed then


@dataclass(frozen=True)
class Cohort:
    """Units of an order line that arrived on a known day, and what has come back of them."""

    order_line_id: str
    order_id: str
    sku: str
    style_id: str
    category: str
    channel: str
    day: date
    delivered: int
    net: int
    returned: int
    returned_net: int
    is_bracketed: bool

    @property
    def cell(self) -> tuple[str, str]:
        return self.category, self.channel

    @property
    def unbracketed(self) -> tuple[int, int]:
        """Delivered and returned units; none where sizes were ordered to keep one."""
        return (0, 0) if self.is_bracketed else (self.delivered, self.returned)


@dataclass(frozen=True)
class Lag:
    """Units that came back so many days after their delivery."""

    category: str
    channel: str
    day: date
    days: int
    units: int


@dataclass(frozen=True)
class Curve:
    """Shares developed by age, in millionths, and whose returns they were read from."""

    shares: tuple[int, ...]
    pool: int
    units: int
    is_tail_seen: bool


class Development:
    """What statistics.md, section 1, makes of the order lines and return lines of a shop.

    Parameters
    ----------
    core : Recomputation
    """

    def __init__(self, core: Recomputation) -> None:
        self.core = core
        self.products = {row["sku"]: row for row in core.get("products")}
        self.policy_day = self.date_policy()
        self.cohorts = list(self.list_cohorts())
        self.lags = list(self.list_lags())
        self.curves = self.draw_curves(AS_OF)
        self.bases = self.compute_bases()

    def style_of(self, sku: str) -> str:
        return str(self.products.get(sku, {}).get("style_id") or sku)

    def category_of(self, sku: str) -> str:
        return str(self.products.get(sku, {}).get("category") or UNKNOWN)

    def date_policy(self) -> date | None:
        """First day of the newest policy; None while there is one."""
        first: dict[str, date] = {}
        for order in self.core.get("orders"):
            day = to_day(order["ordered_at"])
            if order.get("policy_id") and day and day <= AS_OF:
                first[order["policy_id"]] = min(day, first.get(order["policy_id"], day))
        days = set(first.values())
        return max(days) if len(days) > 1 else None

    def find_bracketed(self) -> set[tuple[str, str]]:
        """Orders and styles of which two or more sizes were ordered."""
        sizes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in self.core.get("order_lines"):
            size = self.products.get(row["sku"], {}).get("size_label")
            if row["order_line_id"] not in self.core.legs and size:
                sizes[row["order_id"], self.style_of(row["sku"])].add(size)
        return {key for key, some in sizes.items() if len(some) > 1}

    def list_cohorts(self) -> Iterator[Cohort]:
        bracketed = self.find_bracketed()
        for line in self.core.list_order_lines():
            if line["is_exchange_leg"] or line["delivery_state_code"] != ARRIVED[0]:
                continue
            style = self.style_of(line["sku"])
            yield Cohort(
                order_line_id=line["order_line_id"],
                order_id=line["order_id"],
                sku=line["sku"],
                style_id=style,
                category=self.category_of(line["sku"]),
                channel=line["channel_name"],
                day=line["delivered_date"],
                delivered=line["delivered_count"],
                net=line["delivered_net_amount"],
                returned=line["returned_count"],
                returned_net=line["returned_net_amount"],
                is_bracketed=(line["order_id"], style) in bracketed,
            )

    def list_lags(self) -> Iterator[Lag]:
        """The reporting triangle; a return before its delivery is seen on the first day."""
        arrivals: dict[str, list[date]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            day = to_day(row["received_at"])
            if day and day <= AS_OF:
                arrivals[row["return_line_id"]].append(day)
        for row in self.core.return_lines:
            came = row["event_date"]
            if self.core.has_receipts:
                came = min(arrivals[row["return_line_id"]], default=None)
            if (
                row["is_counted_in_cohort"]
                and row["returned_count"]
                and came
                and row["cohort_date"]
            ):
                yield Lag(
                    category=self.category_of(row["sku"]),
                    channel=row["channel_name"],
                    day=row["cohort_date"],
                    days=max((came - row["cohort_date"]).days, 0),
                    units=row["returned_count"],
                )

    def is_after(self, day: date) -> bool:
        return self.policy_day is not None and day >= self.policy_day

    def is_mixed(self, day: date) -> bool:
        return self.is_after(day) and (day - self.policy_day).days < MIXED_DAYS

    def draw_curves(self, as_of: date) -> dict[tuple[str, str, bool], Curve]:
        """The curve of each category, channel and side of the policy, as known on a day."""
        seen = [
            lag
            for lag in self.lags
            if lag.day + timedelta(days=lag.days) <= as_of
            and (as_of - lag.day).days < HALF_YEAR
            and not self.is_mixed(lag.day)
        ]
        groups = {(*c.cell, self.is_after(c.day)) for c in self.cohorts if c.day <= as_of}
        if not seen:
            # Nothing came back: all is taken as come once the window and two weeks are over.
            shares = [MILLION * (age >= WINDOW + 14) for age in range(OLDEST_AGE + 1)]
            return {group: Curve(tuple(shares), 5, 0, is_tail_seen=False) for group in groups}
        earlier = [lag for lag in seen if not self.is_after(lag.day)]
        tail = compute_product_limit(earlier, as_of) if earlier else [1.0] * (OLDEST_AGE + 1)
        return {group: self.choose_curve(group, seen, tail, as_of) for group in groups}

    def choose_curve(
        self, group: tuple[str, str, bool], seen: list[Lag], tail: list[float], as_of: date
    ) -> Curve:
        """The narrowest pool with enough returns; the shop whatever the policy always will do."""
        category, channel, is_after = group
        side = [lag for lag in seen if self.is_after(lag.day) == is_after]
        of_category = [lag for lag in side if lag.category == category]
        of_cell = [lag for lag in of_category if lag.channel == channel]
        pools = (of_cell, of_category, side)
        number, pool = next(
            (
                (number, pool)
                for number, pool in enumerate(pools, start=1)
                if sum(lag.units for lag in pool) >= ENOUGH
            ),
            (4, seen),
        )
        shares = compute_product_limit(pool, as_of)
        last = max((as_of - lag.day).days for lag in pool)
        if is_after and number < 4:
            # What cohorts since the change are too young to show, the earlier ones must say.
            at_last = tail[last] if last <= OLDEST_AGE else 1.0
            shares = [
                share * at_last if age <= last else tail[age] for age, share in enumerate(shares)
            ]
        return Curve(
            shares=tuple(to_millionths(share) for share in shares),
            pool=number,
            units=sum(lag.units for lag in pool),
            is_tail_seen=last >= min(WINDOW + 14, OLDEST_AGE),
        )

    def share_of(
        self, cohort: Cohort, curves: Mapping[tuple[str, str, bool], Curve], as_of: date
    ) -> int:
        curve = curves[(*cohort.cell, self.is_after(cohort.day))]
        return curve.shares[min((as_of - cohort.day).days, OLDEST_AGE)]

    def compute_bases(self) -> dict[tuple[str, str], Record]:
        """Returned units ÷ developed exposure of each category and channel, over a year."""
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for cohort in self.cohorts if self.curves else ():
            if (AS_OF - cohort.day).days >= YEAR:
                continue
            share = self.share_of(cohort, self.curves, AS_OF)
            delivered, returned = cohort.unbracketed
            sums[cohort.cell].update(
                exposure=cohort.delivered * share,
                returned=cohort.returned,
                net_exposure=cohort.net * share,
                returned_net=cohort.returned_net,
                unbracketed_exposure=delivered * share,
                unbracketed_returned=returned,
            )
        pairs = {
            "base_rate": ("returned", "exposure"),
            "unbracketed_base_rate": ("unbracketed_returned", "unbracketed_exposure"),
            "base_value_rate": ("returned_net", "net_exposure"),
        }
        return {
            cell: {
                name: Fraction(MILLION * total[top], total[bottom]) if total[bottom] > 0 else None
                for name, (top, bottom) in pairs.items()
            }
            for cell, total in sums.items()
        }

    def base_of(self, cohort: Cohort, name: str) -> Fraction:
        return self.bases.get(cohort.cell, {}).get(name) or Fraction(0)

    def frame_curves(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "category_name": category,
                "channel_name": channel,
                "is_after_policy_change": is_after,
                "age_days": age,
                "pool_number": curve.pool,
                "pooled_count": curve.units,
                "developed_share": share / MILLION,
                "is_tail_seen": curve.is_tail_seen,
            }
            for (category, channel, is_after), curve in self.curves.items()
            for age, share in enumerate(curve.shares)
        )


def to_millionths(share: float | Fraction) -> int:
    """Whole millionths; a half is rounded up, also where the order of sums moved it by a hair."""
    return math.floor(round(share * MILLION, 3) + Fraction(1, 2))


def compute_product_limit(pool: list[Lag], as_of: date) -> list[float]:
    """Share of the returns that have come by each age, 0 to the oldest.

    At each age stand the units that came back within it and could have been seen later; the share
    of them that came at that very age is what was still missing one day before.
    """
    came = Counter[int]()
    at_risk = Counter[int]()
    for lag in pool:
        last = (as_of - lag.day).days
        came[min(lag.days, OLDEST_AGE)] += lag.units
        for age in range(min(lag.days, OLDEST_AGE), min(last, OLDEST_AGE) + 1):
            at_risk[age] += lag.units
    first = min(came)
    shares = [1.0]
    for age in range(OLDEST_AGE, 0, -1):
        is_told = at_risk[age] >= AT_RISK and came[age] < at_risk[age]
        shares.append(shares[-1] * (1 - came[age] / at_risk[age] if is_told else 1.0))
    return [share if age >= first else 0.0 for age, share in enumerate(reversed(shares))]
