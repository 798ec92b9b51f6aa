"""``kaeru conditions`` and ``kaeru leak``: what they answer of a published version."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from tests.dashboards.serving_fixture import Rows, write_shop

MONTHS = {
    "month_count": 3,
    "is_whole_months": True,
    "first_date": date(2024, 8, 1),
    "last_date": date(2024, 10, 31),
}
CONDITIONS = [
    {
        "condition_number": number,
        "condition_code": f"c{number}",
        "state_code": state,
        "missing_name": missing,
        "n_count": 900,
        "value_share": 0.968,
        "low": 0.95,
        "high": 0.98,
        "threshold_share": 0.95,
        "partial_threshold_share": 0.8,
        "month_amount": amount,
    }
    for number, state, missing, amount in (
        (1, "partial", None, 70),
        (2, "partial", None, 38),
        (3, "not_measurable", "inventory_snapshots", None),
        (4, "fail", None, 378),
        (5, "pass", None, 0),
    )
]
FIGURES = [
    {"condition_number": 3, "figure_code": name, "missing_name": missing, "is_shown": True}
    for name, missing in (("a", "inventory_snapshots"), ("b", None), ("c", "inventory_snapshots"))
]
PARTS = [
    {"hole_code": hole, "part_code": part, "missing_name": missing, "month_amount": amount} | MONTHS
    for hole, part, missing, amount in (
        ("addresses", "bring_backs", None, 108),
        ("refunds", "digital_fees", "costs.digital_payout_fee", None),
        ("refunds", "refund_entry", None, 378),
        ("grading", "waiting_goods", "return_receipts.grade", None),
    )
]
HOLES = [
    {"hole_code": hole, "month_amount": amount, "part_count": 2} | MONTHS
    for hole, amount in (("addresses", 108), ("refunds", 378), ("grading", None))
]
COSTS: list[dict[str, Any]] = [
    {
        "hole_code": hole,
        "part_code": part,
        "parameter_name": name,
        "parameter_value": value,
        "source_code": source,
        "confidence_code": "assumption",
        "source_text": "Reading",
        "valid_from_date": date(1990, 1, 2),
    }
    for hole, part, name, value, source in (
        ("addresses", "bring_backs", "outbound_freight", 600.0, "default"),
        ("refunds", "refund_entry", "hourly_wage", 1700.0, "shop"),
        ("refunds", "second_checks", "hourly_wage", 1700.0, "shop"),
        ("refunds", "digital_fees", "digital_payout_fee", None, "none"),
    )
]
FILLED: Rows = {
    "rpt_conditions": CONDITIONS,
    "rpt_condition_figures": FIGURES,
    "rpt_leak_parts": PARTS,
    "rpt_leak_holes": HOLES,
    "rpt_leak": COSTS,
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write_shop(tmp_path, FILLED)


def ask(shop: Path, command: str, *flags: str) -> str:
    done = CliRunner().invoke(app, [command, "--shop", str(shop), *flags])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_conditions_are_five_objects(shop: Path) -> None:
    found = json.loads(ask(shop, "conditions", "--json"))
    assert [list(one) for one in found] == [
        [
            *("condition", "state", "value", "n", "low", "high", "threshold"),
            *("yen_per_month", "missing"),
        ]
    ] * 5
    assert [one["state"] for one in found] == [row["state_code"] for row in CONDITIONS]
    assert [one["missing"] for one in found] == [[], [], ["inventory_snapshots"], [], []]
    assert [one["yen_per_month"] for one in found] == [70, 38, None, 378, 0]


def test_a_leak_is_the_sum_of_its_holes_with_their_costs(shop: Path) -> None:
    found = json.loads(ask(shop, "leak", "--json"))
    assert list(found) == ["period", "total_amount", "holes"]
    assert found["total_amount"] == 486
    assert found["period"]["first_date"] == "2024-08-01"
    holes = {hole["hole"]: hole for hole in found["holes"]}
    assert {name: hole["amount"] for name, hole in holes.items()} == {
        "addresses": 108,
        "refunds": 378,
        "grading": None,
    }
    assert "missing" not in holes["addresses"]
    assert holes["refunds"]["missing"] == ["costs.digital_payout_fee"]
    assert holes["grading"]["missing"] == ["return_receipts.grade"]
    assert holes["refunds"]["parameters"] == [
        {"name": "hourly_wage", "value": 1700.0, "source": "kaeru.toml [costs]"},
        {
            "name": "digital_payout_fee",
            "value": None,
            "source": "asked: set it in kaeru.toml [costs]",
        },
    ]


@pytest.mark.parametrize(
    ("command", "language", "told"),
    [
        ("conditions", "ja", ["不合格", "96.8%", "95.0%–98.0%", "測れない", "inventory_snapshots"]),
        ("conditions", "en", ["fails", "not measurable", "No overall score"]),
        ("leak", "ja", ["もれは月 486 円です", "2024-08-01〜2024-10-31", "1700", "kaeru.toml"]),
        ("leak", "en", ["The leak is 486 yen a month", "costs.digital_payout_fee"]),
    ],
)
def test_both_answer_in_words(shop: Path, command: str, language: str, told: list[str]) -> None:
    answer = ask(shop, command, "--language", language)
    assert [part for part in told if part not in answer] == []


def test_a_shop_of_which_nothing_leaks_measurably_names_what_is_missing(tmp_path: Path) -> None:
    holes = [hole | {"month_amount": None} for hole in HOLES]
    parts = [part | {"month_amount": None, "missing_name": "orders"} for part in PARTS]
    shop = write_shop(tmp_path, {**FILLED, "rpt_leak_holes": holes, "rpt_leak_parts": parts})
    assert json.loads(ask(shop, "leak", "--json"))["total_amount"] is None
    assert "orders" in ask(shop, "leak", "--language", "en")
