"""What becomes of graded units: the shipped table decides every case once, and so must a shop's."""

from __future__ import annotations

import csv
import io
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from orchestration.disposition_rules import (
    CASES,
    COLUMNS,
    SHIPPED_DISPOSITIONS,
    read_disposition_rules,
)
from orchestration.landing_run import land_inbox
from orchestration.wording import LANGUAGES, WrongUseError
from tests.orchestration.small_shops import deliver, land, make_small_shop, read_rows

FILE = "disposition_rules.csv"
RULE = {
    **{"stock_action_code": "restock", "refund_ratio": "1", "next_action_code": "refund"},
    **{"message_ja": "返金する。", "message_en": "Refund."},
}
X = {**RULE, "grade_code": "X", "next_action_code": "review"}
OTHERS = {**RULE, "grade_code": "A|B|C"}


def write_rules(*rules: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(COLUMNS), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rules)
    return text.getvalue()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def put(shop: Path, text: str | bytes) -> Path:
    path = shop / "policies" / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def test_the_shipped_table_is_total_over_its_cross_product() -> None:
    with SHIPPED_DISPOSITIONS.open(encoding="utf-8", newline="") as file:
        cases = [tuple(row[name] for name in CASES) for row in csv.DictReader(file)]
    assert sorted(cases) == sorted(product(*CASES.values()))
    assert len(read_disposition_rules(SHIPPED_DISPOSITIONS)) == 48


def test_a_row_may_speak_of_several_cases(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(write_rules({**OTHERS, "grade_code": "a | C|b"}, X), encoding="utf-8")
    rules = {tuple(rule[name] for name in CASES): rule for rule in read_disposition_rules(path)}
    assert set(rules) == set(product(*CASES.values()))
    assert rules["C", "customer", "none"]["next_action_code"] == "refund"
    assert rules["X", "statutory", "credit"]["next_action_code"] == "review"


def test_rules_land_and_are_written_anew_at_every_run(shop: Path) -> None:
    path = put(shop, write_rules(OTHERS, X))
    land(shop)
    counted = (
        "select next_action_code, count(*) from landing.disposition_rules group by 1 order by 1"
    )
    assert read_rows(shop, counted) == [("refund", 36), ("review", 12)]
    path.unlink()
    land(shop, "without")
    assert read_rows(shop, counted) == []


BAD_TABLES = {
    "grade": ([{**OTHERS, "grade_code": "A|D"}, X], ("line 2", "grade_code", "'A|D'", "A | B")),
    "twice in a cell": ([{**OTHERS, "grade_code": "A|A"}], ("line 2", "grade_code", "'A|A'")),
    "side": ([{**OTHERS, "reason_side_code": "shop"}, X], ("line 2", "reason_side_code", "'shop'")),
    "stock": ([{**OTHERS, "stock_action_code": "sell"}, X], ("line 2", "'sell'", "quarantine")),
    "ratio": ([{**OTHERS, "refund_ratio": "1.5"}, X], ("line 2", "refund_ratio", "'1.5'", "0.5")),
    "negative": ([{**OTHERS, "refund_ratio": "-1"}, X], ("line 2", "refund_ratio", "'-1'")),
    "message": ([{**OTHERS, "message_en": ""}, X], ("line 2", "message_en", "''", "a text")),
    "hole": ([OTHERS], ("X · merchant · refund", "line 2", "grade_code", "Add a line")),
    "small hole": (
        [OTHERS, {**X, "resolution_code": "refund|exchange|credit"}],
        ("X · merchant · none", "line 3"),
    ),
    "overlap": (
        [OTHERS, X, {**X, "reason_side_code": "customer", "resolution_code": "none"}],
        ("line 4", "X · customer · none", "line 3 already"),
    ),
    "all twice": ([RULE, RULE], ("line 3", "A · merchant · refund", "line 2 already")),
}


@pytest.mark.parametrize(("rules", "said"), BAD_TABLES.values(), ids=BAD_TABLES)
def test_a_bad_table_is_refused_with_its_place_and_a_way_out(
    shop: Path, rules: list[dict[str, str]], said: tuple[str, ...]
) -> None:
    put(shop, write_rules(*rules))
    with pytest.raises(WrongUseError) as refused:
        land_inbox(shop, run_id="run")
    for language in LANGUAGES:
        assert FILE in refused.value.render(language)
    message = refused.value.render("en")
    assert [part for part in said if part not in message] == [], message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("grade_code,colour\n", "'colour'"),
        ("grade_code\n", "stock_action_code"),
        (write_rules(), "no rule"),
        ("等級\n".encode("cp932"), "UTF-8"),
    ],
    ids=["unknown column", "missing column", "no rows", "not text"],
)
def test_a_file_that_is_no_table_of_rules_is_refused(
    shop: Path, text: str | bytes, said: str
) -> None:
    path = put(shop, text)
    with pytest.raises(WrongUseError) as refused:
        read_disposition_rules(path)
    assert FILE in refused.value.render("ja")
    assert said in refused.value.render("en")


def test_a_grade_that_nobody_knows_is_held_back(shop: Path) -> None:
    lines = "return_line_id,received_at,grade\nR1,2026-11-01 10:00:00,A\nR2,2026-11-01 10:00:00,Z\n"
    deliver(shop, "return_receipts.csv", lines)
    land(shop)
    assert read_rows(shop, "select return_line_id from landing.return_receipts") == [("R1",)]
    held = "select line, column_name, value from landing.quarantined_rows"
    assert read_rows(shop, held) == [(3, "grade", "Z")]


@strategies.composite
def tables(draw: strategies.DrawFn) -> list[dict[str, str]]:
    """A sound table: the cases, split again and again along one of the conditions."""
    blocks = [{name: list(values) for name, values in CASES.items()}]
    for _ in range(draw(strategies.integers(0, 12))):
        splittable = [
            (number, name)
            for number, block in enumerate(blocks)
            for name, values in block.items()
            if len(values) > 1
        ]
        if not splittable:
            break
        number, name = draw(strategies.sampled_from(splittable))
        block = blocks.pop(number)
        at = draw(strategies.integers(1, len(block[name]) - 1))
        blocks += [block | {name: block[name][:at]}, block | {name: block[name][at:]}]
    return [
        {
            **RULE,
            **{
                name: "" if len(values) == len(CASES[name]) else "|".join(values)
                for name, values in block.items()
            },
            "message_en": f"row {number}",
        }
        for number, block in enumerate(draw(strategies.permutations(blocks)))
    ]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(table=tables(), chosen=strategies.integers(0, 99))
def test_each_case_has_exactly_one_rule_or_the_table_is_refused(
    tmp_path: Path, table: list[dict[str, str]], chosen: int
) -> None:
    path = tmp_path / FILE
    path.write_text(write_rules(*table), encoding="utf-8")
    rules = read_disposition_rules(path)
    assert [tuple(rule[name] for name in CASES) for rule in rules] == list(product(*CASES.values()))
    for rule in rules:
        fitting = [
            row["message_en"]
            for row in table
            if all(not row[name] or rule[name] in row[name].split("|") for name in CASES)
        ]
        assert fitting == [rule["message_en"]]
    one = chosen % len(table)
    for wrong in ([*table, table[one]], [*table[:one], *table[one + 1 :]]):
        path.write_text(write_rules(*wrong), encoding="utf-8")
        with pytest.raises(WrongUseError):
            read_disposition_rules(path)
