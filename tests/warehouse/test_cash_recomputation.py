"""Refund days, outstanding refunds and the bank against the same answers without SQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from tests.warehouse.drawn import draw_entities
from tests.warehouse.landed_shop import LandedShop, Row, land_shop
from tests.warehouse.recomputation import (
    AS_OF,
    Recomputation,
    Record,
    is_known,
    round_half_up,
    to_day,
    was_paid,
)

pytestmark = [pytest.mark.dbt]

OWED = ("customer_return", "recall", "exchange_leg")
AGES = ((1, "0-1"), (3, "2-3"), (7, "4-7"), (14, "8-14"), (30, "15-30"))
MONTH_ENDS = tuple(
    day
    for day in (AS_OF - timedelta(days=back) for back in range(430))
    if (day + timedelta(days=1)).day == 1
)[:14]


@dataclass(frozen=True)
class Drawn:
    """A shop that was built, what Python says of it, and the bank's planted fates."""

    shop: LandedShop
    expected: Recomputation
    fates: Mapping[str, str]


def draw_bank(
    refunds: list[Record], random: np.random.Generator
) -> tuple[list[Row], dict[str, str]]:
    """Draw a bank's file of the paid transfers, and say what should come of each side."""
    payouts: list[Row] = []
    fates: dict[str, str] = {}
    paid = [r for r in refunds if r["method"] == "bank_transfer" and was_paid(r)]
    for number, refund in enumerate(paid):
        day = to_day(refund["paid_at"])
        amount = int(refund["amount"])
        kind = ["matched", "by_day", "differs", "missing", "twice"][int(random.integers(5))]
        if day is None:
            fates[f"refund:{refund['refund_id']}"] = "outside_bank_file"
            continue
        row = {
            "payout_id": f"P{number}",
            "paid_on": day.isoformat(),
            "amount": str(amount + (5 if kind == "differs" else 0)),
        }
        if kind != "by_day":
            row["reference"] = refund["refund_id"]
        fates[f"refund:{refund['refund_id']}"] = {
            "differs": "amount_differs",
            "missing": "refund_only",
        }.get(kind, "matched")
        if kind != "missing":
            payouts.append(row)
        if kind == "twice":
            payouts.append({**row, "payout_id": f"P{number}-again"})
            fates[f"payout:P{number}-again"] = "payout_only"
    # The file covers every day of the shop.
    for name, day_text in (("first", "2026-07-01"), ("last", "2026-10-31")):
        payouts.append({"payout_id": name, "paid_on": day_text, "amount": "900000"})
        fates[f"payout:{name}"] = "payout_only"
    return payouts, fates


@pytest.fixture(scope="module", params=[11, 12])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    entities = dict(draw_entities(seed=request.param, order_count=250))
    random = np.random.default_rng(request.param)
    entities["bank_payouts"], fates = draw_bank([dict(row) for row in entities["refunds"]], random)
    shop = land_shop(tmp_path_factory.mktemp("cash"), entities)
    marts = ("rpt_refund_days", "rpt_outstanding_refunds", "rpt_bank_reconciliation")
    shop.dbt("run", "--select", *(f"+{mart}" for mart in marts))
    return Drawn(shop, Recomputation(entities, sources=()), fates)


def test_refund_days(drawn: Drawn) -> None:
    wanted: dict[tuple[date | None, str], list[int]] = defaultdict(lambda: [0, 0])
    for refund in drawn.expected.get("refunds"):
        if was_paid(refund):
            sums = wanted[to_day(refund["paid_at"]), refund["method"]]
            sums[0] += 1
            sums[1] += int(refund["amount"])
    found = drawn.shop.read("rpt_refund_days")
    got = {
        (
            None if pd.isna(row.calendar_date) else row.calendar_date.date(),
            row.method_code,
        ): [
            row.refund_count,
            row.refund_amount,
        ]
        for row in found.itertuples()
    }
    assert len(got) > 40
    assert any(day is None for day, _ in got)
    assert got == dict(wanted)


def list_acceptances(expected: Recomputation, request: Record) -> list[tuple[date | None, int]]:
    """The days on which units of a return line were accepted, with their units."""
    receipts = [
        row
        for row in expected.get("return_receipts")
        if row["return_line_id"] == request["return_line_id"] and is_known(row["received_at"])
    ]
    accepted = [row for row in receipts if row.get("grade") not in (None, "X")]
    result = [(to_day(r["received_at"]), int(r["quantity"])) for r in accepted if r.get("quantity")]
    unstated = [row for row in receipts if not row.get("quantity")]
    if unstated and all(row in accepted for row in unstated):
        stated = sum(int(row["quantity"]) for row in receipts if row.get("quantity"))
        first = min(to_day(row["received_at"]) or date.min for row in unstated)
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


def test_outstanding_refunds(drawn: Drawn) -> None:
    expected = drawn.expected
    exchanged = {row["return_line_id"] for row in expected.get("exchanges")}
    refunds = [row for row in expected.get("refunds") if was_paid(row)]
    counts: Counter[tuple[date, str, str]] = Counter()
    amounts: Counter[tuple[date, str, str]] = Counter()
    for request in expected.requests:
        key = request["return_line_id"]
        if (
            expected.kind_of(request) not in OWED
            or expected.is_dropped(request)
            or key in exchanged
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
            first = min(days, default=None)
            if first is None or first > as_of:
                age = "unknown"
            else:
                past = (as_of - first).days
                age = next((name for limit, name in AGES if past <= limit), "31+")
            counts[as_of, age, state] += 1
            amounts[as_of, age, state] += amount
    found = drawn.shop.read("rpt_outstanding_refunds")
    keys = [(r.as_of_date.date(), r.age_class_code, r.debt_state_code) for r in found.itertuples()]
    assert len(keys) > 15
    assert dict(zip(keys, found["return_line_count"], strict=True)) == dict(counts)
    outstanding = found["outstanding_amount"].fillna(0)
    assert dict(zip(keys, outstanding, strict=True)) == dict(amounts)


def test_bank_reconciliation(drawn: Drawn) -> None:
    rows = drawn.shop.read_keyed("rpt_bank_reconciliation", "reconciliation_id")
    found = {key: row["reconciliation_state_code"] for key, row in rows.items()}
    assert found == dict(drawn.fates)
    assert set(found.values()) == {
        "matched",
        "amount_differs",
        "refund_only",
        "outside_bank_file",
        "payout_only",
    }
