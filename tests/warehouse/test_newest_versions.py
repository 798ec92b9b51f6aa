"""What is landed twice counts once, whichever came first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.hand_written import ENTITIES, SOURCES
from tests.warehouse.landed_shop import LandedShop, Row, land_shop

pytestmark = [pytest.mark.dbt]

MARTS = (
    "dim_products",
    "fct_order_lines",
    "fct_return_lines",
    "fct_refunds",
    "fct_exchanges",
    "rpt_sku_returns",
    "rpt_sku_return_days",
    "rpt_style_reasons",
    "rpt_bracketing",
)
# An older version of the order, a filtered one, and two contents nobody can date.
VERSIONS: Mapping[str, Sequence[Row]] = {
    "orders": (
        {
            "order_id": "kept",
            "ordered_at": "2026-09-01 00:00:00",
            "channel": "app",
            "customer_id": "k1:a",
            "source_updated_at": "2026-09-02 00:00:00",
        },
        {
            "order_id": "kept",
            "ordered_at": "2026-01-01 00:00:00",
            "channel": "older",
            "source_updated_at": "2026-09-01 00:00:00",
        },
        {
            "order_id": "kept",
            "ordered_at": "2026-01-01 00:00:00",
            "channel": "filtered",
            "source_updated_at": "2026-09-09 00:00:00",
            "is_filtered": True,
        },
    ),
    "order_lines": (
        {
            "order_line_id": "kept/1",
            "order_id": "kept",
            "sku": "bag",
            "quantity": "1",
            "unit_price": "4000",
        },
    ),
}


def build(
    folder: Path, entities: Mapping[str, Sequence[Row]], *, warehouse: CompiledWarehouse
) -> LandedShop:
    landed = land_shop(folder, entities, sources=SOURCES)
    return warehouse.build_shop(landed, is_tested=False)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, warehouse: CompiledWarehouse) -> LandedShop:
    """Every row landed twice, with further versions behind."""
    rows = {name: [*ENTITIES[name], *ENTITIES[name], *VERSIONS.get(name, ())] for name in ENTITIES}
    return build(tmp_path_factory.mktemp("twice"), rows, warehouse=warehouse)


@pytest.fixture(scope="module")
def backwards(tmp_path_factory: pytest.TempPathFactory, warehouse: CompiledWarehouse) -> LandedShop:
    """The same versions once, the last first."""
    rows = {name: [*ENTITIES[name], *VERSIONS.get(name, ())][::-1] for name in ENTITIES}
    return build(tmp_path_factory.mktemp("backwards"), rows, warehouse=warehouse)


def test_the_marts_do_not_depend_on_the_order_of_landing(
    twice: LandedShop, backwards: LandedShop
) -> None:
    for mart in MARTS:
        frames = [shop.read(mart) for shop in (twice, backwards)]
        columns = list(frames[0].columns)
        ordered = [f.astype(str).sort_values(columns).reset_index(drop=True) for f in frames]
        pd.testing.assert_frame_equal(ordered[0], ordered[1])
    assert len(twice.read("fct_order_lines")) == len(ENTITIES["order_lines"]) - 1


def test_the_newest_version_is_used(twice: LandedShop) -> None:
    row = twice.read_keyed("fct_order_lines", "order_line_id")["kept/1"]
    assert row["channel_name"] == "app"
    # Two prices, neither dated: the larger text stands by a fixed order.
    assert row["unit_price_amount"] == 5000


def test_an_undecided_key_is_shown_with_both_places(twice: LandedShop) -> None:
    found = twice.read("rpt_undecided_keys")
    assert found[["entity_name", "key_text"]].to_numpy().tolist() == [["order_lines", "kept/1"]]
    count = len(ENTITIES["order_lines"])
    # Lines are numbered from 2; the other content stands behind two copies of all lines.
    assert found["kept_line_number"].tolist() == [2]
    assert found["other_line_number"].tolist() == [2 + 2 * count]
    assert found["kept_file_name"].tolist() == ["order_lines.csv"]
