"""The morning: the numbers of its page equal the marts, and what is missing is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboards.lib import morning
from tests.dashboards import money_rows, shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import read_clickable, read_words

PAGE = "this_morning"


def test_the_page_says_the_hand_values(open_page: OpenPage, shops: dict[str, Path]) -> None:
    app = open_page(shops["morning"], page=PAGE, lang="ja")
    briefing = read_clickable(app, "k_briefing")
    for expected in (
        "「ローファー 7712」が期待の 2.0 倍 返ってきていて、これまでに 427万円分が余分に返り"
        "ました。",
        "おもな理由は「小さい・きつい」です。",
        "2 週間を超えた未払いが 5 件 あります。合わせて 21万円 です。",
        "この 7 日に 68万円 が返金で出ました。前年の同じ 7 日より 20% 少ない額です。",
    ):
        assert expected in briefing, expected
    words = read_words(app)
    for expected in (
        "14.8",  # 1,480 of 10,000
        "前年 13.9% · n 10,000 · 確定 95%",
        "31.2",
        "21.7",
        "前年 85万円 · n 60",
        "14 日超 21万円",
        "在庫つきの交換提案率",
        "inventory_snapshots",
    ):
        assert expected in words, expected


def test_what_changed_names_a_style_once(open_page: OpenPage, shops: dict[str, Path]) -> None:
    changes = read_clickable(open_page(shops["morning"], page=PAGE, lang="ja"), "k_changes")
    assert changes.count("ローファー") == 1
    assert "返品率 24.3%、期待は 12.1%" in changes
    assert "10月21日の週から" in changes


def test_changes_of_long_ago_are_none() -> None:
    old = money_rows.build_work("style", "1", is_alarm=False, since_date=date(2024, 9, 28))
    new = money_rows.build_work("style", "2", is_alarm=False, since_date=date(2024, 9, 29))
    sku = money_rows.build_work("sku", "3", sku="3-M", excess_amount=9, since_date=None)
    same = money_rows.build_work("sku", "2", sku="2-M")
    # Eight weeks before 24 November is 29 September.
    found = morning.find_changes(pd.DataFrame([old, new, sku, same]), as_of=shop_rows.AS_OF)
    assert found["style_id"].tolist() == ["3", "2"]


def test_an_empty_shop_has_three_sentences_that_name_files(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["empty"], page=PAGE, lang="ja")
    briefing = read_clickable(app, "k_briefing")
    for file in ("order_lines", "refunds", "return_receipts"):
        assert f"{file} があれば測れます" in briefing
    assert "0円" not in read_words(app)


def test_a_quiet_shop_says_what_was_looked_at(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    rows = shop_rows.list_morning()
    for row in rows["rpt_worklist"]:
        row.update(is_alarm=False, since_date=None)
    app = open_page(write_and_use(rows), page=PAGE, lang="ja")
    assert "今朝、手を打つべき型はありません。2 型を見て" in read_clickable(app, "k_briefing")
    assert "2 型と 1 品番を見ました" in read_words(app)


def test_stale_numbers_are_said_once_and_first(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    rows = shop_rows.list_morning()
    rows["rpt_shop"][0]["is_synthetic"] = False
    app = open_page(write_and_use(rows), page=PAGE, lang="ja")
    assert re.match(r"数字は [\d,]+ 日前のままです。orders が", read_clickable(app, "k_briefing"))
    assert "日前のままです" not in read_words(app)


def test_a_young_season_says_from_when_it_can_be_ranked(
    write_and_use: Callable[[Rows], Path],
) -> None:
    rows = shop_rows.list_morning()
    rows["rpt_lag_curves"] = [
        {"age_days": age, "developed_share": share, "as_of_date": shop_rows.AS_OF}
        for age, share in ((0, 0.0), (9, 0.29), (10, 0.3), (20, 0.9))
    ]
    write_and_use(rows)
    worklist = pd.DataFrame([money_rows.build_work("style", "1", developed_share=0.21)])
    early = morning.find_early(worklist, as_of=shop_rows.AS_OF)
    assert early is not None
    assert early.season == "24AW"
    assert early.developed_share == pytest.approx(0.21)
    assert early.day == date(2024, 12, 4)  # ten days on
    assert morning.find_early(worklist.assign(developed_share=0.3), as_of=shop_rows.AS_OF) is None
