"""The endpoint decides every published request as the warehouse did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.answering import open_published
from orchestration.endpoint.deciding import Decisions, open_decisions
from orchestration.endpoint.return_records import ReturnAsked
from tests.orchestration.published_shops import build_ran_shop

DECIDED = (
    *("policy_id", "policy_version", "rule_id", "effect_code", "cause_code", "nearest_rule_id"),
    *("missed_code", "decision_reason_code", "resolutions_text", "shipping_payer_code"),
    *("day_basis_code", "counted_days", "reason_side_code", "is_estimated_delivery"),
    "inputs_sha256",
)
PUBLISHED = """
select decisions.*, lines.requested_count
from marts.fct_return_decisions as decisions
inner join marts.fct_return_lines as lines on decisions.return_line_id = lines.return_line_id
where decisions.requested_at is not null and decisions.order_line_id is not null
order by decisions.return_line_id
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_ran_shop(tmp_path_factory).copy_to(tmp_path_factory.mktemp("served") / "shop")


def read_published(shop: Path) -> list[dict[str, Any]]:
    with open_published(shop) as connection:
        found = connection.execute(PUBLISHED)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def find_differences(decisions: Decisions, published: list[dict[str, Any]]) -> list[str]:
    """Ask again for what was asked, by its order line, side and quantity."""
    asked = [
        decisions.tell(
            ReturnAsked(
                order_line_id=row["order_line_id"],
                return_line_id=row["return_line_id"],
                reason_side=row["reason_side_code"],
                quantity=row["requested_count"],
                is_worn=row["is_worn"],
                requested_at=f"{row['requested_at'].isoformat()}Z",  # type: ignore[arg-type]
            ),
            now=row["requested_at"],
        )
        for row in published
    ]
    found = [one.row for one in decisions.published.decide(asked)]
    return [
        f"{row['return_line_id']} {name}: {row[name]} published, {now[name]} decided"
        for row, now in zip(published, found, strict=True)
        for name in DECIDED
        if row[name] != now[name]
    ]


@pytest.mark.dbt
def test_every_published_request_is_decided_as_it_was(shop: Path) -> None:
    published = read_published(shop)
    assert {row["effect_code"] for row in published} >= {"approve", "review"}
    assert find_differences(open_decisions(shop), published) == []


@pytest.mark.dbt
def test_a_reason_says_whose_side_a_request_is_on(shop: Path) -> None:
    published = read_published(shop)
    reasons = """
    select return_line_id, reason_code from marts.fct_return_reasons
    where reason_source_code = 'stated' and reason_state_code in ('coded', 'other')
    """
    with open_published(shop) as connection:
        stated = _collect(connection.execute(reasons))
    decisions = open_decisions(shop)
    compared = 0
    for row in published:
        codes = stated.get(row["return_line_id"], [])
        if len(codes) != 1:
            continue
        asked = ReturnAsked(
            order_line_id=row["order_line_id"],
            reason_code=codes[0],
            requested_at=f"{row['requested_at'].isoformat()}Z",  # type: ignore[arg-type]
        )
        told = decisions.tell(asked, now=row["requested_at"])
        [found] = decisions.published.decide([told])
        assert found.row["reason_side_code"] == row["reason_side_code"], row["return_line_id"]
        compared += 1
    assert compared > 0


def _collect(found: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for line, code in found.fetchall():
        reasons.setdefault(line, []).append(code)
    return reasons
