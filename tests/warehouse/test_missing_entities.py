"""A shop that lands only what is needed to start, and one that lands nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.hand_written import line, order, request
from tests.warehouse.landed_shop import LandedShop, land_shop

pytestmark = [pytest.mark.dbt]

# Sales and returns meet by SKU alone, as in an export of invoices; identical lines are lines.
SALES = {
    "products": ({"sku": "mug", "style_id": "mug"},),
    "orders": (
        order("sale", ordered_at="2026-09-01 20:00:00"),
        order("last_day", ordered_at="2026-10-31 14:00:00"),
    ),
    "order_lines": (
        line("sale/1", "mug", 2, 300),
        line("sale/2", "mug", 2, 300),
        line("last_day/1", "mug", 1, 300),
        line("sale/3", "cup", 1, 100),
    ),
    "return_requests": (
        request("open", order_line_id="sale/1", quantity="1"),
        request("denied", order_line_id="sale/1", quantity="1", decision="denied"),
        request("cancelled", order_line_id="sale/2", quantity="1", decision="cancelled"),
        request("by-sku", sku="cup", quantity="3"),
        request("by-sku-never-sold", sku="plate", quantity="1", requested_at="unknown"),
    ),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, warehouse: CompiledWarehouse) -> LandedShop:
    landed = land_shop(tmp_path_factory.mktemp("sales"), SALES, sources=[("canonical", 0, False)])
    return warehouse.build_shop(landed)


def read_skus(shop: LandedShop) -> dict[tuple[str, str], dict[str, Any]]:
    frame = shop.read("rpt_sku_returns")
    return {(row["sku"], row["channel_name"]): row for row in frame.to_dict("records")}


def test_without_shipments_the_orders_day_and_the_lead_time_count(shop: LandedShop) -> None:
    row = shop.read_keyed("fct_order_lines", "order_line_id")["sale/1"]
    # 20:00 UTC is the next day in Tokyo; the lead time of the source is 0 days.
    assert pd.Timestamp(row["delivered_date"]).date() == date(2026, 9, 2)
    assert row["is_estimated_delivery"] is True
    assert row["delivered_at"] is None


def test_without_receipts_a_return_is_what_was_requested_and_not_turned_down(
    shop: LandedShop,
) -> None:
    skus = read_skus(shop)
    # 2 + 2 + 1 sold; requests 1 + 1 + 1, of which one denied and one cancelled.
    mug = skus["mug", "web"]
    assert (mug["delivered_count"], mug["requested_count"], mug["returned_count"]) == (5, 3, 1)
    assert mug["returned_net_amount"] == 300


def test_what_cannot_be_measured_is_null(shop: LandedShop) -> None:
    lines = shop.read("fct_order_lines")
    returns = shop.read("fct_return_lines")
    assert lines["received_count"].isna().all()
    assert returns["received_count"].isna().all()
    assert returns["accepted_count"].isna().all()
    assert returns.loc[~returns["is_matched"], "returned_net_amount"].isna().all()
    entities = shop.read("rpt_entities").set_index("entity_name")["is_landed"]
    assert entities[entities].index.tolist() == [
        "order_lines",
        "orders",
        "products",
        "return_requests",
    ]


def test_returns_by_sku_are_kept_in_no_cohort_and_flag_what_was_never_sold(
    shop: LandedShop,
) -> None:
    skus = read_skus(shop)
    # Sold 1 cup in the channel web, 3 came back without an order.
    assert skus["cup", "web"]["returned_count"] == 0
    assert skus["cup", "unknown"]["unmatched_returned_count"] == 3
    assert skus["cup", "web"]["is_over_returned"]
    assert skus["plate", "unknown"]["is_over_returned"]
    assert not skus["mug", "web"]["is_over_returned"]
    days = shop.read("rpt_sku_return_days")
    plate = days[days["sku"] == "plate"].iloc[0]
    assert pd.isna(plate["calendar_date"])
    assert (plate["date_basis_code"], plate["unvalued_returned_count"]) == ("event", 1)


def test_an_empty_shop_builds_and_says_that_nothing_is_landed(
    tmp_path: Path, warehouse: CompiledWarehouse
) -> None:
    empty = warehouse.build_shop(land_shop(tmp_path, {}))
    assert not empty.read("rpt_entities")["is_landed"].any()
    assert empty.read("rpt_shop")["order_line_count"].tolist() == [0]
    assert empty.read("rpt_return_bridge")["returned_count"].sum() == 0
    assert empty.read("rpt_sku_returns").empty
