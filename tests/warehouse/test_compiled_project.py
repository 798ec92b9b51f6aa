"""The compiled models stand in for dbt: they build the same marts, and data tests can fail."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.hand_written import ENTITIES, SOURCES
from tests.warehouse.landed_shop import LandedShop

pytestmark = [pytest.mark.dbt]


def sort_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Bring rows into an order that does not rest on the last bits of a double."""
    keys = [name for name in frame.columns if frame[name].dtype.kind != "f"]
    order = frame[keys].astype(str).sort_values(keys).index
    return frame.loc[order].reset_index(drop=True)


def test_the_marts_are_those_that_dbt_builds(
    shop: LandedShop, warehouse: CompiledWarehouse
) -> None:
    warehouse.build_store(shop.store)
    marts = warehouse.list_marts()
    filled = 0
    for mart in marts:
        by_dbt, found = shop.read(mart), warehouse.read(mart)
        assert set(found) == set(by_dbt)
        # A contract puts columns into its own order.
        expected = sort_rows(by_dbt)
        pd.testing.assert_frame_equal(sort_rows(found[list(by_dbt)]), expected, obj=mart)
        filled += len(found) > 0
    assert filled > 50
    warehouse.clear()


def test_data_tests_find_a_line_without_a_key(warehouse: CompiledWarehouse) -> None:
    keyless = {"order_id": "kept", "sku": "bag", "quantity": "1", "unit_price": "5000"}
    warehouse.build(ENTITIES, sources=SOURCES)
    assert warehouse.list_failed_tests() == []
    lines = [*ENTITIES["order_lines"], keyless]
    warehouse.build(dict(ENTITIES) | {"order_lines": lines}, sources=SOURCES)
    assert "not_null_fct_order_lines_order_line_id" in warehouse.list_failed_tests()
