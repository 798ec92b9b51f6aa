"""Refunds, debts and what was paid later a second time, in plain Python from the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from tests.warehouse.landed_facts import AS_OF, Record, is_known, round_half_up, to_day, was_paid
from tests.warehouse.oracle_development import Development
from tests.warehouse.recomputation import Recomputation

OWED = ("customer_return", "recall", "exchange_leg")
AGES = ((1, "0-1"), (3, "2-3"), (7, "4-7"), (14, "8-14"), (30, "15-30"))
MONTH_ENDS = tuple(
    day
    for day in (AS_OF - timedelta(days=back) for back in range(430))
    if (day + timedelta(days=1)).day == 1
)[:14]
OUTSIDE = ("original_payment", "bank_transfer", "atm_cash", "gift_code", "wallet")


def list_acceptances(expected: Recomputation, request: Record) -> list[tuple[date | None, int]]:
    """The days on which units of a return line were accepted, with their units."""
    if not expected.has_receipts:
        # What a shop without receipts did not turn down, it accepts with the request.
        return [(to_day(request["requested_at"]), expected.count_sent_back(request))]
    receipts = [
        row
        for row in expected.get("return_receipts")
        if row["return_line_id"] == request["return_line_id"] and is_known(row["received_at"])
    ]
    # A shop that grades nothing accepts what arrived; one that grades, on the day of the grade.
    has_grades = any(row.get("grade") for row in expected.get("return_receipts"))

    def when(row: Record) -> str:
        return str(row.get("graded_at") or row["received_at"] if has_grades else row["received_at"])

    accepted = [
        row
        for row in receipts
        if not has_grades or (row.get("grade") not in (None, "X") and is_known(when(row)))
    ]
    result = [(to_day(when(r)), int(r["quantity"])) for r in accepted if r.get("quantity")]
    unstated = [row for row in receipts if not row.get("quantity")]
    if unstated and all(row in accepted for row in unstated):
        stated = sum(int(row["quantity"]) for row in receipts if row.get("quantity"))
        first = min(to_day(when(row)) or date.min for row in unstated)
        rest = max(int(request.get("quantity") or 1) - stated, 0)
        if rest:
            result.append((None if first == date.min else first, rest))
    return result


def classify_debt(accepted: int | None, paid: int, units: int) -> tuple[str, int]:
    if accepted is None:
        return "not_measurable", 0
    open_amount = accepted - paid
    if open_amount <= 0 or (paid and open_amount <= units):
        return "settled", 0
    return ("underpaid" if paid else "unpaid"), open_amount


class Debt(NamedTuple):
    """What a return line is owed on an as-of day."""

    key: str
    as_of: date
    age: str
    state: str
    amount: int
    line: Record | None


def list_debts(expected: Recomputation) -> Iterator[Debt]:
    """Return lines with accepted units on every as-of day."""
    exchanged = {row["return_line_id"] for row in expected.get("exchanges")}
    refunds = [row for row in expected.get("refunds") if was_paid(row)]
    for request in expected.requests:
        key = request["return_line_id"]
        if (
            expected.kind_of(request) not in OWED
            or expected.is_dropped(request)
            or key in exchanged
            or request.get("requested_resolution") == "exchange"
        ):
            continue
        steps = list_acceptances(expected, request)
        line = expected.order_lines.get(request.get("order_line_id") or "")
        days = [day for day, _ in steps if day]
        for as_of in MONTH_ENDS:
            units = sum(count for day, count in steps if day is None or day <= as_of)
            if not units:
                continue
            accepted = None
            if line:
                ordered = int(expected.lines[line["order_line_id"]]["quantity"])
                accepted = round_half_up(Fraction(line["net_amount"] * units, ordered))
            paid = sum(
                int(refund["amount"])
                for refund in refunds
                if refund.get("return_line_id") == key
                and (to_day(refund["paid_at"]) or date.min) <= as_of
            )
            state, amount = classify_debt(accepted, paid, units)
            age = classify_age(min(days, default=None), as_of)
            yield Debt(key, as_of, age, state, amount, line)


def classify_age(first: date | None, as_of: date) -> str:
    if first is None or first > as_of:
        return "unknown"
    past = (as_of - first).days
    return next((name for limit, name in AGES if past <= limit), "31+")


def count_debts(
    expected: Recomputation,
) -> tuple[Counter[tuple[date, str, str]], Counter[tuple[date, str, str]]]:
    """Return lines and yen by as-of day, age and state."""
    counts: Counter[tuple[date, str, str]] = Counter()
    amounts: Counter[tuple[date, str, str]] = Counter()
    for debt in list_debts(expected):
        counts[debt.as_of, debt.age, debt.state] += 1
        amounts[debt.as_of, debt.age, debt.state] += debt.amount
    return counts, amounts


class CashOracle:
    """Frames of what the cash marts take from the ledger of refunds.

    Parameters
    ----------
    core : Recomputation
    developed : Development
        Of the same rows.
    """

    def __init__(self, core: Recomputation, developed: Development) -> None:
        self.core = core
        self.developed = developed
        self.paid = [
            (day, row)
            for row in core.get("refunds")
            if was_paid(row) and (day := to_day(row["paid_at"]))
        ]

    def frame_outstanding(self) -> pd.DataFrame:
        counts, amounts = count_debts(self.core)
        return pd.DataFrame(
            {
                "as_of_date": as_of,
                "age_class_code": age,
                "debt_state_code": state,
                "return_line_count": count,
                "outstanding_amount": amounts[as_of, age, state],
            }
            for (as_of, age, state), count in counts.items()
        )

    def sum_month(self, month: str) -> int:
        """Every dated refund of a month, by any method."""
        return sum(int(row["amount"]) for day, row in self.paid if f"{day:%Y-%m}" == month)

    def sum_payout(self, day: date, method: str) -> int:
        return sum(
            int(row["amount"]) for paid, row in self.paid if (paid, row["method"]) == (day, method)
        )

    def sum_later(self, as_of: date, channel: str, category: str) -> int:
        """What was paid after a day for goods that had been delivered by it."""
        return sum(
            amount
            for paid, line, amount in self.list_line_refunds()
            if line["delivered_date"] <= as_of < paid
            and line["channel_name"] == channel
            and self.developed.category_of(line["sku"]) == category
        )

    def list_line_refunds(self) -> Iterator[tuple[date, Record, int]]:
        """Refunds of what was sent back, with the order line that it was delivered on."""
        lines = {
            row["return_line_id"]: self.core.order_lines.get(row["order_line_id"] or "")
            for row in self.core.return_lines
        }
        for paid, row in self.paid:
            line = lines.get(row.get("return_line_id") or "")
            if line and line["delivered_date"]:
                yield paid, line, int(row["amount"])

    def sum_debts(self) -> Counter[tuple[date, str, str]]:
        """Yen owed by as-of day, channel and category."""
        sums: Counter[tuple[date, str, str]] = Counter()
        for debt in list_debts(self.core):
            if debt.line:
                category = self.developed.category_of(debt.line["sku"])
                sums[debt.as_of, debt.line["channel_name"], category] += debt.amount
        return sums

    def sum_owed_now(self, as_of: date, channel: str, category: str) -> int:
        """Yen still owed today for what had been delivered by a day."""
        return sum(
            debt.amount
            for debt in list_debts(self.core)
            if debt.as_of == AS_OF
            and debt.line
            and debt.line["delivered_date"]
            and debt.line["delivered_date"] <= as_of
            and debt.line["channel_name"] == channel
            and self.developed.category_of(debt.line["sku"]) == category
        )

    def share_costed(self, as_of: date, channel: str, category: str) -> float | None:
        """Share of the units delivered in the year up to a day whose cost is known."""
        units, costed = 0, 0
        for cohort in self.developed.cohorts:
            if cohort.cell == (category, channel) and 0 <= (as_of - cohort.day).days < 365:
                units += cohort.delivered
                has_cost = self.developed.products.get(cohort.sku, {}).get("unit_cost")
                costed += cohort.delivered if has_cost else 0
        return costed / units if units else None
