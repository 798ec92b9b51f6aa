"""Drafts of the rules of returns: the marts and ``kaeru replay`` say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.folder import ShopFolder
from orchestration.policy_drafts import PolicyDrafts
from orchestration.policy_files import Row
from orchestration.policy_replay import replay_policy
from orchestration.policy_rules import NO_RULES
from orchestration.publication import CheckCounts
from orchestration.publishing import publish
from orchestration.wording import WrongUseError
from tests.orchestration.small_shops import make_small_shop
from tests.orchestration.test_policy_rules import write_rules
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.oracle_replays import draft_rules
from tests.warehouse.small_shops import SOURCES, SmallShop

pytestmark = [pytest.mark.dbt]

DRAWN = SmallShop(tuple(range(200)), frozenset(), (), is_bulky=False, is_closed=True)
CELL = ("now_effect_code", "new_effect_code")
CONTRADICTIONS = """
select count(*) from serving.marts.fct_return_decisions as decisions
inner join build.intermediate.int_return_requests_judged_to_drafts as judged
    on decisions.return_line_id = judged.return_line_id
where decisions.reason_side_code <> 'customer' and judged.new_effect_code = 'deny'
"""


@pytest.fixture(scope="module")
def shop(warehouse: CompiledWarehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop of 200 drawn orders with two drafts, published with what a replay reads."""
    shop = make_small_shop(tmp_path_factory.mktemp("replayed") / "shop")
    place = ShopFolder(shop)
    place.make_folders()
    warehouse.build(DRAWN.draw_rows(), sources=SOURCES, drafts=PolicyDrafts(draft_rules(), {}))
    assert list_failed(warehouse) == []
    run = warehouse.session.execute
    run(f"attach '{place.serving_database}' as published")
    run("create schema published.marts")
    for mart in ("fct_return_decisions", "fct_order_lines"):
        run(f"create table published.marts.{mart} as from serving.marts.{mart}")
    run("detach published")
    publish(shop, run_id="v1", as_of="2026-10-31", tests=CheckCounts(passed=1), models=2)
    return shop


def list_failed(warehouse: CompiledWarehouse) -> list[str]:
    """The data tests of drafts that fail; drawn rows break some of other marts."""
    words = ("draft", "polic", "replay")
    failed = warehouse.list_failed_tests()
    return [name for name in failed if any(word in name for word in words)]


def write_draft(folder: Path, name: str, rules: tuple[Row, ...]) -> Path:
    path = folder / f"{name}.csv"
    texts = [{column: value or "" for column, value in rule.items()} for rule in rules]
    path.write_text(write_rules(*texts), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(draft_rules()))
def test_the_command_and_the_marts_say_the_same(
    warehouse: CompiledWarehouse, shop: Path, tmp_path: Path, name: str
) -> None:
    told = replay_policy(shop, write_draft(tmp_path, name, draft_rules()[name]))
    mart = warehouse.read("rpt_policy_replays").query("draft_name == @name")
    cells = {
        tuple(row[key] for key in CELL): (row["request_line_count"], row["requested_net_amount"])
        for row in mart.to_dict("records")
    }
    assert cells == {
        (cell["now"], cell["new"]): (cell["count"], cell["amount"]) for cell in told["matrix"]
    }
    assert told["changed"]["count"] > 0
    assert mart["priced_line_count"].sum() == told["requests"]["priced"]
    assert str(mart["first_event_date"].min().date()) == told["requests"]["first_date"]
    assert str(mart["last_event_date"].max().date()) == told["requests"]["last_date"]
    for when in ("now", "new"):
        found = mart[f"{when}_review_minutes"].sum()
        assert found == pytest.approx(told["review_minutes"][when], rel=1e-9)


def test_what_the_shop_answers_for_is_never_denied(
    warehouse: CompiledWarehouse, shop: Path
) -> None:
    assert shop.exists()
    sides = "select count(*) from serving.marts.fct_return_decisions where reason_side_code = ?"
    for side in ("merchant", "statutory"):
        [asked] = warehouse.session.execute(sides, [side]).fetchall()[0]
        assert asked > 0
    assert warehouse.session.execute(CONTRADICTIONS).fetchall() == [(0,)]


def test_a_refused_draft_is_listed_and_without_any_nothing_is(
    warehouse: CompiledWarehouse, shop: Path
) -> None:
    assert shop.exists()
    rows = SmallShop(tuple(range(20)), frozenset(), (), is_bulky=False, is_closed=True).draw_rows()
    refused = {"torn": WrongUseError(NO_RULES, file="torn.csv")}
    warehouse.build(rows, sources=SOURCES, drafts=PolicyDrafts({}, refused))
    [listed] = warehouse.read("rpt_policy_drafts").to_dict("records")
    assert (listed["draft_name"], listed["is_usable"], listed["rule_count"]) == ("torn", False, 0)
    assert "torn.csv" in listed["message_ja_text"]
    for mart in ("rpt_policy_replays", "rpt_policy_replay_groups"):
        assert warehouse.read(mart).empty
    warehouse.build(rows, sources=SOURCES)
    assert warehouse.read("rpt_policy_drafts").empty
    assert list_failed(warehouse) == []
