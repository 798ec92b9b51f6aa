"""What if?: what a reader changes, what it does to the loss, and what is not known of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboards.lib import what_if
from dashboards.lib.what_if import Baseline, Choices
from dashboards.lib.what_if_levers import compute_plan, find_break_even
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage, ReadPage
from tests.dashboards.serving_fixture import Rows, write_shop
from tests.dashboards.test_pages import find_answer, read_html, read_table_rows, read_words
from tests.dashboards.what_if_rows import BASELINE, DAYS

PAGE = "what_if"
BASE = Baseline(BASELINE, DAYS)


def write_base(folder: Path, **row: Any) -> Path:
    """Write a shop whose baseline differs in these columns."""
    filled: Rows = {**shop_rows.list_filled(), "rpt_what_if_baseline": [{**BASELINE, **row}]}
    return write_shop(folder, filled)


def open_changed(open_page: OpenPage, shop: Path, language: str = "ja", **changes: str) -> Any:
    """Open the page with these values in its address."""
    return open_page(shop, page=PAGE, lang=language, **changes)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("ja", "返品の損は月 100万円 です。左で変えると、いくら減るかが出ます。"),
        ("en", "Returns cost ¥1.0M a month. Change something and see by how much less."),
    ],
)
def test_unchanged_the_page_says_what_returns_cost(
    read_page: ReadPage, language: str, answer: str
) -> None:
    app = read_page("filled", PAGE, language)
    assert find_answer(app) == answer
    assert set(app.query_params) <= {"lang"}


@pytest.mark.parametrize(
    ("language", "answer", "heading"),
    [
        ("ja", "返品の損は月 100万円 から 96万円 へ、4万円 減る見込みです。", "効くのは交換。"),
        (
            "en",
            "Returns would cost ¥0.96M a month instead of ¥1.00M, ¥40K less.",
            "What helps most: exchanges.",
        ),
    ],
)
def test_more_exchanges_keep_what_exchanges_kept(
    open_page: OpenPage, shops: dict[str, Path], language: str, answer: str, heading: str
) -> None:
    # From 20 to 30 of 100 requests a month, 4,000 yen each.
    app = open_changed(open_page, shops["filled"], language, exchanges="30")
    assert find_answer(app) == answer
    assert heading in read_words(app)
    assert app.query_params["exchanges"] in ("30", ["30"])


def test_doubt_comes_from_the_share_and_from_what_one_exchange_kept() -> None:
    # 400,000 x (0.178 - 0.2) = -8,800 and +9,600; 10 x 1,000 = 10,000 either way.
    plan = compute_plan(BASE, Choices(share=0.3))
    assert plan.change == pytest.approx(-40_000)
    assert plan.interval == pytest.approx((-40_000 - 13_320.66, -40_000 + 13_862.18), abs=0.01)
    assert plan.direction == "falls"


def test_an_interval_over_today_says_nothing_yet(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_changed(open_page, shops["filled"], exchanges="22")
    assert find_answer(app) == "減るとも増えるとも、まだ言えません（−17,000〜+1,810円）。"
    assert "どれが効くとは、まだ言えません" in read_words(app)
    app = open_changed(open_page, shops["filled"], "en", exchanges="22")
    assert find_answer(app) == "We cannot say yet whether it helps (−¥17K to +¥2K)."


def test_a_bonus_costs_all_exchanges_and_says_from_where_it_pays(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    # 20 exchanges a month, 1,000 yen each; 0.2 / (1 - 1000 / 4000) = 26.7 %.
    app = open_changed(open_page, shops["filled"], bonus="1000")
    assert find_answer(app) == "返品の損は月 100万円 から 102万円 へ、2万円 増える見込みです。"
    words = read_words(app)
    assert "95% 区間は 17,800〜22,400円 の増。" in words
    assert "特典 1,000円は、交換が 20.0% から 26.7% へ上がれば元がとれます。" in words
    assert "損を増やすのは特典。" in words
    assert "送料や特典で交換の割合が動くかは" in words


def test_a_bonus_above_what_an_exchange_keeps_never_pays(
    open_page: OpenPage, tmp_path: Path
) -> None:
    shop = write_base(tmp_path, saving_each_amount=900, low_saving_each_amount=800)
    words = read_words(open_changed(open_page, shop, "en", bonus="1000"))
    assert "A bonus of ¥1,000 never pays: one exchange keeps ¥900." in words


def test_a_bonus_that_is_given_already_counts_as_today() -> None:
    given = Baseline(BASELINE | {"bonus_amount": 220 * 300})
    assert compute_plan(given, Choices(bonus=1_000.0)).change == pytest.approx(20 * 700)
    assert find_break_even(given, 1_300.0) == pytest.approx(0.2 / 0.75)


def test_freight_that_customers_pay_is_saved_on_every_exchange() -> None:
    plan = compute_plan(BASE, Choices(share=0.3, is_freight_theirs=True))
    saved = {step.code: step.amount for step in plan.known}
    assert saved["freight"] == pytest.approx(-30 * 600)


def test_a_shorter_window_waits_for_the_sales_that_it_costs(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_changed(open_page, shops["filled"], days="15")
    assert "あなたの答えを待っています" in find_answer(app)
    words = read_words(app)
    assert "返品を受ける日数 15 日まで: 測れない。減る売上を入れると出ます。" in words
    assert "測れないものは、合わせた額に入れていません。" in words


def test_a_window_refuses_what_came_later_and_lost_sales_eat_of_it(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    # 360,000 / 12 less, 0.5 % of 5,000,000 a month more.
    app = open_changed(open_page, shops["filled"], days="15", lost="0.5")
    assert "効くのは日数。日数の得は 83% が消える" in read_words(app)
    plan = compute_plan(BASE, Choices(window=15, lost_sales=0.005))
    assert plan.change == pytest.approx(-5_000)
    # 84 of 1,200 requests, 5.7 to 8.6 %: 30,000 x 0.057 / 0.07 and x 0.086 / 0.07.
    assert plan.interval == pytest.approx((25_000 - 36_857.14, 25_000 - 24_428.57), abs=0.01)


def test_a_window_that_nothing_comes_after_refuses_nothing() -> None:
    plan = compute_plan(BASE, Choices(window=28, lost_sales=0.0))
    assert plan.change == 0
    assert plan.direction == "same"


def test_what_is_refused_is_not_exchanged_and_what_is_exchanged_is_not_refunded() -> None:
    # 7 % are refused; of the rest 30 % instead of 20 % are exchanged, and 7/8 as many refunded.
    changes = Choices(share=0.3, window=15, lost_sales=0.0, is_digital=True, fee=100.0)
    amounts = {step.code: step.amount for step in compute_plan(BASE, changes).known}
    assert amounts["exchange"] == pytest.approx(-40_000 * 0.93)
    assert amounts["rail"] == pytest.approx((10 * 100 - 4_000) * 0.93 * 7 / 8)


def test_the_fee_of_a_digital_payout_is_asked_and_never_assumed(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    asked = read_words(open_changed(open_page, shops["filled"], "en", rail="digital"))
    assert "Refunds paid digitally: not measurable until you enter the fee." in asked
    told = open_changed(open_page, shops["filled"], "en", rail="digital", fee="100")
    assert find_answer(told).endswith("¥3,000 less.")


def test_a_fee_that_the_shop_has_set_is_used(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_base(tmp_path, digital_fee_amount=100)
    assert "3,000円 減る見込みです。" in find_answer(open_changed(open_page, shop, rail="digital"))


def test_text_that_is_no_number_is_said_to_be_none(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_changed(open_page, shops["filled"], "en", rail="digital", fee="much")
    assert "Please write a number." in read_words(app)


def test_one_count_moves_all_that_rests_on_it() -> None:
    # 1,000 yen given and 600 yen of freight taken, both by the same 20 exchanges.
    plan = compute_plan(BASE, Choices(bonus=1_000.0, is_freight_theirs=True))
    assert plan.change == pytest.approx(20 * 400)
    assert plan.interval == pytest.approx((8_000 - 0.022 * 40_000, 8_000 + 0.024 * 40_000))


def test_the_waterfall_ends_where_the_whole_ends() -> None:
    plan = compute_plan(BASE, Choices(share=0.3, bonus=500.0, window=15, lost_sales=0.005))
    laid = what_if.lay_waterfall(plan)
    assert laid["code"].tolist() == ["exchange", "bonus", "window", "lost_sales", "total"]
    assert laid["start"].iloc[1:-1].tolist() == laid["end"].iloc[:-2].tolist()
    assert laid["end"].iloc[-2] == pytest.approx(laid["end"].iloc[-1])
    assert laid["end"].iloc[-1] == plan.change


def test_what_is_not_measured_has_its_row_and_no_length() -> None:
    plan = compute_plan(BASE, Choices(share=0.3, window=15, is_digital=True))
    laid = what_if.lay_waterfall(plan).set_index("code")
    assert laid["is_measured"].to_dict() == {
        "exchange": True,
        "window": False,
        "rail": False,
        "total": True,
    }
    assert (laid.loc[["window", "rail"], ["start", "end"]] == plan.change).all(axis=None)
    assert plan.change == pytest.approx(-40_000)


def test_few_exchanges_conclude_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_base(tmp_path, saving_line_count=29)
    app = open_changed(open_page, shop, exchanges="30")
    assert find_answer(app).startswith("減るとも増えるとも、まだ言えません")
    words = read_words(app)
    assert "もとになる数が 30 に足りないため" in words
    assert "薄い棒は 30 件に足りないもの。" in words


def test_without_a_settled_exchange_one_more_has_no_value(
    open_page: OpenPage, tmp_path: Path
) -> None:
    nothing = dict.fromkeys(
        ("saving_each_amount", "low_saving_each_amount", "high_saving_each_amount")
    )
    shop = write_base(tmp_path, saving_line_count=0, **nothing)
    words = read_words(open_changed(open_page, shop, exchanges="30"))
    assert "測れない。exchanges が届くと測れます。" in words


def test_without_a_window_none_can_be_shortened(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_base(tmp_path, shortest_window_days=None, longest_window_days=None)
    app = open_changed(open_page, shop, days="15", lost="1")
    assert "日数の決まりがない返品があるため" in read_words(app)
    assert find_answer(app).startswith("返品の損は月 100万円 です。")


def test_a_value_that_is_not_offered_changes_nothing(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_changed(open_page, shops["filled"], exchanges="300", bonus="x", rail="pigeon")
    assert find_answer(app).startswith("返品の損は月 100万円 です。左で変えると")


def test_the_name_of_a_draft_stands_above_the_title(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_changed(open_page, shops["filled"], draft="春の案")
    assert "春の案" in read_html(app)
    assert app.query_params["draft"] in ("春の案", ["春の案"])


def test_the_numbers_of_the_shop_are_listed_with_their_doubt(read_page: ReadPage) -> None:
    rows = read_table_rows(read_page("filled", PAGE, "ja"))
    assert ("交換の割合 95% 区間 17.8%〜22.4%、n 1,200", "20.0%") in rows
    assert ("交換 1 件で残る額 95% 区間 3,000円〜5,000円、n 400", "4,000円") in rows
    assert ("返品を受ける日数", "14〜45 日") in rows
    assert ("その 1 件の手数料と手間", "400円") in rows
    assert ("返品のあとの利益（月）", "500万円") in rows


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_not_measurable_names_the_file(read_page: ReadPage, language: str) -> None:
    app = read_page("tiny", PAGE, language)
    assert "refunds" in read_words(app)
    assert "k-hatched" in read_html(app)


def test_goods_without_a_cost_are_named(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_base(tmp_path, loss_amount=None, missing_name="products.unit_cost")
    words = read_words(open_changed(open_page, shop))
    assert "戻った品の原価がそろっていません。products.unit_cost に入ると測れます。" in words


def test_months_without_a_return_are_a_measured_zero(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_base(tmp_path, loss_amount=0, return_line_count=0)
    assert "これは測った 0 です" in read_words(open_changed(open_page, shop))


def test_less_than_a_month_says_nothing_of_a_month(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_base(tmp_path, is_whole_months=False, month_count=1)
    app = open_changed(open_page, shop)
    assert find_answer(app) == ""
    assert "まだひと月分の注文がそろっていません。" in read_words(app)
