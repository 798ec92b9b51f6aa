"""What becomes of arrived units, how long they wait and who grades how, a second time."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil, floor, sqrt
from typing import Any, Final, NamedTuple

import pandas as pd

from tests.warehouse.landed_facts import UNKNOWN, Record, grade_of, is_known, to_day
from tests.warehouse.landed_shop import PROJECT
from tests.warehouse.oracle_handling import HandlingOracle
from tests.warehouse.oracle_outcomes import END, IN_TIME
from tests.warehouse.oracle_policies import PolicyOracle
from tests.warehouse.oracle_sales import GONE, SalesOracle, to_monday

# The shipped parameters, written down a second time.
DECAY, OUTLET, CHANCE = 0.00275, 0.5, 0.6
INSPECTION, SETTLE, SHELF = 5, 4, 3  # minutes
LONGEST: Final = 337
WORDS: Final = {"resale": "restock", "scrapped": "disposal", "outlet": "outlet"}
Z: Final = 1.959964


class Arrival(NamedTuple):
    """A return line of which something arrived."""

    key: str
    row: Record
    units: int
    receipts: list[Record]
    grade: str | None
    graded: datetime | None
    received: datetime | None
    resolved: list[str]
    resolution: str
    side: str


def read_rules() -> dict[tuple[str, str, str], dict[str, str]]:
    with (PROJECT / "seeds" / "disposition_rules.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["grade_code"], row["reason_side_code"], row["resolution_code"]): row
            for row in csv.DictReader(file)
        }


def to_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text and text != UNKNOWN else None


def count_hours(start: datetime, end: datetime) -> float:
    return (end - start) / timedelta(hours=1)


def count_minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


class GradingOracle:
    """Frames of the marts of grading and waiting.

    Parameters
    ----------
    handling : HandlingOracle
    policies : PolicyOracle
    sales : SalesOracle
        Of the same rows.
    """

    def __init__(
        self, handling: HandlingOracle, policies: PolicyOracle, sales: SalesOracle
    ) -> None:
        self.handling, self.policies, self.sales = handling, policies, sales
        self.core = handling.core
        self.rules = read_rules()
        self.rows = {row["return_line_id"]: row for row in self.core.return_lines}
        self.is_shelving, self.is_settling = handling.was_shelved(), self.core.says_settled()
        self.is_grading = any(row.get("grade") for row in self.core.get("return_receipts"))
        self.arrivals = list(self.list_arrivals())

    def list_arrivals(self) -> Iterator[Arrival]:
        units: Counter[str] = Counter()
        receipts: dict[str, list[Record]] = defaultdict(list)
        for receipt, _, count in self.sales.list_arrived_units():
            units[receipt["return_line_id"]] += count
            receipts[receipt["return_line_id"]].append(receipt)
        outcomes = self.handling.outcomes
        for key, mine in receipts.items():
            request = outcomes.requests.get(key, {})
            moments = [to_moment(row["received_at"]) for row in mine]
            paid = [row["paid_at"] for row in outcomes.refunds[key]]
            grade = self.handling.costs.grades.get(key)
            given = [
                to_moment(row.get("graded_at"))
                for row in mine
                if row.get("grade") and is_known(row.get("graded_at"))
            ]
            yield Arrival(
                key,
                self.rows.get(key, {}),
                units[key],
                mine,
                grade,
                max((moment for moment in given if moment), default=None),
                min((moment for moment in moments if moment), default=None),
                paid + [str(row["shipped_at"]) for row in outcomes.list_shipped(key)],
                request.get("requested_resolution") or "none",
                self.policies.terms.get(key, {}).get("reason_side_code", "customer"),
            )

    def is_gone(self, receipt: Record) -> bool:
        is_judged = receipt.get("graded_at") is None or is_known(receipt["graded_at"])
        return is_judged and (receipt.get("disposition") or "").lower() in GONE

    def is_shelved(self, one: Arrival) -> bool:
        return all(
            is_known(receipt.get("restocked_at")) or self.is_gone(receipt)
            for receipt in one.receipts
        )

    def is_owed(self, one: Arrival) -> bool:
        request = self.handling.outcomes.requests.get(one.key)
        is_dropped = request is not None and self.core.is_dropped(request)
        return self.is_settling and not one.resolved and not is_dropped

    def find_rule(self, one: Arrival) -> dict[str, str] | None:
        return self.rules[one.grade, one.side, one.resolution] if one.grade else None

    def find_wait(self, one: Arrival) -> str | None:
        """What it waits for."""
        rule = self.find_rule(one)
        if rule is None:
            is_unopened = self.is_grading and not self.is_shelved(one)
            return "grading" if self.is_owed(one) or is_unopened else None
        if self.is_owed(one):
            return rule["next_action_code"]
        is_off = rule["stock_action_code"] == "restock" and not self.is_shelved(one)
        return "restock" if is_off and self.is_shelving else None

    def frame_queue(self) -> pd.DataFrame:
        """rpt_grading_queue."""
        rows = [self.describe(one, wait) for one in self.arrivals if (wait := self.find_wait(one))]
        far = datetime.max  # noqa: DTZ901 - after every landed moment, which have no zone either
        ranked = sorted(
            rows,
            key=lambda row: (
                row["near_expected_idle_cost_amount"] is None,
                -round(row["near_expected_idle_cost_amount"] or 0, 6),
                row["received_at"] or far,
                row["return_line_id"],
            ),
        )
        for number, row in enumerate(ranked, start=1):
            row["open_first_number"] = number
        return pd.DataFrame(rows)

    def describe(self, one: Arrival, wait: str) -> Record:
        rule, is_shelved = self.find_rule(one), self.is_shelved(one)
        hours = None if one.received is None else floor(count_hours(one.received, END))
        value = {"restock": 1.0, "outlet": OUTLET}.get(rule["stock_action_code"] if rule else "")
        known = 0.0 if is_shelved else (value or 0.0) if rule else None
        idle = self.price_idle(one)
        usual = self.find_usual()
        return {
            "return_line_id": one.key,
            "resolution_code": one.resolution,
            "reason_side_code": one.side,
            "grade_code": one.grade,
            "waiting_code": wait,
            "next_action_code": "grade" if wait == "grading" else wait,
            "stock_action_code": rule and rule["stock_action_code"],
            "received_count": one.units,
            "waited_hours": hours,
            "near_idle_cost_amount": None if idle is None or known is None else idle * known,
            "near_expected_idle_cost_amount": None
            if idle is None
            else idle * (usual if known is None else known),
            "is_shelved": is_shelved,
            "is_money_due": self.is_owed(one) and (rule is None or float(rule["refund_ratio"]) > 0),
            "is_past_24h": wait != "restock"
            and one.received is not None
            and one.received + IN_TIME <= END,
            "is_graded_before_received": bool(
                one.graded and one.received and one.graded < one.received
            ),
            "received_at": one.received,
        }

    def find_usual(self) -> float:
        """What a unit is worth before its grade, of one of grade A."""
        grades = Counter(self.handling.costs.grades.values())
        whole = sum(grades.values())
        return (grades["A"] + grades["B"] * OUTLET) / whole if whole else 1.0

    def price_idle(self, one: Arrival) -> float | None:
        """What it loses a day at full value."""
        sku = one.row.get("sku") or ""
        price = self.sales.products.get(sku, {}).get("list_price")
        if not price:
            return None
        return one.units * (int(price) * DECAY * self.find_chance(self.sales.style_of(sku)))

    def find_chance(self, style: str) -> float:
        frame = self.sales.frame_sell_through()
        if frame.empty:
            return CHANCE
        columns = ["received_count", "full_price_count"]
        sums = frame.assign(received_count=frame["received_count"].astype(float).fillna(0.0))
        sums = sums.groupby("style_id")[columns].sum()
        planned = sums[sums["received_count"] > 0]
        if style in planned.index and planned.loc[style, "received_count"] >= 30:
            bought, sold = planned.loc[style]
        else:
            bought, sold = planned.sum()
        return max(min(float(sold) / float(bought), 1.0), 0.0) if bought else CHANCE

    def frame_conformance(self) -> pd.DataFrame:
        """rpt_grading_conformance."""
        lines = {one.key: one for one in self.arrivals}
        sums: dict[tuple[str, date | None], Counter[str]] = defaultdict(Counter)
        for receipt, _, count in self.sales.list_arrived_units():
            grade, one = grade_of(receipt), lines[receipt["return_line_id"]]
            if grade is None:
                continue
            word = (receipt.get("disposition") or "").lower()
            is_back = is_known(receipt.get("restocked_at"))
            moved = WORDS.get(word)
            if is_back:
                moved = "outlet" if moved == "outlet" else "restock"
            elif moved == "restock" and self.is_shelving:
                moved = None
            day = to_day(receipt.get("graded_at")) or to_day(receipt["received_at"])
            rule = self.rules[grade, one.side, one.resolution]
            sums[grade, day and day.replace(day=1)].update(
                graded_count=count,
                moved_count=count if moved else 0,
                conforming_count=count if moved == rule["stock_action_code"] else 0,
                unknown_word_count=count if word and word not in WORDS else 0,
            )
        return pd.DataFrame(
            {"grade_code": grade, "month_date": month} | dict(total)
            for (grade, month), total in sums.items()
        )

    def frame_hours(self) -> pd.DataFrame:
        """rpt_resolution_hours."""
        counts: dict[tuple[int | None, date], Counter[str]] = defaultdict(Counter)
        for one in self.arrivals if self.is_settling else ():
            if not one.row.get("is_product_return") or one.received is None:
                continue
            known = [moment for text in one.resolved if (moment := to_moment(text))]
            if known:
                hours, state = max(ceil(count_hours(one.received, min(known))), 0), "settled"
            elif one.resolved:
                hours, state = None, "unknown"
            else:
                hours, state = floor(count_hours(one.received, END)), "open"
            counts[hours and min(hours, LONGEST), self.find_week(one)][state] += 1
        return pd.DataFrame(
            {"waited_hours": hours, "week_start_date": week}
            | {f"{name}_line_count": total[name] for name in ("settled", "open", "unknown")}
            for (hours, week), total in counts.items()
        )

    def find_week(self, one: Arrival) -> date:
        days = [day for row in one.receipts if (day := to_day(row["received_at"]))]
        return to_monday(min(days))

    def frame_steps(self) -> pd.DataFrame:
        """rpt_waiting_steps."""
        sums: dict[tuple[bool, date], Counter[str]] = defaultdict(Counter)
        for one in self.arrivals:
            known = [moment for text in one.resolved if (moment := to_moment(text))]
            if (
                not one.row.get("is_product_return")
                or one.received is None
                or one.graded is None
                or not known
            ):
                continue
            backs = [receipt.get("restocked_at") for receipt in one.receipts]
            moments = [moment for text in backs if (moment := to_moment(text))]
            is_back = all(is_known(text) for text in backs) and bool(moments)
            graded = max(one.graded, one.received)
            resolved = max(min(known), graded)
            sums[is_back, self.find_week(one)].update(
                finished_line_count=1,
                graded_before_received_line_count=one.graded < one.received,
                grading_minutes=count_minutes(one.received, graded),
                settling_minutes=count_minutes(graded, resolved),
                shelving_minutes=count_minutes(resolved, max(max(moments), resolved))
                if is_back
                else 0,
                inspection_work_minutes=one.units * INSPECTION,
                settling_work_minutes=SETTLE,
                shelving_work_minutes=SHELF * is_back,
            )
        return pd.DataFrame(
            {"is_shelved": is_back, "week_start_date": week} | dict(total)
            for (is_back, week), total in sums.items()
        )

    def list_looks(self) -> list[tuple[int, str, str]]:
        """Grader number, grade and category of every look."""
        given = [
            row
            for row in self.core.get("return_receipts")
            if (row.get("grader_id") or "").strip()
            and row.get("grade")
            and row.get("graded_at")
            and is_known(row["graded_at"])
            and is_known(row["received_at"])
        ]
        first: dict[str, str] = {}
        for row in given:
            name = row["grader_id"].strip()
            first[name] = min(row["graded_at"], first.get(name, row["graded_at"]))
        ranked = sorted(first, key=lambda name: (first[name], name))
        numbers = {name: number for number, name in enumerate(ranked, start=1)}
        looks = []
        for row in given:
            sku = self.rows.get(row["return_line_id"], {}).get("sku") or ""
            category = self.sales.products.get(sku, {}).get("category") or ""
            looks.append((numbers[row["grader_id"].strip()], row["grade"], category))
        return looks

    def frame_graders(self) -> pd.DataFrame:
        """rpt_graders."""
        looks = self.list_looks()
        goods: dict[str, list[str]] = defaultdict(list)
        for _, grade, category in looks:
            goods[category].append(grade)
        shares = {name: some.count("A") / len(some) for name, some in goods.items()}
        pool = sum(grade == "A" for _, grade, _ in looks) / len(looks) if looks else 0.0
        found = []
        for number in sorted({number for number, _, _ in looks}):
            mine = [(grade, category) for who, grade, category in looks if who == number]
            grades = Counter(grade for grade, _ in mine)
            expected = sum(shares[category] for _, category in mine)
            chance = sum(shares[category] * (1 - shares[category]) for _, category in mine)
            found.append(
                {
                    "grader_number": number,
                    "graded_count": len(mine),
                    **{f"grade_{grade.lower()}_count": grades[grade] for grade in "ABCX"},
                    "expected_a_units": expected,
                    "pool_a_share": pool,
                    "difference": (grades["A"] - expected) / len(mine),
                    "variance": chance / len(mine) ** 2 if chance > 1e-12 else None,
                }
            )
        between = estimate_spread(found)
        return pd.DataFrame(bound(row, between) for row in found)


def estimate_spread(rows: list[Record]) -> float:
    """How much graders differ beyond chance, by DerSimonian and Laird."""
    judged = [row for row in rows if row["variance"]]
    weights = [1 / row["variance"] for row in judged]
    if len(judged) < 2:
        return 0.0
    heterogeneity = sum(w * row["difference"] ** 2 for w, row in zip(weights, judged, strict=True))
    scale = sum(weights) - sum(w * w for w in weights) / sum(weights)
    return max((heterogeneity - (len(judged) - 1)) / scale, 0.0) if scale > 0 else 0.0


def bound(row: Record, between: float) -> Record:
    """A grader's share with its own interval and the one drawn towards the pool."""
    difference, variance, pool = row.pop("difference"), row.pop("variance"), row["pool_a_share"]
    told: dict[str, Any] = {"adjusted_a_share": pool + difference, "is_standing_out": False}
    if variance:
        kept = between / (between + variance)
        half = Z * sqrt(kept * variance)
        middle = kept * difference
        told |= {
            "low_a_share": max(pool + difference - Z * sqrt(variance), 0.0),
            "high_a_share": min(pool + difference + Z * sqrt(variance), 1.0),
            "likely_a_share": pool + middle,
            "likely_low_a_share": pool + middle - half,
            "likely_high_a_share": pool + middle + half,
            "is_standing_out": row["graded_count"] >= 30
            and (middle - half > 1e-6 or middle + half < -1e-6),
        }
    return row | told
