"""Metrics of two marts, developed and as-of ones, of the hand-written shop with coded reasons."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from models_ml.reasons.reader import read_text
from orchestration.commands.init import make_shop
from orchestration.intervals import compute_wilson_interval
from orchestration.metric import compute_metric
from orchestration.pipeline import run_shop
from tests.orchestration.conftest import FIXTURES, put_into_inbox
from tests.parsed_project import copy_parsed_project

pytestmark = [pytest.mark.dbt]

REQUESTS = "return_requests.csv"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two shoes come back as too small, one shirt of another colour than shown."""
    folder = tmp_path_factory.mktemp("arithmetic") / "shop"
    make_shop(folder, values={"name": "小さな店", "language": "en"})
    put_into_inbox(folder, *(path for path in FIXTURES.glob("*.csv") if path.name != REQUESTS))
    text = (FIXTURES / REQUESTS).read_text(encoding="utf-8")
    coded = text.replace("too_small", "FIT.SMALL").replace("changed_mind", "LOOK.COLOR")
    requests = tmp_path_factory.mktemp("coded") / REQUESTS
    requests.write_text(coded, encoding="utf-8")
    put_into_inbox(folder, requests)
    copy_parsed_project(folder, factory=tmp_path_factory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAERU_SHOP", str(folder))
        outcome = run_shop(folder)
    assert outcome.failure is None
    return folder


# Delivered on 3 to 6 September: shirts 1 (web) + 3 (app), shoes 2 (web). Returned: 1 shirt (app), 2
# shoes (web).
@pytest.mark.parametrize(
    ("name", "by", "where", "expected"),
    [
        # A category of which nothing came back for the reason is a zero, no missing row.
        ("size_return_rate", ["category"], {}, [("シャツ", 0, 4, 0.0), ("靴", 2, 2, 1.0)]),
        ("expectation_gap", ["category"], {}, [("シャツ", 1, 4, 0.25), ("靴", 0, 2, 0.0)]),
        ("expectation_gap", [], {}, [(1, 6, pytest.approx(1 / 6))]),
        ("expectation_gap", ["month"], {"channel": ["app"]}, [("2026-09", 1, 3, 1 / 3)]),
        ("controllable_return_rate", ["channel"], {}, [("app", 1, 3, 1 / 3), ("web", 2, 3, 2 / 3)]),
        # The delivered units have no reason: they are the same for every reason.
        ("reason_rate", ["reason"], {}, [("FIT.SMALL", 2, 6, 1 / 3), ("LOOK.COLOR", 1, 6, 1 / 6)]),
        ("reason_rate", [], {"reason": ["LOOK.COLOR"], "channel": ["app"]}, [(1, 3, 1 / 3)]),
        ("reason_share", ["reason"], {"channel": ["app"]}, [("LOOK.COLOR", 1, 1, 1.0)]),
        ("reason_usability", [], {}, [(3, 3, 1.0)]),
        ("size_direction", [], {}, [(2, 2, 1.0)]),
        ("size_direction", ["category"], {}, [("シャツ", 0, 0, None), ("靴", 2, 2, 1.0)]),
        # Kept: 1 + 2 of 3 shirts, and the replacement of one shoe.
        ("keep_rate", ["category"], {}, [("シャツ", 3, 4, 0.75), ("靴", 1, 2, 0.5)]),
        ("keep_rate_orders", [], {}, [(2, 4, 0.5)]),
        # Two refunds and an exchange; 3,800 and 12,000 went back, 12,000 stayed.
        ("exchange_rate", [], {}, [(1, 3, 1 / 3)]),
        ("retained_revenue_gross", [], {}, [(12000, 27800, 12000 / 27800)]),
        # The shoe of the 16th, 10:00 was replaced on the 17th, 09:00; refunds took three days.
        ("resolved_within_24h", ["channel"], {}, [("app", 0, 1, 0.0), ("web", 1, 2, 0.5)]),
        # Shirts, web: 3,900 − 1,500 − freight 600 = 1,800; app: 2 × (3,800 − 1,500) − 600 less
        # the return: 700 + inspection 133 + repacking 100 + service 267 + grade B 40 % of 1,500
        # = 1,800, leaves 2,200.
        ("contribution_after_returns", [], {"category": ["シャツ"]}, [(4000, None, 4000)]),
        # The same return, and a third of its freight out: 200 + 1,800.
        ("cost_per_return", [], {"category": ["シャツ"]}, [(2000, 1, 2000.0)]),
        ("grade_mix", ["grade"], {"category": ["シャツ"]}, [("B", 1, 1, 1.0)]),
        # Both refunds are paid; what is left of the return window ends after everything came.
        ("outstanding_refunds", [], {}, [(0, None, 0)]),
        # Nobody's time to return is over on 30 September: nothing durable is known yet.
        ("retained_revenue_durable", [], {}, [(0, 0, None)]),
    ],
)
def test_metrics_are_what_a_hand_computes(
    shop: Path,
    name: str,
    by: list[str],
    where: dict[str, list[str]],
    expected: list[tuple[object, ...]],
) -> None:
    rows = compute_metric(shop, name, by=by, where=where)
    columns = (*by, "numerator", "denominator", "value")
    assert [tuple(row[column] for column in columns) for row in rows] == expected


def test_a_developed_rate_says_how_developed_it_is(shop: Path) -> None:
    rows = compute_metric(shop, "return_rate_units_developed", by=["style"])
    assert [_pick(row) for row in rows] == [
        # 24 and more days after delivery every return of such goods has come.
        ("shirt", 1, 4, 0.25, 1.0, compute_wilson_interval(1, 4), False),
        ("shoe", 2, 2, 1.0, 1.0, compute_wilson_interval(2, 2), False),
    ]
    (value,) = compute_metric(shop, "return_rate_value_developed")
    assert (value["value"], value["n"], value["low"]) == (27800 / 39300, 6, None)
    assert value["developed_share"] == 1.0


def test_read_reasons_count_by_their_probability(shop: Path) -> None:
    requests = (FIXTURES / REQUESTS).read_text(encoding="utf-8").splitlines()
    readings = [
        read_text(row["reason_text"])
        for row in csv.DictReader(requests)
        if row["reason_text"] and row["return_type"] == "customer_return"
    ]
    expected: Counter[str] = Counter()
    for reading in readings:
        expected.update(reading.codes)
    assert expected
    rows = compute_metric(shop, "reason_share_read", by=["reason"])
    found = {row["reason"]: row["numerator"] for row in rows if row["numerator"]}
    assert found == pytest.approx(dict(expected))
    assert {row["denominator"] for row in rows} == {len(readings)}


def test_targets_that_are_not_given_are_named(shop: Path) -> None:
    (row,) = compute_metric(shop, "against_target")
    assert (row["value"], row["missing"]) == (None, ["targets"])


def _pick(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        *(row[name] for name in ("style", "numerator", "denominator", "value", "developed_share")),
        (row["low"], row["high"]),
        row["is_policy_change_affected"],
    )
