"""What became of requests on the way to an exchange, a second time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import sqrt
from typing import Any, Final

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, Record, is_known, round_half_up, to_day, was_paid
from tests.warehouse.oracle_episodes import WINDOW, Walk
from tests.warehouse.oracle_policies import PolicyOracle, read_shipped_rules
from tests.warehouse.oracle_reasons import ReasonOracle

BANDS: Final = (0, 3000, 6000, 10000, 20000)
FREIGHT, SECOND_LINE, SECOND_UNIT, LABOUR, SUBSIDY = 600, 700 + 267, 133 + 100, 133, 600
Z: Final = 1.959963984540054
STEPS: Final = (
    *("requested", "stock_unknown", "eligible", "offered", "offered_eligible", "accepted"),
    *("begun", "shipped", "kept", "sent_back", "young", "unfollowed"),
)
OFFERED: Final = ("offered", "offered_eligible", "accepted")


def bound(count: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    middle = count + Z * Z / 2
    spread = Z * sqrt(count * (total - count) / total + Z * Z / 4)
    return (middle - spread) / (total + Z * Z), (middle + spread) / (total + Z * Z)


class ExchangeOracle:
    """Requests followed to what was exchanged, and the marts that sum them.

    Parameters
    ----------
    policies : PolicyOracle
    reasons : ReasonOracle
    walk : Walk
        All of the same rows.
    """

    def __init__(self, policies: PolicyOracle, reasons: ReasonOracle, walk: Walk) -> None:
        self.core, self.policies, self.walk = policies.core, policies, walk
        self.outcomes = policies.handling.outcomes
        self.products = self.outcomes.developed.products
        self.requests = self.outcomes.requests
        self.facts: dict[tuple[str, str], Record] = {
            (fact["return_line_id"], fact["reason_source_code"]): fact
            for fact in reasons.facts
            if fact["reason_state_code"] == "coded"
        }
        self.legs = {
            leg["key"]: leg for _, legs in walk.list_chains() for leg in legs if leg["depth"]
        }
        self.saved = self.charge_refund() + LABOUR
        offers = [self.requests[row["return_line_id"]] for row in policies.rows]
        self.has_offers = any(is_known(row.get("exchange_offered_at")) for row in offers)
        self.followed = [self.follow(row) for row in policies.rows]

    def charge_refund(self) -> int:
        """What a paid refund costs on average, where any says so."""
        fees = [
            int(row["fee"])
            for row in self.core.get("refunds")
            if was_paid(row) and row["method"] != "credit" and row.get("fee") is not None
        ]
        return round_half_up(Fraction(sum(fees), len(fees))) if fees else 300

    def list_facts(self, key: str) -> list[Record]:
        """The stated reason, then the one that was read."""
        sources = ("stated", "classified")
        return [self.facts[key, source] for source in sources if (key, source) in self.facts]

    def is_unsettled(self, key: str) -> bool:
        return not self.outcomes.list_shipped(key) and not self.outcomes.refunds[key]

    def list_reservations(self) -> Iterator[tuple[str, int]]:
        """Units that exchanges hold which were begun and have not left."""
        lines = {row["return_line_id"]: row for row in self.core.return_lines}
        arrived = set(self.core.list_unrequested())
        for key, some in list(self.outcomes.exchanges.items()):
            if key not in lines and key not in arrived:
                continue
            is_dropped = key in lines and self.core.is_dropped(self.requests[key])
            for exchange in some:
                if not exchange["shipped_at"] and not is_dropped and self.is_unsettled(key):
                    units = lines[key]["requested_count"] if key in lines else 1
                    yield exchange["replacement_sku"], units

    def list_open(self) -> Iterator[Record]:
        """Requests on which something can still be offered."""
        rules = read_shipped_rules()
        for row in self.policies.rows:
            key = row["return_line_id"]
            request = self.requests[key]
            is_settled = self.outcomes.exchanges[key] or not self.is_unsettled(key)
            if is_settled or self.core.is_dropped(request) or request.get("is_holdout") == "true":
                continue
            day, sent_back = row["event_date"], row["sent_back_count"]
            is_recent = day is not None and (AS_OF - day).days <= WINDOW
            is_awaited = sent_back < row["requested_count"] and is_recent
            if not is_awaited and not (sent_back and self.core.says_settled()):
                continue
            decision = self.policies.decide_one(row, rules)
            recorded = self.policies.handling.describe_decision(row)["decision"]
            if decision["effect_code"] == "deny" and recorded != "approved":
                continue
            rule = next((one for one in rules if one["rule_id"] == decision["rule_id"]), None)
            ways = ((rule and rule["resolutions"]) or "exchange|credit").split("|")
            facts = self.list_facts(key)
            focus = self.name_focus(facts[0]) if facts else "other"
            directions = [f["size_direction_code"] for f in facts if f["size_direction_code"]]
            yield {
                "return_line_id": key,
                "sku": row["sku"],
                "focus": focus,
                "direction": directions[0] if directions and focus == "size" else None,
                "requested_count": row["requested_count"],
                "requested_net_amount": decision["requested_net_amount"],
                "is_exchange_allowed": "exchange" in ways,
                "is_credit_allowed": "credit" in ways,
            }

    def name_focus(self, fact: Record) -> str:
        if fact["is_size_reason"]:
            return "size"
        return "colour" if fact["reason_code"] == "LOOK.COLOR" else "other"

    def follow(self, row: Record) -> Record:
        """How far a request came, and what that saved."""
        key, request = row["return_line_id"], self.requests[row["return_line_id"]]
        stock = self.outcomes.list_stock(row["event_date"])
        is_stock_known = stock is not None and row["sku"] is not None
        style = self.outcomes.developed.style_of(row["sku"] or "")
        others = [
            sku
            for sku in stock or ()
            if sku != row["sku"] and self.outcomes.developed.style_of(sku) == style
        ]
        decided = self.policies.handling.describe_decision(row)["decision"]
        offered = request.get("exchange_offered_at")
        paid = [r["paid_at"] for r in self.outcomes.refunds[key] if r["paid_at"] != "unknown"]
        is_offered = is_known(offered) and not (paid and min(paid) <= str(offered))
        net = self.policies.price(row, self.policies.terms[key]["line"])
        facts = self.list_facts(key)
        state = self.judge(key)
        bands = [
            start for start in BANDS if net is not None and net >= start * row["requested_count"]
        ]
        return {
            "sku": row["sku"],
            "offered_sku": request.get("offered_sku"),
            "net": net,
            "band_from_amount": max(bands, default=None),
            "reason_group_code": facts[0]["group_code"] if facts else "NONE",
            "is_holdout": request.get("is_holdout") == "true",
            "is_denied": decided == "denied",
            "is_stock_known": is_stock_known,
            "is_eligible": is_stock_known and bool(others) and decided != "denied",
            "is_offered": is_offered,
            "is_begun": bool(self.outcomes.exchanges[key]),
            "state": state,
            "saving": self.save(key, net, state),
            "event_date": row["event_date"],
            "offered_date": to_day(offered),
        }

    def judge(self, key: str) -> str | None:
        """What became of what was sent instead."""
        states = set()
        for exchange in self.outcomes.list_shipped(key):
            leg = self.legs.get(exchange.get("replacement_order_line_id") or "")
            if leg is None:
                states.add("unfollowed")
            elif leg["sent_back"]:
                states.add("sent_back")
            else:
                is_there = leg["delivered"] and not leg["in_transit"] and not leg["pending"]
                day = leg["day"]
                is_over = day is not None and (AS_OF - day).days > WINDOW
                states.add("kept" if is_there and is_over else "young")
        order = ("unfollowed", "sent_back", "young", "kept")
        return next((state for state in order if state in states), None)

    def save(self, key: str, net: int | None, state: str | None) -> int | None:
        """What an exchange kept of the money, once it is settled."""
        if state not in ("kept", "sent_back"):
            return None
        way = bonus = goods = difference = units = 0
        is_costed = True
        for exchange in self.outcomes.list_shipped(key):
            target = exchange.get("replacement_order_line_id") or ""
            leg = self.legs[target]
            cost = self.products.get(exchange["replacement_sku"], {}).get("unit_cost")
            is_costed &= cost is not None
            goods += leg["delivered"] * int(cost or 0)
            way += self.walk.freight.get(target, FREIGHT)
            bonus += int(exchange.get("bonus_credit") or 0)
            difference += int(exchange.get("price_difference") or 0)
            units += leg["sent_back"]
        if state == "sent_back":
            return -way - bonus - SECOND_LINE - units * SECOND_UNIT
        if net is None or not is_costed:
            return None
        paid = sum(int(row["amount"]) for row in self.outcomes.refunds[key])
        return int(net - paid + difference - goods - way - bonus + self.saved)

    def frame_funnel(self) -> pd.DataFrame:
        """rpt_exchange_funnel."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.followed:
            day = row["event_date"]
            is_at = {
                "requested": True,
                "stock_unknown": not row["is_stock_known"],
                "eligible": row["is_eligible"],
                "offered": row["is_offered"],
                "offered_eligible": row["is_offered"] and row["is_eligible"],
                "accepted": row["is_offered"] and row["is_begun"],
                "begun": row["is_begun"],
                "shipped": row["state"] is not None,
                **{name: row["state"] == name for name in STEPS[8:]},
            }
            place = (day and day.replace(day=1), row["band_from_amount"], row["reason_group_code"])
            for step, is_there in is_at.items():
                sums[place][f"{step}_line_count"] += is_there
                sums[place][f"{step}_net_amount"] += (row["net"] or 0) * is_there
            sums[place]["saving_line_count"] += row["saving"] is not None
            sums[place]["net_saving_amount"] += row["saving"] or 0
        names = ("month_date", "band_from_amount", "reason_group_code")
        return pd.DataFrame(
            dict(zip(names, place, strict=True))
            | {
                name: None if not self.has_offers and name.rsplit("_", 2)[0] in OFFERED else count
                for name, count in total.items()
            }
            for place, total in sums.items()
        )

    def frame_break_even(self) -> pd.DataFrame:
        """rpt_exchange_break_even."""
        scopes: dict[tuple[str, int | None], list[Record]] = defaultdict(list)
        for row in self.followed:
            if row["is_denied"]:
                continue
            scopes["all", None].append(row)
            if row["band_from_amount"] is not None:
                scopes["band", row["band_from_amount"]].append(row)
        return pd.DataFrame(
            {"scope_code": scope, "band_from_amount": band} | self.compare(rows)
            for (scope, band), rows in scopes.items()
        )

    def compare(self, rows: list[Record]) -> Record:
        groups = {is_held: [r for r in rows if r["is_holdout"] == is_held] for is_held in (0, 1)}
        shown, held = groups[0], groups[1]
        taken, by_itself = (sum(r["is_begun"] for r in some) for some in (shown, held))
        savings = [r["saving"] for r in rows if r["saving"] is not None]
        each = sum(savings) / len(savings) if savings else None
        whole = None if each is None else int(abs(each) + 0.5) * (1 if each >= 0 else -1)
        share = taken / len(shown) if shown else None
        result: Record = {
            "request_line_count": len(shown),
            "exchange_line_count": taken,
            "exchange_share": share,
            "saving_line_count": len(savings),
            "net_saving_amount": sum(savings),
            "saving_each_amount": whole,
            "subsidy_amount": SUBSIDY,
            "break_even_share": share * SUBSIDY / whole
            if share is not None and whole and whole > 0
            else None,
            "break_even_state_code": "no_exchange"
            if not savings
            else "measured"
            if whole and whole > 0
            else "never",
            "holdout_line_count": len(held),
            "holdout_exchange_line_count": by_itself,
            "holdout_exchange_share": by_itself / len(held) if held else None,
            "lift_state_code": "measured" if shown else "no_offer_group",
        }
        if not held:
            result["lift_state_code"] = "no_holdout"
        if not held or not shown:
            return result | dict.fromkeys(("lift_share", "low_lift_share", "high_lift_share"))
        a, b = taken / len(shown), by_itself / len(held)
        (low_a, high_a), (low_b, high_b) = bound(taken, len(shown)), bound(by_itself, len(held))
        return result | {
            "lift_share": a - b,
            "low_lift_share": a - b - sqrt((a - low_a) ** 2 + (high_b - b) ** 2),
            "high_lift_share": a - b + sqrt((high_a - a) ** 2 + (b - low_b) ** 2),
        }
