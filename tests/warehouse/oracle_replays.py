"""Requests under drafts of the rules of returns, a second time: request by request."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, Final

import pandas as pd

from orchestration.policy_rules import SHIPPED_RULES, read_policy_rules
from tests.warehouse.landed_facts import UNKNOWN, Record
from tests.warehouse.oracle_exchanges import bound
from tests.warehouse.oracle_policies import PolicyOracle, decide, read_shipped_rules

EFFECTS: Final = ("approve", "deny", "review")
BANDS: Final = ((7, "to_7"), (14, "8_14"), (30, "15_30"), (60, "31_60"))
FEWEST, SMALL = 5, 30
Rules = Sequence[Mapping[str, Any]]


def draft_rules() -> dict[str, tuple[dict[str, str | None], ...]]:
    """Two drafts: a window of 14 days, and one that denies whoever returns often, gifts apart."""
    shipped = read_policy_rules(SHIPPED_RULES)
    shorter = tuple(
        rule | {"max_days": "14"} if rule["max_days"] == "30" else rule for rule in shipped
    )
    first, last = shipped[0], shipped[-1]
    bare = dict.fromkeys(first) | {name: last[name] for name in ("valid_from", "reason_code")}
    bare |= {name: last[name] for name in ("policy_id", "version", "message_ja", "message_en")}
    strange = (
        bare | {"rule_id": "often", "priority": "1", "effect": "approve", "max_returns_90d": "1"},
        bare | {"rule_id": "gift", "priority": "2", "effect": "review", "gift": "true"},
        bare | {"rule_id": "last", "priority": "3", "effect": "deny"},
    )
    return {"shorter": shorter, "strange": strange}


class ReplayOracle:
    """What drafts change, and for whom.

    Parameters
    ----------
    policies : PolicyOracle
    months : (date or None, date, int)
        First and last day of the whole months, and their number.
    drafts : mapping of str to rules
    """

    def __init__(
        self,
        policies: PolicyOracle,
        *,
        months: tuple[date | None, date, int],
        drafts: Mapping[str, Rules],
    ) -> None:
        self.policies, self.months, self.drafts = policies, months, drafts
        rules = read_shipped_rules()
        self.now = [policies.decide_one(row, rules) for row in policies.rows]
        self.skus = {row["return_line_id"]: row["sku"] for row in policies.rows}

    def judge(self, name: str) -> Iterator[tuple[Record, str]]:
        """Each request as it is decided now, and what the draft decides."""
        for row in self.now:
            terms = self.policies.terms[row["return_line_id"]]
            yield row, decide(terms, self.drafts[name]).effect

    def frame_replays(self) -> pd.DataFrame:
        """rpt_policy_replays."""
        return pd.DataFrame(
            self.sum_cell(name, *cell) for name in self.drafts for cell in product(EFFECTS, EFFECTS)
        )

    def sum_cell(self, name: str, now: str, new: str) -> Record:
        some = [row for row, then in self.judge(name) if (row["effect_code"], then) == (now, new)]
        nets = [row["requested_net_amount"] for row in some]
        days = [row["event_date"] for row in some if row["event_date"]]
        each, (first, last, months) = self.weigh_review(), self.months
        inside = sum(1 for day in days if first and first <= day <= last)
        looks = (now == "review") - (new == "review")
        return {
            "draft_name": name,
            "now_effect_code": now,
            "new_effect_code": new,
            "request_line_count": len(some),
            "priced_line_count": sum(net is not None for net in nets),
            "requested_net_amount": sum(net or 0 for net in nets),
            "now_review_minutes": None if each is None else each * len(some) * (now == "review"),
            "new_review_minutes": None if each is None else each * len(some) * (new == "review"),
            "saved_month_minutes": None
            if each is None or not months
            else each * looks * inside / months,
            "first_event_date": min(days, default=None),
            "last_event_date": max(days, default=None),
        }

    def weigh_review(self) -> float | None:
        """Minutes of staff per decision, as far as they are recorded."""
        minutes = [
            float(row["review_minutes"])
            for row in self.now
            if row["decider_code"] == "staff" and row["review_minutes"] is not None
        ]
        return sum(minutes) / len(minutes) if minutes else None

    def frame_groups(self) -> pd.DataFrame:
        """rpt_policy_replay_groups."""
        places = self.place_requests()
        rows = [row for name in self.drafts for row in self.list_groups(name, places)]
        return pd.DataFrame(rows)

    def list_groups(
        self, name: str, places: Mapping[str, list[tuple[str, str]]]
    ) -> Iterator[Record]:
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        customers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row, new in self.judge(name):
            now, key = row["effect_code"], row["return_line_id"]
            customer = self.policies.terms[key]["customer"]
            for place in places[key]:
                counts[place].update(
                    request_line_count=1,
                    newly_denied_line_count=now != "deny" and new == "deny",
                    newly_approved_line_count=now != "approve" and new == "approve",
                )
                customers[place] |= {customer} if customer else set()
        for (kind, group), found in counts.items():
            n, denied = found["request_line_count"], found["newly_denied_line_count"]
            low, high = bound(denied, n)
            whole = counts["all", "all"]
            share = whole["newly_denied_line_count"] / whole["request_line_count"]
            finding = "more" if low > share else "less" if high < share else None
            is_told = kind in ("orders", "category") and n >= SMALL
            yield {
                "draft_name": name,
                "group_kind_code": kind,
                "group_code": group,
                "finding_code": finding if is_told else None,
                "customer_count": len(customers[kind, group]),
                **found,
                "newly_denied_share": denied / n,
                "low_newly_denied_share": low,
                "high_newly_denied_share": high,
            }

    def place_requests(self) -> dict[str, list[tuple[str, str]]]:
        """The groups of each request, by kind."""
        orders = self.merge_orders()
        products = self.policies.handling.outcomes.developed.products
        result = {}
        for row in self.now:
            key, days = row["return_line_id"], row["counted_days"]
            category = products.get(self.skus[key] or "", {}).get("category") or UNKNOWN
            band = next((name for top, name in BANDS if days is not None and days <= top), "61_up")
            result[key] = [
                ("all", "all"),
                ("category", category),
                ("days", "none" if days is None else band),
                *[("orders", group) for group in [orders.get(key)] if group],
            ]
        return result

    def merge_orders(self) -> dict[str, str]:
        """Which order of the customer it was; few customers are never shown alone."""
        numbers, terms = self.number_orders(), self.policies.terms
        groups, customers = {}, defaultdict(set)
        for row in self.now:
            mine = terms[row["return_line_id"]]
            number = numbers.get(mine["line"].get("order_id", ""))
            if mine["customer"] and number is not None:
                group = "first" if number <= 1 else "2_4" if number <= 4 else "5_up"
                groups[row["return_line_id"]] = group
                customers[group].add(mine["customer"])
        merged: set[str] = set()
        together: set[str] = set()
        for group in sorted(customers, key=lambda one: (len(customers[one]), one)):
            if len(customers[group]) < FEWEST or 0 < len(together) < FEWEST:
                merged.add(group)
                together |= customers[group]
        return {
            key: "other" if group in merged else group
            for key, group in groups.items()
            if group not in merged or len(together) >= FEWEST
        }

    def number_orders(self) -> dict[str, int]:
        """The place of each order among those of its customer; replacements count for none."""
        core = self.policies.core
        bought: dict[str, bool] = defaultdict(bool)
        for line in core.order_lines.values():
            bought[line["order_id"]] |= not line["is_exchange_leg"]
        known = sorted(
            (str(core.orders[key]["ordered_at"]), key)
            for key in bought
            if key in core.orders
            and core.orders[key].get("customer_id")
            and core.orders[key].get("ordered_at") not in (None, UNKNOWN)
        )
        counts: Counter[str] = Counter()
        result = {}
        for _, key in known:
            customer = core.orders[key]["customer_id"]
            counts[customer] += bought[key]
            result[key] = counts[customer]
        return result
