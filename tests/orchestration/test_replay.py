"""``kaeru replay``: what another table would have decided, and who changes."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.folder import ShopFolder
from orchestration.publication import CheckCounts
from orchestration.publishing import publish
from orchestration.small_cells import Cell, merge_small_cells
from tests.orchestration.published_marts import publish_marts
from tests.orchestration.small_shops import make_small_shop
from tests.orchestration.test_policy_rules import LAST, RULE, write_rules

MARTS = """
create schema marts;
create table marts.fct_order_lines (order_line_id varchar, customer_id varchar);
create table marts.fct_return_decisions (
    return_line_id varchar, order_line_id varchar, policy_id varchar, rule_id varchar,
    effect_code varchar, reason_side_code varchar, blocked_code varchar, member_tier_name varchar,
    returns_90d_count bigint, requested_net_amount bigint, since_delivered_days bigint,
    since_shipped_days bigint, since_ordered_days bigint, is_sale boolean, is_final_sale boolean,
    is_hygiene boolean, is_gift boolean, is_worn boolean, decider_code varchar,
    review_minutes double, ordered_date date, event_date date
);
"""
# Eight requests on days 1 to 8 of one customer each, all approved now but the last; two tiers.
FILL = """
insert into marts.fct_order_lines select 'L' || n, 'C' || n from range(1, 9) as t(n);
insert into marts.fct_return_decisions
select 'R' || n, 'L' || n, 'standard', case when n < 8 then 'in' else 'last' end,
    case when n < 8 then 'approve' else 'deny' end, 'customer', null,
    case when n < 6 then 'silver' else 'gold' end, 0, 100 * n, n, n, n, false, false, false,
    false, false, case when n < 3 then 'staff' else 'system' end, n, '2026-01-01',
    date '2026-01-01' + n::integer
from range(1, 9) as t(n);
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return publish_decisions(tmp_path / "shop", fill=FILL)


def publish_decisions(folder: Path, *, fill: str) -> Path:
    shop = make_small_shop(folder)
    place = ShopFolder(shop)
    place.make_folders()
    with duckdb.connect(str(place.serving_database)) as connection:
        connection.execute(MARTS + fill)
    publish(shop, run_id="v1", as_of="2026-10-31", tests=CheckCounts(passed=3), models=2)
    return shop


def write_draft(folder: Path, *rules: dict[str, str]) -> str:
    path = folder / "draft.csv"
    path.write_text(write_rules(*rules), encoding="utf-8")
    return str(path)


SHORTER = {**RULE, "max_days": "5"}
LOOK = {**RULE, "rule_id": "look", "priority": "20", "effect": "review", "max_days": "6"}


def test_the_draft_decides_beside_the_table_in_force(shop: Path, tmp_path: Path) -> None:
    draft = write_draft(tmp_path, SHORTER, LOOK, LAST)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["requests"] == {
        **{"count": 8, "priced": 8, "first_date": "2026-01-02", "last_date": "2026-01-09"}
    }
    cells = {
        (cell["now"], cell["new"]): (cell["count"], cell["amount"]) for cell in found["matrix"]
    }
    assert len(cells) == 9
    assert {place: cell for place, cell in cells.items() if cell[0]} == {
        ("approve", "approve"): (5, 1500),
        ("approve", "review"): (1, 600),
        ("approve", "deny"): (1, 700),
        ("deny", "deny"): (1, 800),
    }
    assert found["changed"] == {"count": 2, "amount": 1300}
    assert found["totals"]["approve"]["change"] == {"count": -2, "amount": -1300}
    assert found["totals"]["deny"]["new"] == {"count": 2, "amount": 1500}
    [refused, asked] = found["by_rule"]
    assert (refused["rule_now"], refused["rule_new"], refused["missed"]) == (
        "in",
        "last",
        "too_late",
    )
    assert (asked["rule_new"], asked["new"], asked["amount"]) == ("look", "review", 600)
    assert found["minutes_per_review"] == 1.5
    assert found["review_minutes"] == {"now": 0, "new": 1.5}
    assert found["policy"]["versions"] == [
        {"policy_id": "standard", "version": "1", "valid_from": "2020-01-01", "valid_to": None}
    ]


def test_few_customers_are_never_shown_alone(shop: Path, tmp_path: Path) -> None:
    draft = write_draft(tmp_path, SHORTER, LOOK, LAST)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--json"])
    # Three gold customers alone are too few, and the five others join them.
    assert json.loads(done.stdout)["by_tier"] == [
        {
            **{"tier": "other", "customers": 8, "requests": 8, "changed": 2},
            **{"newly_approved": 0, "newly_denied": 1, "changed_amount": 1300},
        }
    ]


def test_the_table_in_force_changes_nothing(shop: Path, tmp_path: Path) -> None:
    draft = write_draft(tmp_path, {**RULE, "max_days": "7"}, LAST)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--json"])
    found = json.loads(done.stdout)
    assert (found["changed"], found["by_rule"]) == ({"count": 0, "amount": 0}, [])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            ("申請 8 件のうち、2 件", "承認 -2 件（-1,300 円）", "5 (1,500)", "その他", "1.5 分"),
        ),
        ("en", ("Of 8 requests", "-2 approved (-1,300 yen)", "5 (1,500)", "other", "1.5 each")),
    ],
)
def test_the_answer_in_words(
    shop: Path, tmp_path: Path, language: str, said: tuple[str, ...]
) -> None:
    draft = write_draft(tmp_path, SHORTER, LOOK, LAST)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--language", language])
    assert done.exit_code == 0
    assert [part for part in said if part not in done.stdout] == [], done.stdout


def test_without_minutes_what_is_missing_is_said(tmp_path: Path) -> None:
    fill = FILL + "update marts.fct_return_decisions set review_minutes = null;"
    shop = publish_decisions(tmp_path / "shop", fill=fill)
    draft = write_draft(tmp_path, SHORTER, LAST)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--json"])
    found = json.loads(done.stdout)
    assert found["minutes_per_review"] is None
    assert found["review_minutes"] == {"now": None, "new": None}
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop)])
    assert "return_requests.review_minutes" in done.stdout


def test_a_shop_without_requests_says_so(tmp_path: Path) -> None:
    shop = publish_decisions(tmp_path / "shop", fill="")
    draft = write_draft(tmp_path, RULE, LAST)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--language", "en"])
    assert (done.exit_code, done.stdout) == (0, "The published version holds no request.\n")


def test_a_bad_draft_is_wrong_use_and_says_where(shop: Path, tmp_path: Path) -> None:
    draft = write_draft(tmp_path, RULE)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--language", "en"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "draft.csv" in done.stderr
    assert "without any condition" in done.stderr
    done = CliRunner().invoke(app, ["replay", str(tmp_path / "no.csv"), "--shop", str(shop)])
    assert done.exit_code == 2


def test_an_older_version_has_no_decisions_to_replay(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    draft = write_draft(tmp_path, RULE, LAST)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop)])
    assert done.exit_code == 1
    publish_marts(shop)
    done = CliRunner().invoke(app, ["replay", draft, "--shop", str(shop), "--language", "en"])
    assert done.exit_code == 1
    assert "kaeru run" in done.stderr


@pytest.mark.parametrize(
    ("customers", "shown"),
    [
        ({"a": 9, "b": 5}, [("a", 9), ("b", 5)]),
        ({"a": 9, "b": 4}, [("other", 13)]),
        ({"a": 9, "b": 3, "c": 2}, [("a", 9), ("other", 5)]),
        ({"a": 9, "b": 7, "c": 1}, [("a", 9), ("other", 8)]),
        ({"a": 2, "b": 1}, []),
        ({}, []),
    ],
)
def test_small_cells_merge_until_none_is_small(
    customers: dict[str, int], shown: list[tuple[str, int]]
) -> None:
    cells = [Cell(value, count, (count, 1)) for value, count in customers.items()]
    merged = merge_small_cells(cells)
    assert [(cell.value, cell.customers) for cell in merged] == shown
    if merged:
        assert sum(cell.counts[1] for cell in merged) == len(customers)
