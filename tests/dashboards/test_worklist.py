"""The list: totals of the filters, rank, reasons and what stands in its rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboards.lib import serving, worklist
from dashboards.lib.filters import Filters
from dashboards.lib.shop import read_shop
from dashboards.lib.worklist import Worklist
from tests.dashboards import shop_rows

NOTHING = Filters(grain="style", weeks=None, equals={}, find="")


@pytest.fixture
def read(shops: dict[str, Path], use_shop: Callable[[Path], None]) -> Callable[..., Worklist]:
    use_shop(shops["filled"])

    def read_(**facts: object) -> Worklist:
        sort = str(facts.pop("sort", "yen"))
        chosen = Filters(**{**vars(NOTHING), **facts})  # type: ignore[arg-type]
        with serving.lease():
            return worklist.read_worklist(chosen, shop=read_shop(), sort=sort)

    return read_


def test_channels_add_up_to_the_style(read: Callable[..., Worklist]) -> None:
    row = read().rows.set_index("style_id").loc["7712"]
    assert (row["delivered_count"], row["returned_count"]) == (300, 60)
    assert row["returned_rate"] == pytest.approx(0.2)


def test_totals_equal_the_hand_values(read: Callable[..., Worklist]) -> None:
    total = read().total
    assert (total["delivered_count"], total["returned_count"]) == (464, 117)
    assert total["returned_net_amount"] == 926_000


def test_rank_is_by_yen_and_few_deliveries_stand_last(read: Callable[..., Worklist]) -> None:
    assert read().rows["style_id"].tolist() == ["7712", "0042", "3021", "7720"]
    assert read(sort="rate").rows["style_id"].tolist() == ["0042", "7712", "3021", "7720"]


def test_a_style_that_is_on_the_way_only_is_no_row(read: Callable[..., Worklist]) -> None:
    assert "9999" not in read().rows["style_id"].tolist()


def test_a_channel_changes_the_rate(read: Callable[..., Worklist]) -> None:
    rows = read(equals={"channel_name": "モール"}).rows
    assert rows["returned_rate"].tolist() == [pytest.approx(0.1)]


def test_the_category_is_compared_under_the_same_channel(read: Callable[..., Worklist]) -> None:
    # Shoes: 60 of 300 and 1 of 24 → 61 / 324; in the mall 10 of 100.
    assert read().rows.set_index("style_id").loc["7712", "category_rate"] == pytest.approx(61 / 324)
    mall = read(equals={"channel_name": "モール"}).rows
    assert mall["category_rate"].tolist() == [pytest.approx(0.1)]


def test_a_search_does_not_change_what_is_compared_with(read: Callable[..., Worklist]) -> None:
    assert read(find="新色").rows["category_rate"].tolist() == [pytest.approx(61 / 324)]


def test_weeks_narrow_the_deliveries(read: Callable[..., Worklist]) -> None:
    rows = read(weeks=2 * 26).rows
    assert rows["style_id"].tolist() == ["7712"]  # the only style with dated weeks
    assert rows["delivered_count"].tolist() == [300]
    assert rows["style_name"].tolist() == ["ローファー"]


def test_skus_have_their_own_rows_and_weeks(read: Callable[..., Worklist]) -> None:
    assert len(read(grain="sku").rows) == len(shop_rows.SIZES_OF_7712)
    recent = read(grain="sku", weeks=12).rows
    assert recent["sku"].tolist() == ["7712-25.0-黒"]
    assert (recent["delivered_count"][0], recent["returned_count"][0]) == (30, 6)


def test_the_main_reason_is_a_share_of_all_returns(read: Callable[..., Worklist]) -> None:
    read()
    with serving.lease():
        found = worklist.read_main_reasons(["7712", "3021"])
    assert found == {"7712": ("FIT.SMALL", "taxonomy", pytest.approx(0.6))}


def test_size_cells_add_up_to_the_style() -> None:
    assert sum(n for *_, n, _ in shop_rows.SIZES_OF_7712) == 300
    assert sum(back for *_, back in shop_rows.SIZES_OF_7712) == 60
