"""Episodes a second time: each sold line is walked through its returns and replacements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, UNKNOWN, is_known, round_half_up, was_paid
from tests.warehouse.recomputation import Recomputation

LAST_LEG = 5
WINDOW = 30  # days, the return window of the hand-written settings
Record = dict[str, Any]


class Walk:
    """Follows each sold line through its returns and replacements.

    Parameters
    ----------
    core : Recomputation
        Order lines and return lines of the same rows.
    """

    def __init__(self, core: Recomputation) -> None:
        self.core = core
        self.returns: dict[str, list[Record]] = defaultdict(list)
        for row in core.return_lines:
            if row["is_matched"]:
                self.returns[row["order_line_id"]].append(row)
        self.dropped = {row["return_line_id"] for row in core.requests if core.is_dropped(row)}
        self.exchanges: dict[str, list[Record]] = defaultdict(list)
        for row in core.get("exchanges"):
            row["shipped_at"] = core.when_shipped(row)
            self.exchanges[row["return_line_id"]].append(row)
        self.money: dict[str, dict[str, int]] = defaultdict(dict)
        for row in core.get("refunds"):
            if was_paid(row) and row.get("return_line_id"):
                kind = "credited" if row["method"] == "credit" else "refunded"
                sums = self.money[row["return_line_id"]]
                sums[kind] = sums.get(kind, 0) + int(row["amount"])
        self.says_settled = core.says_settled()
        self.freight = dict(self.share_freight())

    def share_freight(self) -> Iterator[tuple[str, int]]:
        """The replacements of an order share its exchange parcels equally, if all costs are known.

        The n-th of them bears what the first n bear less what those before it do.
        """
        parcels: dict[str, list[str | None]] = defaultdict(list)
        for row in self.core.get("shipments"):
            if row.get("kind") == "exchange" and is_known(row["shipped_at"]):
                parcels[row["order_id"]].append(row.get("freight_cost"))
        lines: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.core.legs.intersection(self.core.lines)):
            lines[self.core.lines[key]["order_id"]].append(key)
        for order_id, costs in parcels.items():
            if None in costs:
                continue
            whole, borne = sum(int(cost or 0) for cost in costs), 0
            for number, key in enumerate(lines[order_id], start=1):
                until = round_half_up(Fraction(whole * number, len(lines[order_id])))
                yield key, until - borne
                borne = until

    def list_chains(self) -> Iterator[tuple[Record, list[Record]]]:
        for key, line in self.core.order_lines.items():
            if not line["is_exchange_leg"] and line["delivered_count"]:
                yield line, list(self.walk(key, depth=0, way=[]))

    def list_episodes(self) -> Iterator[Record]:
        return (self.sum_episode(line, legs) for line, legs in self.list_chains())

    def walk(self, key: str, *, depth: int, way: list[tuple[int, int]]) -> Iterator[Record]:
        """The legs from this line on; the way holds (price difference, units) of each exchange."""
        line = self.core.order_lines[key]
        leg = defaultdict(int, depth=depth, delivered=line["delivered_count"])
        leg["key"], leg["in_transit"] = key, line["in_transit_count"]
        leg["day"] = line["delivered_date"]
        unfollowed_difference = 0
        later: list[Record] = []
        for row in self.returns[key]:
            replaced, lost_difference, is_lost = 0, 0, False
            self.add_money(leg, row)
            for exchange in self.exchanges[row["return_line_id"]]:
                target = exchange.get("replacement_order_line_id")
                shipped = exchange["shipped_at"] is not None
                difference = int(exchange.get("price_difference") or 0)
                if target in self.core.order_lines and depth < LAST_LEG:
                    units = self.core.order_lines[target]["delivered_count"]
                    replaced += int(self.core.lines[target]["quantity"])
                    step = [(difference if shipped else 0, units)]
                    later += self.walk(target, depth=depth + 1, way=way + step)
                elif shipped:
                    lost_difference, is_lost = lost_difference + difference, True
                leg["is_cut"] |= target is not None and depth == LAST_LEG
            if row["return_type_code"] in ("customer_return", "exchange_leg"):
                leg["sent_back"] += row["sent_back_count"]
                units = max(row["sent_back_count"] - replaced, 0) if is_lost else 0
                leg["unfollowed"] += units
                unfollowed_difference += lost_difference if units else 0
        leg["held"] = max(leg["delivered"] + leg["unfollowed"] - leg["sent_back"], 0)
        for difference, units in way:
            if units:
                kept = min(leg["held"], units)
                leg["difference"] += round_half_up(Fraction(difference * kept, units))
        if leg["unfollowed"]:
            kept = min(leg["held"], leg["unfollowed"])
            leg["difference"] += round_half_up(
                Fraction(unfollowed_difference * kept, leg["unfollowed"])
            )
        yield leg
        yield from later

    def add_money(self, leg: Record, row: Record) -> None:
        """Refunds, exchanges and what is pending of one return line."""
        key = row["return_line_id"]
        money = self.money.get(key, {})
        shipped = [e for e in self.exchanges[key] if e["shipped_at"]]
        leg["refunded"] += money.get("refunded", 0)
        leg["credited"] += money.get("credited", 0)
        leg["exchanges"] += len(shipped)
        for exchange in shipped:
            leg["bonus"] += int(exchange.get("bonus_credit") or 0)
            free = exchange.get("is_shipping_free")
            target = exchange.get("replacement_order_line_id") or ""
            freight = self.freight.get(target)
            leg["subsidy"] += int(freight or 0) if free == "true" else 0
            leg["unknown"] += free is None or (free == "true" and freight is None)
        if row["return_type_code"] not in ("customer_return", "exchange_leg"):
            return
        if key in self.dropped:
            return
        day, sent_back = row["event_date"], row["sent_back_count"]
        is_recent = day is not None and (AS_OF - day).days <= WINDOW
        waits = sent_back < row["requested_count"] and is_recent and (shipped or not money)
        is_owed = self.says_settled and sent_back > 0 and not shipped and not money
        leg["pending"] += bool(waits) + is_owed

    def sum_episode(self, line: Record, legs: list[Record]) -> Record:
        total = {name: sum(leg[name] for leg in legs) for name in ("held", "bonus", "subsidy")}
        delivered = line["delivered_count"]
        kept = min(total["held"], delivered)
        value = round_half_up(Fraction(line["delivered_net_amount"] * kept, delivered))
        value += sum(leg["difference"] for leg in legs)
        is_open = any(leg["pending"] or leg["in_transit"] for leg in legs)
        last = max((leg["day"] for leg in legs if leg["day"]), default=None)
        return {
            "episode_id": line["order_line_id"],
            "delivered_count": delivered,
            "delivered_net_amount": line["delivered_net_amount"],
            "kept_count": kept,
            "kept_net_amount": value,
            "retained_durable_amount": value - total["bonus"] - total["subsidy"],
            "refunded_amount": sum(leg["refunded"] for leg in legs),
            "credited_amount": sum(leg["credited"] for leg in legs),
            "replacement_depth_count": max(leg["depth"] for leg in legs),
            "exchange_count": sum(leg["exchanges"] for leg in legs),
            "unfollowed_count": sum(leg["unfollowed"] for leg in legs),
            "unknown_subsidy_count": sum(leg["unknown"] for leg in legs),
            "is_returned": legs[0]["sent_back"] > 0,
            "is_open": is_open,
            "is_developed": not is_open and last is not None and (AS_OF - last).days > WINDOW,
            "is_more_held_than_sold": total["held"] > delivered,
            "is_chain_cut": any(leg["is_cut"] for leg in legs),
            "cohort_date": line["delivered_date"],
        }


def frame_episode_months(walk: Walk) -> pd.DataFrame:
    """rpt_episode_months: episodes summed by cohort month, channel and category."""
    sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    categories = {row["sku"]: row.get("category") for row in walk.core.get("products")}
    for line, legs in walk.list_chains():
        episode = walk.sum_episode(line, legs)
        cohort = episode["cohort_date"]
        place = (
            categories.get(line["sku"]) or UNKNOWN,
            line["channel_name"],
            episode["is_returned"],
            cohort and cohort.replace(day=1),
        )
        kept, delivered = episode["kept_count"], episode["delivered_count"]
        sums[place].update(
            episode_count=1,
            fully_kept_episode_count=kept == delivered,
            partly_kept_episode_count=0 < kept < delivered,
            open_episode_count=episode["is_open"],
            more_held_episode_count=episode["is_more_held_than_sold"],
            cut_chain_episode_count=episode["is_chain_cut"],
            **{name: episode[name] for name in SUMMED},
        )
        if episode["is_developed"]:
            names = ("delivered_count", "kept_count", "delivered_net_amount")
            sums[place].update(
                developed_episode_count=1,
                developed_retained_durable_amount=episode["retained_durable_amount"],
                **{f"developed_{name}": episode[name] for name in names},
            )
    return pd.DataFrame(
        dict(zip(MONTH_KEYS, place, strict=True)) | {name: total[name] for name in MONTH_COUNTS}
        for place, total in sums.items()
    )


def frame_kept_orders(walk: Walk) -> pd.DataFrame:
    """rpt_kept_orders: an order is kept where every delivered unit of it is."""
    orders: dict[str, list[Record]] = defaultdict(list)
    for line, legs in walk.list_chains():
        orders[line["order_id"]].append(line | walk.sum_episode(line, legs))
    sums: dict[tuple[str, Any], Counter[str]] = defaultdict(Counter)
    for episodes in orders.values():
        first = min((e["cohort_date"] for e in episodes if e["cohort_date"]), default=None)
        kept = sum(e["kept_count"] for e in episodes)
        is_full = kept == sum(e["delivered_count"] for e in episodes)
        is_developed = all(e["is_developed"] for e in episodes)
        sums[episodes[0]["channel_name"], first and first.replace(day=1)].update(
            order_count=1,
            fully_kept_order_count=is_full,
            partly_kept_order_count=kept > 0 and not is_full,
            developed_order_count=is_developed,
            developed_fully_kept_order_count=is_developed and is_full,
        )
    return pd.DataFrame(
        {"channel_name": channel, "cohort_month_date": month, **total}
        for (channel, month), total in sums.items()
    )


MONTH_KEYS = ("category_name", "channel_name", "is_returned", "cohort_month_date")
SUMMED = (
    *("delivered_count", "kept_count", "delivered_net_amount", "kept_net_amount"),
    *("retained_durable_amount", "refunded_amount", "credited_amount", "exchange_count"),
    *("unknown_subsidy_count",),
)
MONTH_COUNTS = (
    *SUMMED,
    *("episode_count", "fully_kept_episode_count", "partly_kept_episode_count"),
    *("open_episode_count", "more_held_episode_count", "cut_chain_episode_count"),
    *("developed_episode_count", "developed_delivered_count", "developed_kept_count"),
    *("developed_delivered_net_amount", "developed_retained_durable_amount"),
)
