"""Refund days, outstanding refunds and the bank against the same answers without SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.drawn import draw_entities
from tests.warehouse.landed_facts import Record, to_day, was_paid
from tests.warehouse.landed_shop import LandedShop, Row, land_shop
from tests.warehouse.oracle_cash import count_debts
from tests.warehouse.recomputation import Recomputation

pytestmark = [pytest.mark.dbt]


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
def drawn(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    warehouse: CompiledWarehouse,
) -> Drawn:
    entities = dict(draw_entities(seed=request.param, order_count=250))
    random = np.random.default_rng(request.param)
    entities["bank_payouts"], fates = draw_bank([dict(row) for row in entities["refunds"]], random)
    landed = land_shop(tmp_path_factory.mktemp("cash"), entities)
    shop = warehouse.build_shop(landed, is_tested=False)
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


def test_outstanding_refunds(drawn: Drawn) -> None:
    counts, amounts = count_debts(drawn.expected)
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
