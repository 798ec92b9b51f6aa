"""Decisions on returns by a table of rules, a second time: one request, rule by rule."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final, NamedTuple

import pandas as pd

from tests.warehouse.landed_facts import Record, round_half_up, to_day
from tests.warehouse.landed_shop import PROJECT
from tests.warehouse.oracle_handling import HandlingOracle
from tests.warehouse.oracle_reasons import ReasonOracle

ENDLESS: Final = "9999-12-31"
# In the order in which a miss is named; what a rule is about weighs more than conduct.
MISSES: Final = (
    *(("final_sale", 10), ("sale", 10), ("hygiene", 10), ("gift", 10), ("tier", 10)),
    *(("worn", 1), ("too_often", 1), ("too_late", 1)),
)
EFFECTS: Final = {"approved": "approve", "denied": "deny"}
# What the taxonomy says of the drawn reasons that somebody is to blame for.
AT_FAULT: Final = ("FIT.SMALL", "FIT.LARGE", "FIT.UNSPEC", "LOOK.COLOR", "FULF.UNDELIVERED")
GROUPED: Final = (
    *("channel_name", "policy_id", "policy_version", "rule_id", "effect_code", "cause_code"),
    *("missed_code", "reason_side_code"),
)
WORN: Final = ("worn", "着用済み")


class Decision(NamedTuple):
    """What a table decides, by which rule, and why where there is none."""

    version: str | None
    rule: str | None
    effect: str
    cause: str
    nearest: str | None = None
    missed: str | None = None
    days: int | None = None


def decide(request: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> Decision:
    """Decide one request by rules as a file writes them."""
    day, blocked = request["ordered_date"], request["blocked_code"]
    valid = [rule for rule in rules if day and holds(rule, policy=request["policy_id"], day=day)]
    version = valid[0]["version"] if valid else None
    if blocked or not valid:
        return Decision(version, None, "review", blocked or "no_version")
    side = request["reason_side_code"]
    ordered = sorted(valid, key=lambda rule: int(rule["priority"]))
    about = [rule for rule in ordered if speaks_of(rule, side)]
    found = next((rule for rule in about if not list_misses(request, rule)), None)
    if found and not is_catch_all(found):
        days = count_days(request, found) if found["max_days"] else None
        return Decision(version, found["rule_id"], found["effect"], "rule", days=days)
    effect = found["effect"] if found else "deny" if side == "customer" else "review"
    decision = Decision(version, found and found["rule_id"], effect, "rule" if found else "no_rule")
    if effect != "deny":
        return decision
    approving = [rule for rule in about if rule["effect"] == "approve"]
    if not approving:
        return decision
    weights = dict(MISSES)
    nearest = min(
        approving,
        key=lambda rule: (
            sum(weights[miss] for miss in list_misses(request, rule)),
            int(rule["priority"]),
        ),
    )
    return decision._replace(nearest=nearest["rule_id"], missed=list_misses(request, nearest)[0])


def holds(rule: Mapping[str, Any], *, policy: str, day: date) -> bool:
    """Whether a rule is one of the version in force on the day of the order."""
    return rule["policy_id"] == policy and rule["valid_from"] <= day.isoformat() <= (
        rule["valid_to"] or ENDLESS
    )


def speaks_of(rule: Mapping[str, Any], side: str) -> bool:
    if rule["effect"] == "deny" and side != "customer":
        return False
    return rule["reason_side"] in (None, "", side)


def is_catch_all(rule: Mapping[str, Any]) -> bool:
    conditions = ("sale", "final_sale", "hygiene", "gift", "tier_min", "max_days", "reason_side")
    return not any(rule[name] for name in (*conditions, "max_returns_90d")) and (
        rule["unworn_required"] != "true"
    )


def count_days(request: Mapping[str, Any], rule: Mapping[str, Any]) -> int:
    days: int = request[f"since_{rule['day_basis'] or 'delivered'}_days"]
    return days + (rule["counts_first_day"] == "true")


def list_misses(request: Mapping[str, Any], rule: Mapping[str, Any]) -> list[str]:
    """What a request misses of a rule, in the order of ``MISSES``."""
    missed = {
        name
        for name in ("final_sale", "sale", "hygiene", "gift")
        if rule[name] and (rule[name] == "true") != request[f"is_{name}"]
    }
    if rule["tier_min"] and request["member_tier_name"] not in rule["tier_min"].split("|"):
        missed.add("tier")
    if rule["unworn_required"] == "true" and request["is_worn"]:
        missed.add("worn")
    most = rule["max_returns_90d"]
    if most and request["returns_90d_count"] > int(most):
        missed.add("too_often")
    if rule["max_days"] and count_days(request, rule) > int(rule["max_days"]):
        missed.add("too_late")
    return [name for name, _ in MISSES if name in missed]


def read_shipped_rules() -> list[dict[str, str]]:
    with (PROJECT / "seeds" / "policy_rules.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def count_between(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start and end else None


class PolicyOracle:
    """Frames of the marts that decide on returns.

    Parameters
    ----------
    handling : HandlingOracle
    reasons : ReasonOracle
        Of the same rows.
    """

    def __init__(self, handling: HandlingOracle, reasons: ReasonOracle) -> None:
        self.core = handling.core
        self.handling = handling
        self.requests = handling.outcomes.requests
        self.faults = {
            (row["return_line_id"], row["reason_source_code"]): row["reason_code"] in AT_FAULT
            for row in reasons.facts
            if row["reason_state_code"] in ("coded", "other")
        }
        self.rows = [
            row for row in self.core.return_lines if row["return_type_code"] == "customer_return"
        ]
        self.terms = {row["return_line_id"]: self.describe(row) for row in self.rows}
        for row in self.rows:
            self.terms[row["return_line_id"]] |= self.count_earlier(row)

    def describe(self, row: Record) -> Record:
        """What the rules ask of a request, as far as it stands alone."""
        request = self.requests[row["return_line_id"]]
        line = self.core.lines.get(row["order_line_id"] or "", {})
        order = self.core.orders.get(line.get("order_id") or "", {})
        product = self.handling.outcomes.developed.products.get(row["sku"] or "", {})
        ordered, day = to_day(order.get("ordered_at")), row["event_date"]
        sent = to_day(self.core.shipped.get(line.get("order_line_id") or "")) or ordered
        arrived = self.core.order_lines.get(row["order_line_id"] or "", {}).get("delivered_date")
        lead = self.core.lead_time(line["source_system"]) if line else timedelta(0)
        reckoned = sent and sent + lead
        return {
            "line": line,
            "customer": order.get("customer_id"),
            "policy_id": (order.get("policy_id") or "standard"),
            "member_tier_name": order.get("member_tier"),
            "reason_side_code": self.choose_side(row, order),
            "ordered_date": ordered,
            "event_date": day,
            "is_arrival_known": arrived is not None,
            "since_delivered_days": count_between(arrived or reckoned, day),
            "since_shipped_days": count_between(sent, day),
            "since_ordered_days": count_between(ordered, day),
            "is_sale": line.get("is_sale") == "true",
            "is_final_sale": (line.get("is_final_sale") or product.get("is_final_sale")) == "true",
            "is_hygiene": product.get("is_hygiene") == "true",
            "is_gift": line.get("is_gift") == "true",
            "is_worn": (request.get("usage_state") or "").strip().lower() in WORN,
        }

    def choose_side(self, row: Record, order: Mapping[str, Any]) -> str:
        key = row["return_line_id"]
        is_fault = self.faults.get((key, "stated"), self.faults.get((key, "classified"), False))
        if is_fault:
            return "merchant"
        return "statutory" if order.get("policy_shown_at_checkout") == "false" else "customer"

    def count_earlier(self, row: Record) -> Record:
        """What the same customer, and the same order line, had asked for before."""
        mine = self.terms[row["return_line_id"]]
        day, line = mine["event_date"], mine["line"]
        earlier = [
            other["event_date"]
            for other in self.terms.values()
            if mine["customer"] and other["customer"] == mine["customer"] and other["event_date"]
        ]
        often = [one for one in earlier if day and 1 <= (day - one).days <= 90]
        before = 0
        for other in self.rows:
            if other["return_line_id"] == row["return_line_id"]:
                break
            if line and other["order_line_id"] == row["order_line_id"]:
                dropped = self.core.is_dropped(self.requests[other["return_line_id"]])
                before += 0 if dropped else other["requested_count"]
        if not line:
            blocked = "no_order"
        elif mine["ordered_date"] is None or day is None:
            blocked = "unknown_day"
        elif day < mine["ordered_date"]:
            blocked = "before_order"
        else:
            is_over = before + row["requested_count"] > int(line["quantity"])
            blocked = "too_many_units" if is_over else None
        return {"returns_90d_count": len(often), "blocked_code": blocked}

    def frame_decisions(self, rules: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """fct_return_decisions."""
        table = list(rules)
        return pd.DataFrame([self.decide_one(row, table) for row in self.rows])

    def decide_one(self, row: Record, rules: list[Mapping[str, Any]]) -> Record:
        key = row["return_line_id"]
        terms, decided = self.terms[key], self.handling.describe_decision(row)
        decision = decide(terms, rules)
        recorded = EFFECTS.get(decided["decision"] or "")
        is_other = decision.effect != "review" and recorded not in (None, decision.effect)
        rule = next((one for one in rules if one["rule_id"] == decision.rule), None)
        return {
            "return_line_id": key,
            "channel_name": row["channel_name"],
            "policy_id": terms["policy_id"],
            "policy_version": decision.version,
            "rule_id": decision.rule,
            "effect_code": decision.effect,
            "cause_code": decision.cause,
            "nearest_rule_id": decision.nearest,
            "missed_code": decision.missed,
            "counted_days": decision.days,
            "reason_side_code": terms["reason_side_code"],
            "returns_90d_count": terms["returns_90d_count"],
            "requested_net_amount": self.price(row, terms["line"]),
            "is_estimated_delivery": bool(
                decision.days is not None
                and rule
                and (rule["day_basis"] or "delivered") == "delivered"
                and self.is_reckoned(row)
            ),
            "decider_code": {"unattributed": "unknown"}.get(decided["decider"], decided["decider"]),
            "is_otherwise_decided": is_other,
            "is_exception": is_other and decided["decider"] == "staff",
            "review_minutes": decided["minutes"]
            if decided["is_stated"] or decided["decider"] == "system"
            else None,
            "waited_minutes": self.count_minutes(key, decided),
            "event_date": row["event_date"],
        }

    def frame_months(self, rules: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """rpt_return_decisions."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.frame_decisions(rules).to_dict("records"):
            row = {name: None if pd.isna(value) else value for name, value in row.items()}
            day, net = row["event_date"], row["requested_net_amount"]
            is_staff = row["decider_code"] == "staff"
            sums[(*(row[name] for name in GROUPED), day and day.replace(day=1))].update(
                request_line_count=1,
                requested_net_amount=net or 0,
                priced_line_count=net is not None,
                estimated_line_count=row["is_estimated_delivery"],
                system_line_count=row["decider_code"] == "system",
                staff_line_count=row["decider_code"] == "staff",
                unattributed_line_count=row["decider_code"] == "unknown",
                otherwise_decided_line_count=row["is_otherwise_decided"],
                exception_line_count=row["is_exception"],
                exception_net_amount=(net or 0) * row["is_exception"],
                timed_line_count=row["review_minutes"] is not None,
                review_minutes=row["review_minutes"] or 0,
                staff_timed_line_count=is_staff and row["review_minutes"] is not None,
                staff_review_minutes=(row["review_minutes"] or 0) * is_staff,
                waited_line_count=row["waited_minutes"] is not None,
                waited_minutes=row["waited_minutes"] or 0,
            )
        return pd.DataFrame(
            dict(zip((*GROUPED, "month_date"), place, strict=True)) | dict(total)
            for place, total in sums.items()
        )

    def is_reckoned(self, row: Record) -> bool:
        line = self.core.order_lines.get(row["order_line_id"] or "", {})
        return not line.get("delivered_date") or bool(line["is_estimated_delivery"])

    def price(self, row: Record, line: Mapping[str, Any]) -> int | None:
        """Net of what is asked back."""
        if not line:
            return None
        net = self.core.order_lines[row["order_line_id"]]["net_amount"]
        return round_half_up(Fraction(net * row["requested_count"], int(line["quantity"])))

    def count_minutes(self, key: str, decided: Record) -> int | None:
        request = self.requests[key]
        moments = [request["requested_at"], request.get("decided_at")]
        if decided["decider"] != "staff" or any(m in (None, "unknown") for m in moments):
            return None
        asked, answered = (datetime.fromisoformat(str(moment)) for moment in moments)
        return None if answered < asked else int((answered - asked).total_seconds() // 60)
