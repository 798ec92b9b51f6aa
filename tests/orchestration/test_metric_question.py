"""What a metric asks, answered by two small marts: signs, joins, unknown parts, policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pytest

from orchestration.metric_catalogue import Metric
from orchestration.metric_dimensions import build_dimensions
from orchestration.metric_question import Table, build_question

ABOVE = {
    "category_name": "VARCHAR",
    "reason_code": "VARCHAR",
    "basis_code": "VARCHAR",
    "returned_count": "BIGINT",
    "bracketed_count": "BIGINT",
    "cost_amount": "BIGINT",
    "is_policy_change_affected": "BOOLEAN",
}
BELOW = {"category_name": "VARCHAR", "basis_code": "VARCHAR", "delivered_count": "BIGINT"}


@pytest.fixture(name="connection")
def open_marts() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("""
        create schema marts;
        create table marts.above as from (values
            ('hat', 'small', 'cohort', 3, 1, 100, false),
            ('hat', 'large', 'cohort', 2, 0, 50, true),
            ('sock', 'small', 'cohort', 1, 0, null, false),
            ('sock', 'small', 'event', 9, 0, 1, true)
        ) as rows(category_name, reason_code, basis_code, returned_count, bracketed_count,
            cost_amount, is_policy_change_affected);
        create table marts.below as from (values
            ('hat', 'cohort', 10), ('sock', 'cohort', 20), ('tie', 'cohort', 5),
            ('hat', 'event', 99)
        ) as rows(category_name, basis_code, delivered_count)
    """)
    return connection


def ask(
    connection: duckdb.DuckDBPyConnection,
    *,
    by: Sequence[str] = (),
    where: Mapping[str, Sequence[str]] | None = None,
    **named: Any,
) -> list[tuple[Any, ...]]:
    words = dict.fromkeys(("label_ja", "label_en", "definition_ja", "definition_en", "owner"), "")
    defaults = {"numerator": "returned_count", "denominator": None, "basis": "cohort"}
    metric = Metric(**{"name": "m", "mart": "above", "unit": "share", **words, **defaults, **named})
    tables = [
        Table(
            mart=mart,
            types=types,
            dimensions=build_dimensions({}, date=None, types=types, product_types={}),
        )
        for mart, types in (("above", ABOVE), ("below", BELOW))
    ]
    question = build_question(
        metric,
        facts=tables[0],
        below=tables[1] if metric.denominator_mart else None,
        by=by,
        where=where or {},
        cast=lambda value, _column, _data_type: value,
    )
    return connection.execute(question.sql, list(question.values)).fetchall()


def test_columns_are_added_and_taken_off(connection: duckdb.DuckDBPyConnection) -> None:
    kept = {"filters": {"basis_code": "cohort"}}
    (row,) = ask(connection, numerator="returned_count-bracketed_count", **kept)
    assert row[0] == 3 - 1 + 2 + 1
    (row,) = ask(connection, numerator="returned_count+bracketed_count", **kept)
    assert row[0] == 3 + 1 + 2 + 1
    (row,) = ask(connection, filters={"basis_code": "cohort|event"})
    assert row[0] == 3 + 2 + 1 + 9


def test_one_unknown_part_makes_the_sum_unknown(connection: duckdb.DuckDBPyConnection) -> None:
    kept = {"filters": {"basis_code": "cohort"}, "numerator": "cost_amount"}
    assert [row[:2] for row in ask(connection, by=["category"], **kept)] == [
        *(("hat", 150), ("sock", None)),
    ]
    assert ask(connection, **kept)[0][0] is None


@pytest.mark.parametrize(
    ("by", "where", "expected"),
    [
        ([], {}, [(6, 35)]),
        # Delivered and nothing returned: the filter of the basis holds in both marts.
        (["category"], {}, [("hat", 5, 10), ("sock", 1, 20), ("tie", 0, 5)]),
        # The denominator knows no reason: it is the whole of the category.
        (
            ["category", "reason"],
            {},
            [("hat", "large", 2, 10), ("hat", "small", 3, 10), ("sock", "small", 1, 20)],
        ),
        (["category"], {"reason": ["large"]}, [("hat", 2, 10), ("sock", 0, 20), ("tie", 0, 5)]),
        ([], {"category": ["hat"], "reason": ["large"]}, [(2, 10)]),
        (["category"], {"category": ["none"]}, []),
    ],
)
def test_a_denominator_of_another_mart_is_joined_on_what_both_have(
    connection: duckdb.DuckDBPyConnection,
    by: list[str],
    where: dict[str, list[str]],
    expected: list[tuple[object, ...]],
) -> None:
    rows = ask(
        connection,
        by=by,
        where=where,
        denominator="delivered_count",
        denominator_mart="below",
        filters={"basis_code": "cohort"},
    )
    assert [(*row[: len(by) + 1], row[len(by) + 2]) for row in rows] == expected


def test_a_policy_change_shows_where_a_developed_row_has_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    kept = {"filters": {"basis_code": "cohort"}, "is_developed": True}
    rows = ask(connection, by=["category"], **kept)
    assert [(row[0], row[-1]) for row in rows] == [("hat", True), ("sock", False)]
    below = {"denominator": "delivered_count", "denominator_mart": "below"}
    rows = ask(connection, by=["category"], **kept, **below)
    assert [(row[0], row[-1]) for row in rows] == [("hat", True), ("sock", False), ("tie", False)]
