"""What words were read as stands beside what people recorded, and changes nothing of it."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.small_shops import SOURCES, SmallShop

pytestmark = [pytest.mark.dbt]

SHOP = SmallShop(tuple(range(40)), frozenset(), (), is_bulky=False, is_closed=False)
MARTS = ("fct_return_reasons", "rpt_sku_reasons", "rpt_style_reason_weeks", "rpt_reason_totals")
TABLES = ("reason_readers", "reason_readings", "reason_reading_codes", "reason_corrections")


def read_marts(warehouse: CompiledWarehouse) -> dict[str, pd.DataFrame]:
    return {mart: warehouse.read(mart) for mart in MARTS}


def sort(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(list(frame.columns)).reset_index(drop=True)


def test_recorded_reasons_do_not_depend_on_readings(warehouse: CompiledWarehouse) -> None:
    warehouse.build(SHOP.draw_rows(), sources=SOURCES)
    with_readings = read_marts(warehouse)
    for table in TABLES:
        warehouse.session.execute(f"delete from store.landing.{table}")
    warehouse.build_landed()
    for mart, without in read_marts(warehouse).items():
        frame = with_readings[mart]
        is_read = frame["reason_source_code"] == "classified"
        assert is_read.any()
        # A shop whose texts nobody reads has no such source.
        assert not (without["reason_source_code"] == "classified").any()
        pd.testing.assert_frame_equal(sort(frame[~is_read]), sort(without))


def test_the_order_in_which_texts_were_read_does_not_matter(warehouse: CompiledWarehouse) -> None:
    warehouse.build(SHOP.draw_rows(), sources=SOURCES)
    marts = ("fct_return_reason_readings", "rpt_reason_quotes", "rpt_reason_shares")
    before = {mart: warehouse.read(mart) for mart in marts}
    for table in TABLES[1:3]:
        warehouse.session.execute(
            f"create or replace temp table turned as from store.landing.{table}"
            " order by text_sha256 desc, model_version desc"
        )
        warehouse.session.execute(f"delete from store.landing.{table}")
        warehouse.session.execute(f"insert into store.landing.{table} from turned")
    warehouse.build_landed()
    for mart, frame in before.items():
        assert len(frame) > 10
        pd.testing.assert_frame_equal(sort(warehouse.read(mart)), sort(frame))


def test_a_share_counts_what_the_facts_say(warehouse: CompiledWarehouse) -> None:
    warehouse.build(SHOP.draw_rows(), sources=SOURCES)
    facts = warehouse.read("fct_return_reason_readings")
    facts = facts[facts["is_product_return"] & facts["sku"].notna()]
    expected = (facts["returned_count"] * facts["reason_probability"]).groupby(facts["reason_code"])
    shares = warehouse.read("rpt_reason_shares")
    shop = shares[(shares["level_code"] == "shop") & (shares["date_basis_code"] == "event")]
    found = shop.set_index("reason_code")["expected_returned_units"]
    assert found.to_dict() == pytest.approx(expected.sum()[lambda sums: sums > 0].to_dict())
    assert (shop["low_share"] <= shop["reason_share"]).all()
    assert (shop["reason_share"] <= shop["high_share"]).all()
    assert (shop["low_share"] < shop["high_share"]).all()
