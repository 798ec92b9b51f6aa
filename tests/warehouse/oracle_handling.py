"""How returns wait, what they are worth and who decides on them, a second time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple

import pandas as pd

from tests.warehouse.landed_facts import (
    AS_OF,
    Record,
    is_known,
    round_half_up,
    to_day,
)
from tests.warehouse.oracle_costs import Costs
from tests.warehouse.oracle_outcomes import OutcomeOracle
from tests.warehouse.oracle_sales import GONE, SalesOracle

SYSTEM: Final = "system"  # the only name that the drawn files give it


class Step(NamedTuple):
    """Whether something happened, and on which day if anyone knows."""

    has_happened: bool
    day: date | None


class HandlingOracle:
    """Frames of the marts that say how returns are handled.

    Parameters
    ----------
    outcomes : OutcomeOracle
    sales : SalesOracle
    costs : Costs
        Of the same rows.
    """

    def __init__(self, outcomes: OutcomeOracle, sales: SalesOracle, costs: Costs) -> None:
        self.core = outcomes.core
        self.outcomes = outcomes
        self.costs = costs
        self.receipts: dict[str, list[Record]] = defaultdict(list)
        for row in self.core.get("return_receipts"):
            if is_known(row["received_at"]):
                self.receipts[row["return_line_id"]].append(row)
        self.units = [receipt for receipt, _, _ in sales.list_arrived_units()]
        self.decided = [
            self.describe_decision(row)
            for row in self.core.return_lines
            if row["return_type_code"] == "customer_return"
        ]

    def was_timed(self) -> bool:
        """Whether any arrival says when it was graded."""
        graded = [row.get("graded_at") for some in self.receipts.values() for row in some]
        return any(moment and is_known(moment) for moment in graded)

    def was_shelved(self) -> bool:
        return any(is_known(receipt.get("restocked_at")) for receipt in self.units)

    def list_steps(self, row: Record) -> dict[str, Step]:
        """What became of a return line, by the name of the step."""
        key = row["return_line_id"]
        receipts = self.receipts[key]
        graded = [r.get("graded_at") for r in receipts if r.get("graded_at")]
        graded = [moment for moment in graded if is_known(moment)]
        is_graded = bool(graded) or any(r.get("grade") and not r.get("graded_at") for r in receipts)
        paid = [r["paid_at"] for r in self.outcomes.refunds[key]]
        paid += [str(e["shipped_at"]) for e in self.outcomes.list_shipped(key)]
        shelved = [
            r["restocked_at"]
            for r in self.units
            if r["return_line_id"] == key and is_known(r.get("restocked_at"))
        ]
        return {
            "asked": Step(has_happened=True, day=row["event_date"]),
            "arrived": Step(bool(receipts), first_day([r["received_at"] for r in receipts])),
            "graded": Step(is_graded, first_day(graded)),
            "resolved": Step(bool(paid), first_day(paid)),
            "shelved": Step(bool(shelved), first_day(shelved)),
        }

    def is_sellable(self, key: str) -> bool:
        """Whether a return can go back on the shelf as it is."""
        mine = [r for r in self.units if r["return_line_id"] == key]
        gone = [
            (r.get("graded_at") is None or is_known(r["graded_at"]))
            and (r.get("disposition") or "").lower() in GONE
            for r in mine
        ]
        return self.costs.grades.get(key) in (None, "A") and not (gone and all(gone))

    def list_stages(self) -> Iterator[tuple[str, str, Step, Step]]:
        """Every stage that a customer return has reached: its name, channel, beginning and end."""
        is_timed, is_settling = self.was_timed(), self.core.says_settled()
        for row in self.outcomes.returns:
            steps, key = self.list_steps(row), row["return_line_id"]
            reached = {
                "arrival": self.core.has_receipts
                and not self.core.is_dropped(self.outcomes.requests[key]),
                "grading": steps["arrived"].has_happened and is_timed,
                "resolution": steps["arrived"].has_happened
                and steps["graded"].has_happened
                and is_timed
                and is_settling,
                "resale": steps["arrived"].has_happened
                and steps["resolved"].has_happened
                and is_settling
                and self.was_shelved()
                and self.is_sellable(key),
            }
            for stage, begin, end in STAGES:
                if reached[stage]:
                    yield stage, row["channel_name"], steps[begin], steps[end]

    def frame_waiting_days(self) -> pd.DataFrame:
        """rpt_waiting_days."""
        counts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for stage, channel, begin, end in self.list_stages():
            month = begin.day and begin.day.replace(day=1)
            until = end.day if end.has_happened else AS_OF
            if begin.day is None or until is None:
                counts[stage, channel, None, month]["unknown"] += 1
                continue
            days = max((until - begin.day).days, 0)
            counts[stage, channel, days, month]["settled" if end.has_happened else "open"] += 1
        return pd.DataFrame(
            {
                "stage_code": stage,
                "channel_name": channel,
                "waited_days": days,
                "began_month_date": month,
            }
            | {f"{name}_line_count": total[name] for name in ("settled", "open", "unknown")}
            for (stage, channel, days, month), total in counts.items()
        )

    def frame_recoveries(self) -> pd.DataFrame:
        """rpt_return_recoveries."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.outcomes.returns:
            grade = self.costs.grades.get(row["return_line_id"])
            if grade is None or not row["is_matched"] or not row["returned_count"]:
                continue
            cost = self.costs.products.get(row["sku"], {}).get("unit_cost")
            share = self.costs.loss[grade]
            arrived = [r["received_at"] for r in self.receipts[row["return_line_id"]]]
            place = self.costs.style_of(row["sku"]), row["channel_name"], grade, first_day(arrived)
            sums[place].update(
                units=row["returned_count"],
                net=row["returned_net_amount"],
                lost=round_half_up(Fraction(row["returned_count"] * int(cost or 0)) * share),
                uncosted=row["returned_count"] if share and not cost else 0,
            )
        return pd.DataFrame(
            {
                "style_id": style,
                "channel_name": channel,
                "grade_code": grade,
                "received_date": day,
                "graded_count": total["units"],
                "original_net_amount": total["net"],
                "value_loss_amount": None if total["uncosted"] else total["lost"],
                "recovered_amount": None if total["uncosted"] else total["net"] - total["lost"],
                "uncosted_count": total["uncosted"],
            }
            for (style, channel, grade, day), total in sums.items()
        )

    def describe_decision(self, row: Record) -> Record:
        """Who decided on a return line, by what rule, and in how many minutes of staff."""
        request = self.outcomes.requests[row["return_line_id"]]
        decided = request.get("decided_at")
        decision = request.get("decision") if decided is None or is_known(decided) else None
        person = (request.get("decided_by") or "").strip().lower()
        rule = request.get("decision_rule_id")
        if decision in (None, "review"):
            decider = "undecided"
        elif decision == "cancelled":
            decider = "withdrawn"
        elif person:
            decider = SYSTEM if person == SYSTEM else "staff"
        else:
            decider = SYSTEM if rule else "unattributed"
        minutes = request.get("review_minutes")
        is_stated = minutes is not None and decider != "undecided"
        return {
            "style": self.outcomes.developed.style_of(row["sku"]) if row["sku"] else None,
            "channel": row["channel_name"],
            "day": row["event_date"],
            "decision": decision,
            "decider": decider,
            "rule": rule and (rule, request.get("policy_version")),
            "minutes": float(minutes) if minutes and is_stated else 0.0,
            "is_stated": is_stated,
        }

    def read_rules(self) -> dict[Any, str]:
        """What the system always decides by a rule and version, where it does."""
        seen: dict[Any, set[str]] = defaultdict(set)
        for row in self.decided:
            if row["decider"] == SYSTEM and row["rule"]:
                seen[row["rule"]].add(row["decision"])
        return {rule: some.copy().pop() for rule, some in seen.items() if len(some) == 1}

    def frame_decisions(self) -> pd.DataFrame:
        """rpt_request_decisions."""
        rules = self.read_rules()
        counts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        minutes: dict[tuple[Any, ...], float] = defaultdict(float)
        for row in self.decided:
            place = row["style"], row["channel"], row["day"]
            is_staff, wanted = row["decider"] == "staff", rules.get(row["rule"])
            counts[place].update(
                ["request", row["decider"]],
                overridden=is_staff and wanted not in (None, row["decision"]),
                unjudged=row["decider"] == "unattributed" or (is_staff and wanted is None),
                timed=row["is_stated"] or row["decider"] == SYSTEM,
            )
            minutes[place] += row["minutes"]
        return pd.DataFrame(
            {"style_id": place[0], "channel_name": place[1], "event_date": place[2]}
            | {f"{name}_line_count": total[name] for name in COUNTED}
            | {"review_minutes": minutes[place]}
            for place, total in counts.items()
        )

    def list_gaps(self) -> Iterator[tuple[str, str, str]]:
        """What a metric of this module lacks: its name, its part, what would help."""
        if not self.was_timed():
            yield "waiting_time", "grading", "return_receipts.graded_at"
            yield "waiting_time", "resolution", "return_receipts.graded_at"
        if not self.core.says_settled():
            yield "waiting_time", "resolution", "refunds"
            yield "waiting_time", "resale", "refunds"
        if not self.was_shelved():
            yield "waiting_time", "resale", "return_receipts.restocked_at"
        if not any(row.get("grade") for row in self.core.get("return_receipts")):
            yield "recovery_rate", "whole", "return_receipts.grade"
        rules = self.read_rules()
        deciders = {row["decider"] for row in self.decided}
        if not deciders & {SYSTEM, "staff"}:
            yield "policy_automation", "whole", "return_requests.decided_by"
            yield "policy_exceptions", "whole", "return_requests.decided_by"
        judged = [row["rule"] in rules for row in self.decided if row["decider"] == "staff"]
        if judged and not any(judged):
            yield "policy_exceptions", "whole", "return_requests.decision_rule_id"
        if not any(row["is_stated"] for row in self.decided):
            yield "review_minutes_per_request", "whole", "return_requests.review_minutes"


STAGES: Final = (
    ("arrival", "asked", "arrived"),
    ("grading", "arrived", "graded"),
    ("resolution", "graded", "resolved"),
    ("resale", "resolved", "shelved"),
)
COUNTED: Final = (
    *("request", "system", "staff", "undecided", "withdrawn", "unattributed"),
    *("overridden", "unjudged", "timed"),
)


def first_day(moments: list[str]) -> date | None:
    """The first day that anyone knows."""
    return min((day for day in map(to_day, moments) if day), default=None)
