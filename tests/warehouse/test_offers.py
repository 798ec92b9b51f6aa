"""Offers on open requests: what holds whatever the shop is, and what the macro says alone."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies

from orchestration.offer_sql import render_offers
from tests.warehouse.oracle_offers import KINDS

SIZES, COLOURS = (None, "S", "M", "L"), (None, "red", "blue")
CHANCE = strategies.one_of(strategies.none(), strategies.sampled_from([0.0, 0.125, 0.5, 1.0]))
variants = strategies.lists(
    strategies.fixed_dictionaries(
        {
            "style_id": strategies.sampled_from(["T", "U"]),
            "size_label": strategies.sampled_from(SIZES),
            "colour_name": strategies.sampled_from(COLOURS),
            "size_order": strategies.one_of(strategies.none(), strategies.integers(0, 4)),
            "available_count": strategies.integers(0, 3),
            "unit_cost_amount": strategies.one_of(strategies.none(), strategies.integers(0, 9000)),
            "return_probability": CHANCE,
            "small_thousandths": strategies.sampled_from([None, 900, 1000, 1100]),
            "large_thousandths": strategies.sampled_from([None, 900, 1000, 1100]),
            "is_in_catalogue": strategies.sampled_from([True, True, True, False]),
        }
    ),
    min_size=1,
    max_size=12,
)
requests = strategies.lists(
    strategies.fixed_dictionaries(
        {
            "sku": strategies.sampled_from([None, "v0", "v1", "v2", "nowhere"]),
            "reason_focus_code": strategies.sampled_from(["size", "size", "colour", "other"]),
            "size_direction_code": strategies.sampled_from([None, "small", "large"]),
            "requested_count": strategies.integers(1, 2),
            "requested_net_amount": strategies.one_of(
                strategies.none(), strategies.integers(-100, 20_000)
            ),
            "is_exchange_allowed": strategies.sampled_from([True, True, False]),
            "is_credit_allowed": strategies.sampled_from([True, True, False]),
        }
    ),
    min_size=1,
    max_size=6,
)
kinds = strategies.tuples(*([CHANCE] * 4))
TYPES = {
    "size_order": "bigint", "available_count": "bigint", "unit_cost_amount": "bigint",
    "return_probability": "double", "small_thousandths": "bigint", "large_thousandths": "bigint",
    "requested_net_amount": "bigint", "requested_count": "bigint", "accept_probability": "double",
}  # fmt: skip


def write(connection: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    """Write rows as a table whose columns have types, whatever they hold."""
    columns = ", ".join(
        f"{column} {TYPES.get(column, 'boolean' if column.startswith('is_') else 'varchar')}"
        for column in rows[0]
    )
    connection.execute(f"create table {name} ({columns})")
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(
        f"insert into {name} values ({marks})",
        [[row[column] for column in rows[0]] for row in rows],
    )


def rank(
    asked: list[dict[str, Any]], there: list[dict[str, Any]], chances: tuple[float | None, ...]
) -> pd.DataFrame:
    costs = {"freight_amount": 600, "second_return_line_amount": 967}
    costs |= {"second_return_unit_amount": 233, "saved_refund_amount": 433}
    with duckdb.connect() as connection:
        write(connection, "asked", [{"return_line_id": f"r{n}"} | r for n, r in enumerate(asked)])
        write(connection, "there", [{"sku": f"v{n}"} | row for n, row in enumerate(there)])
        told = dict(zip(KINDS, (*chances, None), strict=True))
        rows = [
            {"offer_kind_code": kind, "accept_probability": chance, **costs}
            for kind, chance in told.items()
        ]
        write(connection, "taken", rows)
        for column in costs:
            connection.execute(f"alter table taken alter {column} type bigint")
        sql = render_offers(requests="asked", variants="there", kinds="taken")
        return connection.execute(sql).df()


@settings(max_examples=60, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(asked=requests, there=variants, chances=kinds)
def test_what_is_offered_is_there_and_answers_the_reason(
    asked: list[dict[str, Any]],
    there: list[dict[str, Any]],
    chances: tuple[float | None, ...],
) -> None:
    offers = rank(asked, there, chances)
    goods = {f"v{n}": row for n, row in enumerate(there)}
    for key, some in offers.groupby("return_line_id"):
        request = asked[int(str(key)[1:])]
        ordered = some.sort_values("offer_rank")
        assert ordered["offer_rank"].tolist() == list(range(1, len(some) + 1))
        is_credit = ordered["offer_kind_code"].eq("credit").tolist()
        assert is_credit.count(True) == request["is_credit_allowed"]
        assert is_credit == sorted(is_credit)  # money of the shop comes last
        expected = ordered.loc[~pd.Series(is_credit, index=ordered.index), "expected_profit_amount"]
        known = expected.dropna().tolist()
        assert known == sorted(known, reverse=True)
        assert expected.isna().tolist() == sorted(expected.isna())
        assert ordered["offered_sku"].dropna().is_unique
        for sku in ordered["offered_sku"].dropna():
            own, other = goods[request["sku"]], goods[sku]
            assert sku != request["sku"]
            assert request["is_exchange_allowed"]
            assert own["style_id"] == other["style_id"]
            assert own["is_in_catalogue"]
            assert other["is_in_catalogue"]
            assert other["available_count"] >= request["requested_count"]
            if request["reason_focus_code"] == "size" and request["size_direction_code"]:
                steps = other["size_order"] - own["size_order"]
                side = request["size_direction_code"]
                assert steps > 0 if side == "small" else steps < 0
                weights = [one[f"{side}_thousandths"] for one in (other, own)]
                assert None in weights or weights[0] <= weights[1]
            if request["reason_focus_code"] == "colour":
                assert (own["colour_name"] or "") != (other["colour_name"] or "")


def test_a_cost_that_nobody_knows_is_no_profit() -> None:
    request = {
        "sku": "v0", "reason_focus_code": "other", "size_direction_code": None,
        "requested_count": 1, "requested_net_amount": 8000, "is_exchange_allowed": True,
        "is_credit_allowed": False,
    }  # fmt: skip
    variant = {
        "style_id": "T", "size_label": "M", "colour_name": "red", "size_order": 1,
        "available_count": 2, "unit_cost_amount": 3200, "return_probability": 0.25,
        "small_thousandths": None, "large_thousandths": None, "is_in_catalogue": True,
    }  # fmt: skip
    there = [variant, variant | {"colour_name": "blue"}]
    # 8000 - 3200 - 600 - 0.25 x (967 + 233) + 433
    (known,) = rank([request], there, (0.5,) * 4).to_dict("records")
    assert (known["profit_amount"], known["expected_profit_amount"]) == (4333, 2167)
    there = [variant, variant | {"colour_name": "blue", "unit_cost_amount": None}]
    (unknown,) = rank([request], there, (0.5,) * 4).to_dict("records")
    assert pd.isna(unknown["profit_amount"])
    assert pd.isna(unknown["expected_profit_amount"])


@pytest.mark.parametrize("name", ["a; drop table b", "A", "1a", 'a"b'])
def test_only_plain_names_get_into_the_query(name: str) -> None:
    with pytest.raises(ValueError, match="not a plain name"):
        render_offers(requests=name, variants="there", kinds="taken")
