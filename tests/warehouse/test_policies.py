"""The table of rules decides every request once, as the rules say, whatever the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies

from orchestration.policy_rules import RULE_COLUMNS, read_policy_rules, write_policy_rules
from orchestration.policy_sql import render_decisions, render_rules
from tests.orchestration.test_policy_rules import LAST, RULE, write_rules
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.oracle_policies import decide, read_shipped_rules
from tests.warehouse.small_shops import SOURCES, SmallShop

FLAG = strategies.sampled_from([None, "true", "false"])
COUNT = strategies.one_of(strategies.none(), strategies.integers(0, 4).map(str))
DAYS = strategies.integers(-2, 40)
CHANGE = date(2026, 4, 1)  # from which the second version holds
FIELDS = ("rule_id", "effect_code", "cause_code", "nearest_rule_id", "missed_code", "counted_days")

rules_of_a_version = strategies.lists(
    strategies.fixed_dictionaries(
        {
            "effect": strategies.sampled_from(["approve", "deny", "review"]),
            "day_basis": strategies.sampled_from([None, "delivered", "shipped", "ordered"]),
            "counts_first_day": FLAG,
            "max_days": strategies.one_of(strategies.none(), strategies.integers(0, 35).map(str)),
            "reason_side": strategies.sampled_from([None, "customer", "merchant", "statutory"]),
            "sale": FLAG,
            "final_sale": strategies.one_of(strategies.none(), FLAG),
            "hygiene": strategies.one_of(strategies.none(), FLAG),
            "unworn_required": FLAG,
            "gift": strategies.one_of(strategies.none(), FLAG),
            "tier_min": strategies.sampled_from([None, None, "gold", "silver|gold", "%|_"]),
            "max_returns_90d": COUNT,
        }
    ),
    min_size=1,
    max_size=8,
)
requests = strategies.lists(
    strategies.fixed_dictionaries(
        {
            "policy_id": strategies.sampled_from(["standard", "standard", "standard", "other"]),
            "member_tier_name": strategies.sampled_from([None, "gold", "silver", "gol", "", "x"]),
            "reason_side_code": strategies.sampled_from(["customer", "merchant", "statutory"]),
            "blocked_code": strategies.sampled_from([None, None, None, "no_order"]),
            "returns_90d_count": strategies.integers(0, 5),
            "since_delivered_days": DAYS,
            "since_shipped_days": DAYS,
            "since_ordered_days": DAYS,
            "ordered_date": strategies.integers(-2, 2).map(lambda n: CHANGE + timedelta(days=n)),
            **{
                f"is_{name}": strategies.booleans()
                for name in ("sale", "final_sale", "hygiene", "gift", "worn")
            },
        }
    ),
    min_size=1,
    max_size=30,
)


@pytest.fixture(scope="module")
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        yield connection


def name_rules(rules: list[dict[str, Any]], *, version: str) -> list[dict[str, Any]]:
    """Rules of a version that ends, or begins, with the change; priorities out of order."""
    period = {"valid_from": "2020-01-01", "valid_to": f"{CHANGE - timedelta(days=1)}"}
    if version == "2":
        period = {"valid_from": f"{CHANGE}", "valid_to": None}  # type: ignore[dict-item]
    return [
        dict.fromkeys(RULE_COLUMNS)
        | rule
        | period
        | {"policy_id": "standard", "version": version, "rule_id": f"r{number}"}
        | {"priority": str(9 - number)}
        for number, rule in enumerate(rules)
    ]


def decide_all(
    session: duckdb.DuckDBPyConnection, asked: list[dict[str, Any]], rules: list[dict[str, Any]]
) -> dict[str, tuple[Any, ...]]:
    """What the macros decide, by request."""
    texts = pd.DataFrame(rules, columns=list(RULE_COLUMNS), dtype="string")
    facts = pd.DataFrame(asked)
    session.register("texts", texts)
    session.register("facts", facts)
    session.execute("create or replace temp table draft as from texts")
    session.execute(f"create or replace temp table rules_now as {render_rules('draft')}")
    session.execute("create or replace temp table asked as from facts")
    query = render_decisions(requests="asked", rules="rules_now")
    names = ("policy_version", *FIELDS)
    found = session.execute(f"select return_line_id, {', '.join(names)} from ({query})").fetchall()
    assert len(found) == len(asked)
    decided = {key: tuple(row) for key, *row in found}
    assert decided.keys() == {row["return_line_id"] for row in asked}
    return decided


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(first=rules_of_a_version, second=rules_of_a_version, drawn=requests)
def test_the_macros_decide_as_the_rules_say(
    session: duckdb.DuckDBPyConnection,
    first: list[dict[str, Any]],
    second: list[dict[str, Any]],
    drawn: list[dict[str, Any]],
) -> None:
    rules = name_rules(first, version="1") + name_rules(second, version="2")
    asked = [row | {"return_line_id": f"R{number}"} for number, row in enumerate(drawn)]
    decided = decide_all(session, asked, rules)
    expected = {row["return_line_id"]: tuple(decide(row, rules)) for row in asked}
    assert decided == expected
    for row in asked:
        assert row["reason_side_code"] == "customer" or "deny" not in decided[row["return_line_id"]]


@pytest.mark.parametrize(
    ("basis", "counts_first_day", "days", "effect"),
    [
        ("delivered", "true", 7, "approve"),
        ("delivered", "true", 8, "deny"),
        ("delivered", "false", 8, "approve"),
        ("delivered", "false", 9, "deny"),
        ("shipped", "true", 7, "approve"),
        ("shipped", "true", 8, "deny"),
        ("ordered", "false", 8, "approve"),
        ("ordered", "false", 9, "deny"),
    ],
)
def test_eight_days_end_where_the_rule_says(
    session: duckdb.DuckDBPyConnection, basis: str, counts_first_day: str, days: int, effect: str
) -> None:
    rule = {**dict.fromkeys(RULE_COLUMNS), **RULE, "max_days": "8", "day_basis": basis}
    rules = [
        rule | {"counts_first_day": counts_first_day},
        dict.fromkeys(RULE_COLUMNS) | {name: value or None for name, value in LAST.items()},
    ]
    asked = describe_request() | {f"since_{basis}_days": days}
    assert decide_all(session, [asked], rules)["R"][2] == effect


def describe_request() -> dict[str, Any]:
    """A request that no condition stands against, long after every day that could count."""
    return {
        **{"return_line_id": "R", "policy_id": "standard", "ordered_date": CHANGE},
        **{"reason_side_code": "customer", "blocked_code": None, "member_tier_name": None},
        **{"returns_90d_count": 0, "since_delivered_days": 99, "since_shipped_days": 99},
        **{"since_ordered_days": 99, "is_sale": False, "is_final_sale": False},
        **{"is_hygiene": False, "is_gift": False, "is_worn": False},
    }


def test_the_shipped_table_needs_no_nearest_rule_but_for_what_it_refuses_at_last(
    session: duckdb.DuckDBPyConnection,
) -> None:
    rules: list[dict[str, Any]] = [
        {name: value or None for name, value in rule.items()} for rule in read_shipped_rules()
    ]
    late = decide_all(session, [describe_request()], rules)["R"]
    assert late[1:6] == ("out-of-window", "deny", "rule", "in-window", "too_late")


@pytest.mark.dbt
def test_a_shops_own_table_stands_for_the_shipped_one(
    warehouse: CompiledWarehouse, tmp_path: Path
) -> None:
    path = tmp_path / "policy_rules.csv"
    path.write_text(write_rules({**LAST, "effect": "review"}), encoding="utf-8")
    rows = SmallShop(tuple(range(30)), frozenset(), (), is_bulky=False, is_closed=True).draw_rows()
    rules = "select distinct rule_id from serving.marts.fct_return_decisions where rule_id <> ''"
    warehouse.build(rows, sources=SOURCES)
    shipped = {rule for (rule,) in warehouse.session.execute(rules).fetchall()}
    assert {"merchant-in-window", "in-window"} < shipped
    own = read_policy_rules(path)
    warehouse.session.execute("use store")
    write_policy_rules(warehouse.session, own)
    warehouse.build(rows, sources=SOURCES)
    assert warehouse.session.execute(rules).fetchall() == [("last",)]
    warehouse.clear()
