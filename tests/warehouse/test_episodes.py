"""Episodes against the same answer walked line by line, without SQL or a fixed depth of joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.drawn_chains import draw_chains
from tests.warehouse.landed_facts import is_known
from tests.warehouse.landed_shop import LandedShop, Row, land_shop
from tests.warehouse.oracle_costs import Costs
from tests.warehouse.oracle_episodes import LAST_LEG, Walk
from tests.warehouse.recomputation import Recomputation
from tests.warehouse.test_recomputation import assert_same

pytestmark = [pytest.mark.dbt]

SOURCES = (("canonical", 2, True),)


@pytest.fixture(scope="module")
def entities() -> Mapping[str, Sequence[Row]]:
    return draw_chains(seed=20261031, order_count=400)


@pytest.fixture(scope="module")
def shop(
    tmp_path_factory: pytest.TempPathFactory,
    entities: Mapping[str, Sequence[Row]],
    warehouse: CompiledWarehouse,
) -> LandedShop:
    landed = land_shop(tmp_path_factory.mktemp("chains"), entities, sources=SOURCES)
    return warehouse.build_shop(landed)


@pytest.fixture(scope="module")
def episodes(entities: Mapping[str, Sequence[Row]]) -> pd.DataFrame:
    return pd.DataFrame(Walk(Recomputation(entities, sources=SOURCES)).list_episodes())


def test_episodes(shop: LandedShop, episodes: pd.DataFrame) -> None:
    assert len(episodes) > 500
    assert set(episodes["replacement_depth_count"]) == set(range(LAST_LEG + 1))
    for flag in ("is_open", "is_developed", "is_more_held_than_sold", "is_chain_cut"):
        assert 3 < episodes[flag].sum() < len(episodes)
    assert episodes["unfollowed_count"].sum() > 20
    assert_same(shop.read("fct_episodes"), episodes, by=["episode_id"])


def test_contributions(shop: LandedShop, entities: Mapping[str, Sequence[Row]]) -> None:
    walk = Walk(Recomputation(entities, sources=SOURCES))
    costs = Costs(walk)
    wanted = costs.frame_contributions()
    found = shop.read("fct_contributions")
    assert 50 < wanted["goods_cost_amount"].isna().sum() < len(wanted) / 2
    assert_same(found, wanted, by=["episode_id"])
    freight = sum(
        int(row.get("freight_cost") or costs.freight)
        for row in walk.core.get("shipments")
        if row["kind"] == "original" and row["order_id"] in set(found["order_id"])
    )
    assert found["outbound_freight_amount"].sum() == freight


def test_kept_orders(shop: LandedShop, episodes: pd.DataFrame) -> None:
    frame = episodes.assign(order_id=episodes["episode_id"].str.partition("/")[0])
    orders = frame.groupby("order_id")[["delivered_count", "kept_count"]].sum()
    found = shop.read("rpt_kept_orders")
    assert found["order_count"].sum() == len(orders)
    kept = orders["kept_count"] == orders["delivered_count"]
    assert found["fully_kept_order_count"].sum() == kept.sum()


def test_exchange_days(shop: LandedShop, entities: Mapping[str, Sequence[Row]]) -> None:
    core = Recomputation(entities, sources=SOURCES)
    walk = Walk(core)
    counts: dict[str, int] = defaultdict(int)
    for row in core.return_lines:
        if not row["is_product_return"]:
            continue
        exchanges = walk.exchanges[row["return_line_id"]]
        money = walk.money[row["return_line_id"]]
        if any(is_known(e.get("shipped_at")) for e in exchanges):
            counts["exchanged_line_count"] += 1
        elif "refunded" in money:
            counts["refunded_line_count"] += 1
        elif "credited" in money:
            counts["credited_line_count"] += 1
    found = shop.read("rpt_exchange_days")
    assert min(counts.values()) > 10
    assert {name: found[name].sum() for name in counts} == dict(counts)
    assert found["offered_count"].isna().all()
    assert (found["eligibility_known_count"] == 0).all()
