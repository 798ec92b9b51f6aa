"""The list: where a row stands, its rank, its weeks, and what stands in its cells."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd
import pytest

from dashboards.lib import serving, worklist
from dashboards.lib.drawings import Bar, Interval
from dashboards.lib.filters import Filters
from dashboards.lib.frame import Frame
from dashboards.lib.language import find_language
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.shop import read_shop
from dashboards.lib.tables import Cell, Table
from dashboards.lib.worklist import Worklist
from dashboards.lib.worklist_table import build_export, build_worklist_table
from tests.dashboards import shop_rows

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

NOTHING = Filters(grain="style", state="all", equals={}, find="")
Read = Callable[..., Worklist]


@pytest.fixture
def read(shops: dict[str, Path], use_shop: Callable[[Path], None]) -> Read:
    use_shop(shops["filled"])

    def read_(**facts: object) -> Worklist:
        sort = str(facts.pop("sort", "yen"))
        chosen = Filters(**{**vars(NOTHING), **facts})  # type: ignore[arg-type]
        return worklist.read_worklist(chosen, sort=sort)

    return read_


def open_frame(language: str = "ja") -> Frame:
    return Frame(
        language=find_language(language),
        shop=read_shop(),
        publication=serving.read_publication(),
        today=date(2024, 11, 25),
        pages={},
        head=cast("DeltaGenerator", None),
    )


def build_table(found: Worklist, *, language: str = "ja") -> Table:
    frame = open_frame(language)
    styles = found.rows["style_id"].tolist() if found.grain == "style" else []
    return build_worklist_table(
        frame,
        found,
        page=worklist.read_whole_rows(found.rows, grain=found.grain),
        weeks=worklist.read_weekly_rates(styles, shop=frame.shop) if styles else {},
        reasons=read_reason_names(frame.language),
        sort="yen",
    )


def find_cells(table: Table, name: str) -> dict[str, Cell]:
    row = next(row for row in table.rows if name in row.cells[0].text)
    return {column.label: cell for column, cell in zip(table.columns, row.cells, strict=True)}


def test_each_row_stands_where_its_numbers_put_it(read: Read) -> None:
    rows = read().rows.set_index("style_id")
    assert rows["standing"].to_dict() == {
        "7712": "alarm",
        "0042": "watch",
        "3021": "changed",
        "7720": "",
        "8001": "early",
    }
    assert rows["is_small"].to_dict() == {
        "7712": False,
        "0042": False,
        "3021": False,
        "7720": True,
        "8001": True,
    }


def test_rank_is_by_yen_and_what_cannot_be_judged_stands_last(read: Read) -> None:
    # 7720 has the most yen of all, of 24 deliveries.
    assert read().rows["style_id"].tolist() == ["7712", "0042", "3021", "7720", "8001"]
    assert read(sort="rate").rows["style_id"].tolist()[:3] == ["0042", "7712", "3021"]


def test_whole_rows_are_those_that_were_asked_for(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = read(sort="rate").rows
    by_name = worklist.read_whole_rows(rows, grain="style")
    assert by_name["style_id"].tolist() == rows["style_id"].tolist()
    pd.testing.assert_frame_equal(by_name[rows.columns], rows)
    assert {"observed_rate", "main_reason_code", "owner"} <= set(by_name.columns)
    monkeypatch.setattr(worklist, "FEW_KEYS", 1)
    pd.testing.assert_frame_equal(worklist.read_whole_rows(rows, grain="style"), by_name)


def test_the_answer_counts_what_lies_beyond_expectation(read: Read) -> None:
    beyond = read().beyond
    assert beyond["style_id"].tolist() == ["7712", "0042"]
    assert beyond["excess_amount"].sum() == 420_000


def test_a_state_narrows_the_rows_and_not_the_answer(read: Read) -> None:
    found = read(state="changed")
    assert found.rows["style_id"].tolist() == ["3021"]
    assert len(found.beyond) == 2


def test_an_alarm_of_few_deliveries_is_not_grey(read: Read) -> None:
    rows = read(grain="sku").rows
    assert rows["sku"].tolist() == ["7712-25.0-黒", "7712-23.0-黒"]
    assert rows["is_small"].tolist() == [False, False]


def test_weeks_are_developed_and_stand_beside_those_of_the_year_before(read: Read) -> None:
    read()
    rates = worklist.read_weekly_rates(["7712", "3021"], shop=read_shop())
    # Twelve weeks from 2 September; 21 October is the eighth of them.
    found = rates["7712"].rates
    assert found[7:9] == [pytest.approx(20 / 60), pytest.approx(12 / 60)]
    assert found[10] == pytest.approx((9 + 2.4) / 60)  # 24 of 60 have their time to come, at 10 %
    assert math.isnan(found[9])  # nothing delivered
    assert math.isnan(found[11])  # 4.9 units have developed, fewer than 5
    before = rates["7712"].before
    assert before[7:9] == [pytest.approx(6 / 40), pytest.approx(4 / 40)]
    assert math.isnan(before[10])
    assert all(math.isnan(rate) for rate in rates["3021"].rates)


def test_twelve_weeks_are_compared_where_both_years_have_enough(read: Read) -> None:
    read()
    found = worklist.compare_with_year_ago(["7712"], shop=read_shop())
    assert found is not None
    # 41 back and 2.4 + 5.51 to come of 240; 16 of 120 a year before.
    assert (found.n, found.before_n) == (240, 120)
    assert found.rate == pytest.approx((41 + 2.4 + 5.51) / 240)
    assert found.before == pytest.approx(16 / 120)
    assert worklist.compare_with_year_ago(["3021"], shop=read_shop()) is None


def test_an_alarm_is_red_with_its_words(read: Read) -> None:
    cells = find_cells(build_table(read()), "7712")
    glyph, bar = cells["返品率"].drawing, cells["余分な返品の棒"].drawing
    assert isinstance(glyph, Interval)
    assert isinstance(bar, Bar)
    assert (glyph.is_red, bar.is_red) == (True, True)
    assert glyph.label == "観測 20.0%、見込み 24.3%、95% 区間 20.0〜29.0、期待 10.0%"
    assert glyph.final is not None
    assert glyph.tick is not None
    assert glyph.tick < glyph.dot < glyph.final
    assert cells["余分な返品"].text == "30"
    assert (cells["%"].before.strip(), cells["%"].text, cells["%"].sub) == (
        "20.0 →",
        "24.3",
        "20.0〜29.0",
    )
    assert [(tag.text, tag.kind) for tag in cells["状態"].tags] == [("警報", "red")]
    assert cells["状態"].sub == "11/4から"
    assert (cells["n"].text, cells["n"].sub) == ("300", "62%")
    assert cells["おもな理由"].text == "小さい・きつい"


def test_owner_state_and_note_stand_in_the_second_line(read: Read) -> None:
    table = build_table(read())
    first = find_cells(table, "7712")["型"]
    assert first.sub == "靴 · 24AW"
    assert first.edit is not None
    assert (first.edit.key, first.edit.text) == ("7712", "森 · 対応中 · 木型を見る")
    other = find_cells(table, "3021")["型"].edit
    assert other is not None
    assert other.text == "担当なし"


@pytest.mark.parametrize(("name", "tag"), [("7720", "n < 30"), ("8001", "まだ早い")])
def test_what_cannot_be_judged_is_grey_and_shows_its_range_only(
    read: Read, name: str, tag: str
) -> None:
    table = build_table(read())
    row = next(row for row in table.rows if name in row.cells[0].text)
    cells = find_cells(table, name)
    assert row.is_muted
    assert cells["余分な返品"].text == "—"
    assert cells["余分な返品の棒"].drawing is None
    assert cells["%"].sub == "幅のみ"
    assert [tag.text for tag in cells["状態"].tags] == [tag]


def test_fewer_yen_than_expected_carry_a_minus(read: Read) -> None:
    cells = find_cells(build_table(read(grain="sku"), language="en"), "7712-23.0")
    assert cells["Excess"].text == "−1"  # thousand yen
    assert "12 weeks" not in cells


def test_the_export_holds_every_row_with_basis_and_interval(read: Read) -> None:
    exported = build_export(read(), frame=open_frame())
    assert exported["style_id"].tolist() == ["7712", "0042", "3021", "7720", "8001"]
    assert exported["excess_amount"].sum() == 816_000
    assert set(exported["interval"]) == {"credible_95"}
    assert {"low", "high", "as_of_date", "date_basis_code", "owner", "standing"} <= set(exported)


def test_size_cells_add_up_to_the_style() -> None:
    assert sum(n for *_, n, _ in shop_rows.SIZES_OF_7712) == 300
    assert sum(back for *_, back in shop_rows.SIZES_OF_7712) == 60
