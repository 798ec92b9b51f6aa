"""Is our back yard earning?: the answer, the lamps, the leak, and what a reader tries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboards.lib import yard
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage, ReadPage
from tests.dashboards.serving_fixture import Rows, write_shop
from tests.dashboards.test_pages import find_answer, read_html, read_table_rows, read_words
from tests.dashboards.yard_rows import CONDITIONS, COSTS, FIGURES, PARTS, list_yard

PAGE = "is_our_back_yard_earning"


def write_yard(folder: Path, **rows: list[dict[str, Any]]) -> Path:
    """Write a shop with these rows of the back yard."""
    filled: Rows = {**shop_rows.list_filled(), **list_yard(), **rows}
    return write_shop(folder, filled)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "ja",
            "5 つのうち 1 つが合格、2 つが途中、1 つが不合格、1 つは測れません。"
            "もれは月 19万円 です。",
        ),
        (
            "en",
            "Of five, 1 passes, 2 are on the way, 1 fails and 1 cannot be measured. "
            "The leak is ¥188K a month.",
        ),
    ],
)
def test_the_answer_counts_the_states(read_page: ReadPage, language: str, answer: str) -> None:
    assert find_answer(read_page("filled", PAGE, language)) == answer


@pytest.mark.parametrize(
    ("state", "ja", "en"),
    [
        ("pass", "5 つのうち 5 つが合格です。", "Of five, 5 pass."),
        ("not_measurable", "5 つのうち 5 つは測れません。", "Of five, 5 cannot be measured."),
    ],
)
def test_a_state_that_none_has_is_left_out(
    open_page: OpenPage, tmp_path: Path, state: str, ja: str, en: str
) -> None:
    rows = [row | {"state_code": state} for row in CONDITIONS]
    parts = [row | {"month_amount": None, "missing_name": "orders"} for row in PARTS]
    shop = write_yard(tmp_path, rpt_conditions=rows, rpt_leak_parts=parts)
    assert find_answer(open_page(shop, page=PAGE, lang="ja")) == ja
    assert find_answer(open_page(shop, page=PAGE, lang="en")) == en


def test_less_than_a_month_is_no_month(open_page: OpenPage, tmp_path: Path) -> None:
    parts = [row | {"is_whole_months": False, "month_count": 1} for row in PARTS]
    shop = write_yard(tmp_path, rpt_leak_parts=parts)
    assert "もれはこれまでに 19万円 です。" in find_answer(open_page(shop, page=PAGE, lang="ja"))


def test_each_lamp_shows_value_interval_threshold_n_and_leak(read_page: ReadPage) -> None:
    rows = read_table_rows(read_page("filled", PAGE, "ja"))
    assert rows[1:6] == [
        (
            *(
                "① 住所を目で見ない 目視 3,150 件、持ち戻り 0.21%、人が見ずに片づいた不備 91.0%",
                "途中",
                "",
            ),
            *("96.8% 96.7〜96.9", "99.5%", "98,400", "32,000"),
        ),
        (
            *("② 返品はウェブだけで受ける ウェブだけでないもの 877 件", "途中", ""),
            *("94.2% 93.8〜94.6", "99.0%", "15,120", "16,000"),
        ),
        (
            *("③ 返金の前に交換を示す inventory_snapshots が足りません", "測れない"),
            *("ファイル待ち", "—", "95.0%", "—", "—"),
        ),
        (
            *("④ 到着から 24 時間で返金・交換 9 割が済むまで 61 時間", "不合格", ""),
            *("73.4% 72.7〜74.1", "95.0%", "13,870", "140,000"),
        ),
        (
            *("⑤ 理由を商品づくりに使う おもな警報 10 件のうち 9 件に手", "合格", ""),
            *("92.8% 92.4〜93.2", "90.0%", "15,120", "0"),
        ),
    ]


def test_lamps_and_waterfall_add_up_to_the_headline(read_page: ReadPage) -> None:
    rows = read_table_rows(read_page("filled", PAGE, "ja"))
    total = next(row for row in rows if row[0] == "合計")
    assert total[-1] == "188,000"
    leaks = [row[-1].replace(",", "") for row in rows[1:6]]
    assert sum(int(leak) for leak in leaks if leak != "—") == 188_000


def test_the_largest_hole_is_the_heading_and_unknown_parts_are_named(read_page: ReadPage) -> None:
    app = read_page("filled", PAGE, "ja")
    words = read_words(app)
    assert "もれの 64% は、待たせている品" in words
    assert "まだ測れないもれ: デジタル送金の手数料（costs.digital_payout_fee）。" in words
    assert ("時給", "1,600円", "店の設定") in read_table_rows(app)
    assert ("値下がり", "0.5%/日", "初期値（仮定）") in read_table_rows(app)
    assert ("デジタル送金", "—", "契約による（聞いています）") in read_table_rows(app)
    assert 'aria-label="判定 不合格"' in read_html(app)


def test_what_a_reader_tries_rescales_the_leak_and_stays_on_the_page(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    # Half the wage: (20,000 + 16,000) / 2 = 18,000 yen less.
    app = open_page(shops["filled"], page=PAGE, lang="en", try_hourly_wage="800")
    assert "the leak is ¥170K a month (-¥18K)" in read_words(app).replace("−", "-")
    assert ("Wage per hour", "¥800", "on this page only") in read_table_rows(app)
    assert find_answer(app).endswith("The leak is ¥188K a month.")
    assert app.query_params["try_hourly_wage"] in ("800", ["800"])


def test_text_that_is_no_number_is_said_to_be_none(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="en", try_hourly_wage="much")
    words = read_words(app)
    assert "Please write a number." in words
    assert "With the values of this page" not in words


def test_the_fee_of_a_new_rail_is_asked_and_never_assumed(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    # 100 refunds a month at 250 yen each; at 100 yen it is 15,000 yen less.
    asked = read_words(open_page(shops["filled"], page=PAGE, lang="en"))
    assert "100 refunds a month are entered by hand and cost ¥25K" in asked
    assert "under ¥250 each pays" in asked
    told = open_page(shops["filled"], page=PAGE, lang="en", try_digital_payout_fee="100")
    words = read_words(told).replace("−", "-")
    assert "At ¥100 each, ¥25K a month becomes ¥10K (-¥15K)." in words
    assert "Today half take 4 days and 90% take 6." in words


def test_a_fee_that_the_shop_set_is_not_asked_again(open_page: OpenPage, tmp_path: Path) -> None:
    costs = [
        row | {"parameter_value": 100.0, "source_code": "shop"}
        if row["parameter_name"] == "digital_payout_fee"
        else row
        for row in COSTS
    ]
    words = read_words(open_page(write_yard(tmp_path, rpt_leak=costs), page=PAGE, lang="en"))
    assert "At ¥100 each, ¥25K a month becomes ¥10K" in words


def test_without_an_alarm_the_closed_actions_are_told(open_page: OpenPage, tmp_path: Path) -> None:
    acted = {"condition_number": 5, "figure_code": "acted_on", "counted_count": 0, "n_count": 0}
    closed = {"condition_number": 5, "figure_code": "closed_actions", "counted_count": 6}
    figures = [row for row in FIGURES if row["figure_code"] != "acted_on"]
    shop = write_yard(tmp_path, rpt_condition_figures=[*figures, acted, closed])
    assert "いま警報はなく、済んだ手は 6 件" in read_words(open_page(shop, page=PAGE, lang="ja"))


def test_rails_show_days_fees_labour_and_failures(read_page: ReadPage) -> None:
    rows = read_table_rows(read_page("filled", PAGE, "ja"))
    assert ("銀行振込", "1,170", "936", "240,000", "30,000", "30,000", "4 · 6", "30") in rows
    assert ("ウォレット", "300", "240", "—", "0", "0", "0 · 2", "0") in rows


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_measured_names_the_files(read_page: ReadPage, language: str) -> None:
    words = read_words(read_page("tiny", PAGE, language))
    assert "address_checks" in words
    assert "refunds" in words


def test_unchanged_costs_leave_the_parts_as_they_are() -> None:
    parts, costs = pd.DataFrame(PARTS), pd.DataFrame(COSTS)
    found = yard.compute_parts(parts, costs)["month_amount"]
    pd.testing.assert_series_equal(
        found, parts["month_amount"].astype(float), check_names=False, check_dtype=False
    )


def test_a_fee_that_is_told_makes_its_part_known() -> None:
    costs = yard.change_costs(pd.DataFrame(COSTS), {"digital_payout_fee": 120.0})
    found = yard.compute_parts(pd.DataFrame(PARTS), costs).set_index("part_code")
    assert found.loc["digital_fees", "month_amount"] == 70
