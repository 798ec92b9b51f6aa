"""``kaeru serve`` decides every request of a shop as the warehouse did."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.endpoint.deciding import Decisions, open_decisions
from orchestration.endpoint.offer_question import MOST_OFFERS
from orchestration.endpoint.return_records import ReturnAsked
from orchestration.endpoint.version import Decided
from orchestration.folder import ShopFolder
from orchestration.publication import CheckCounts
from orchestration.publishing import publish
from tests.orchestration.small_shops import make_small_shop
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.small_shops import SOURCES, SmallShop

pytestmark = [pytest.mark.dbt]

# What the exposure of the endpoint names, and the reasons to ask with.
MARTS = (
    *("dim_products", "fct_order_lines", "fct_order_terms", "fct_return_decisions"),
    *("fct_return_lines", "rpt_policy_rules", "rpt_reason_labels", "fct_return_reasons"),
    *("fct_offer_variants", "fct_offer_kinds", "fct_exchange_offers", "rpt_disposition_rules"),
)
DECIDED = (
    *("policy_id", "policy_version", "rule_id", "effect_code", "cause_code", "nearest_rule_id"),
    *("missed_code", "decision_reason_code", "resolutions_text", "shipping_payer_code"),
    *("day_basis_code", "counted_days", "reason_side_code", "returns_90d_count"),
    *("is_estimated_delivery", "inputs_sha256"),
)
PUBLISHED = """
select decisions.*, lines.requested_count, reasons.reason_code as stated_code,
    decisions.return_line_id not in (
        select return_line_id from marts.fct_return_reasons
        where reason_source_code = 'classified' and reason_state_code = 'coded'
    ) as is_unread
from marts.fct_return_decisions as decisions
inner join marts.fct_return_lines as lines on decisions.return_line_id = lines.return_line_id
left join (
    select return_line_id, min(reason_code) as reason_code
    from marts.fct_return_reasons
    where reason_source_code = 'stated' and reason_state_code in ('coded', 'other')
    group by return_line_id
    having count(*) = 1
) as reasons on decisions.return_line_id = reasons.return_line_id
where decisions.requested_at is not null and decisions.cause_code <> 'no_order'
order by decisions.return_line_id
"""
OFFERED = (
    *("offer_rank", "offer_kind_code", "offered_sku", "available_count", "accept_probability"),
    *("profit_amount", "expected_profit_amount", "offer_reason_code"),
)
OFFERS = f"""
select return_line_id, {", ".join(OFFERED)} from marts.fct_exchange_offers
where offer_rank <= {MOST_OFFERS} order by return_line_id, offer_rank
"""
DRAWN = SmallShop(tuple(range(250)), frozenset(), (), is_bulky=False, is_closed=True)


@pytest.fixture(scope="module")
def shop(warehouse: CompiledWarehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop of 250 drawn orders, published with what the endpoint reads."""
    shop = make_small_shop(tmp_path_factory.mktemp("served") / "shop")
    place = ShopFolder(shop)
    place.make_folders()
    told = "".join(f"\n[sources.{name}]\nlead_time_days = {days}\n" for name, days, _ in SOURCES)
    with place.settings_file.open("a", encoding="utf-8") as settings:
        settings.write(told)
    warehouse.build(DRAWN.draw_rows(), sources=SOURCES)
    run = warehouse.session.execute
    run(f"attach '{place.serving_database}' as published")
    run("create schema published.marts")
    for mart in MARTS:
        run(f"create table published.marts.{mart} as from serving.marts.{mart}")
    run("detach published")
    warehouse.clear()
    publish(shop, run_id="v1", as_of="2026-10-31", tests=CheckCounts(passed=3), models=2)
    return shop


def read_published(shop: Path, query: str) -> list[dict[str, Any]]:
    version = next(ShopFolder(shop).serving.glob("wh-*.duckdb"))
    with duckdb.connect(str(version), read_only=True) as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture(scope="module")
def published(shop: Path) -> list[dict[str, Any]]:
    return read_published(shop, PUBLISHED)


def ask_again(decisions: Decisions, row: dict[str, Any], **told: Any) -> Decided:
    """Ask for what was asked: by its order line, its moment and its quantity."""
    asked = ReturnAsked(
        order_line_id=row["order_line_id"],
        return_line_id=row["return_line_id"],
        quantity=row["requested_count"],
        is_worn=row["is_worn"],
        requested_at=f"{row['requested_at'].isoformat()}Z",  # type: ignore[arg-type]
        **told,
    )
    [found] = decisions.published.decide([decisions.tell(asked, now=row["requested_at"])])
    return found


def list_differences(row: dict[str, Any], now: dict[str, Any]) -> list[str]:
    return [
        f"{row['return_line_id']} {name}: {row[name]} published, {now[name]} decided"
        for name in DECIDED
        if row[name] != now[name]
    ]


def test_every_request_is_decided_as_it_was(shop: Path, published: list[dict[str, Any]]) -> None:
    decisions = open_decisions(shop)
    differences = [
        difference
        for row in published
        for difference in list_differences(
            row, ask_again(decisions, row, reason_side=row["reason_side_code"]).row
        )
    ]
    assert differences == []
    kinds = Counter((row["effect_code"], row["cause_code"]) for row in published)
    assert {effect for effect, _ in kinds} == {"approve", "deny", "review"}
    assert {cause for _, cause in kinds} >= {"rule", "too_many_units"}
    assert {row["reason_side_code"] for row in published} == {"customer", "merchant", "statutory"}
    assert {row["is_estimated_delivery"] for row in published} == {True, False}
    assert max(row["returns_90d_count"] for row in published) > 0


def test_a_stated_reason_alone_says_whose_side_it_is(
    shop: Path, published: list[dict[str, Any]]
) -> None:
    decisions = open_decisions(shop)
    stated = [row for row in published if row["stated_code"] is not None]
    assert {row["reason_side_code"] for row in stated} == {"customer", "merchant", "statutory"}
    assert [
        difference
        for row in stated
        for difference in list_differences(
            row, ask_again(decisions, row, reason_code=row["stated_code"]).row
        )
    ] == []


def test_offers_on_open_requests_are_those_of_the_warehouse(
    shop: Path, published: list[dict[str, Any]]
) -> None:
    decisions = open_decisions(shop)
    offered: dict[str, list[tuple[Any, ...]]] = {}
    for row in read_published(shop, OFFERS):
        offered.setdefault(row["return_line_id"], []).append(tuple(row[n] for n in OFFERED))
    # Words say more than the reason that is asked with; the shop may approve what the rules deny.
    compared = [
        row
        for row in published
        if row["return_line_id"] in offered and row["is_unread"] and row["effect_code"] != "deny"
    ]
    for row in compared:
        found = ask_again(
            *(decisions, row),
            reason_code=row["stated_code"],
            reason_side=row["reason_side_code"],
        )
        offers = [tuple(offer[name] for name in OFFERED) for offer in found.offers]
        assert offers == offered[row["return_line_id"]], row["return_line_id"]
    kinds = {offer[1] for row in compared for offer in offered[row["return_line_id"]]}
    assert len(kinds) > 2
    assert any(offer[5] is not None for row in compared for offer in offered[row["return_line_id"]])
