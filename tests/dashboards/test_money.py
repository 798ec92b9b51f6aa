"""Money: sums against values worked out by hand, and the page against its marts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import altair as alt
import duckdb
import pandas as pd
import pytest

from dashboards.lib import charts_money, measures_money
from tests.dashboards import money_rows, shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import find_answer, read_clickable, read_table_rows, read_words

PAGE = "where_does_the_money_go"


def build_days(*rows: tuple[date, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [(pd.Timestamp(day), amount, 1) for day, amount in rows],
        columns=["calendar_date", "refund_amount", "refund_count"],
    )


def build_forecast(
    first: date, *amounts: tuple[int, int, int], paid: int = 0, is_last_whole: bool = True
) -> pd.DataFrame:
    """Weeks from a Monday, each with its forecast and the ends of its interval."""
    frame = pd.DataFrame(amounts, columns=["forecast_amount", "low_amount", "high_amount"])
    return frame.assign(
        week_number=range(1, len(frame) + 1),
        low_50_amount=frame["low_amount"],
        high_50_amount=frame["high_amount"],
        paid_amount=[paid] + [0] * (len(frame) - 1),
        is_whole_week=[True] * (len(frame) - 1) + [is_last_whole],
        is_current=True,
        week_start_date=pd.date_range(first, periods=len(frame), freq="7D"),
    )


def test_a_year_before_is_unknown_where_the_files_begin_later() -> None:
    days = build_days((date(2023, 11, 21), 5), (date(2024, 11, 20), 7))
    # 364 days before 18 November 2024 is 20 November 2023, one day before the files begin.
    assert measures_money.sum_last_days(days, as_of=date(2024, 11, 24)).before is None
    earlier = build_days((date(2023, 11, 20), 5), (date(2024, 11, 20), 7))
    found = measures_money.sum_last_days(earlier, as_of=date(2024, 11, 24))
    assert (found.amount, found.before) == (7, 5)


@pytest.mark.parametrize(
    ("as_of", "last_week"),
    [(date(2024, 11, 24), date(2024, 11, 18)), (date(2024, 11, 23), date(2024, 11, 11))],
)
def test_only_whole_weeks_are_drawn(as_of: date, last_week: date) -> None:
    weeks = measures_money.lay_weeks(build_days((date(2024, 1, 1), 1)), as_of=as_of)
    assert len(weeks) == 12
    assert weeks["week_start_date"].iloc[-1].date() == last_week


def test_weeks_before_the_files_are_gaps_and_weeks_without_refunds_are_zero() -> None:
    days = build_days((date(2024, 10, 30), 4), (date(2024, 11, 6), 9))
    weeks = measures_money.lay_weeks(days, as_of=date(2024, 11, 24))
    amounts = weeks.set_index("week_start_date")["amount"]
    # The files begin on a Wednesday: that week is not whole.
    assert pd.isna(amounts[pd.Timestamp(2024, 10, 28)])
    assert amounts[pd.Timestamp(2024, 11, 4)] == 9
    assert amounts[pd.Timestamp(2024, 11, 18)] == 0
    assert weeks["last_amount"].isna().all()


def test_the_running_week_holds_what_is_paid_and_what_is_expected() -> None:
    # 100 paid since Monday, 50 expected until Sunday; the forecast ends within the third week.
    forecast = build_forecast(
        date(2024, 11, 18), (50, 30, 70), (60, 40, 90), (9, 8, 10), paid=100, is_last_whole=False
    )
    fan = measures_money.lay_fan(forecast)
    assert fan["forecast"].tolist() == [150, 60]
    assert (fan["low"].tolist(), fan["high"].tolist()) == ([130, 40], [170, 90])


def test_a_fan_ends_after_eight_weeks_and_is_empty_without_a_forecast() -> None:
    forecast = build_forecast(date(2024, 11, 25), *([(1, 1, 1)] * 10))
    assert len(measures_money.lay_fan(forecast)) == 8
    assert measures_money.lay_fan(forecast[:0]).empty


@pytest.mark.parametrize(("low", "has_peak"), [(21, True), (20, False)])
def test_a_peak_needs_its_lower_end_above_the_usual_week(low: int, *, has_peak: bool) -> None:
    weeks = pd.DataFrame({"amount": [10.0, 30.0]})  # usually 20
    fan = pd.DataFrame({"forecast": [40.0], "low": [low], "high": [60.0]})
    assert (measures_money.find_peak(weeks, fan) is not None) == has_peak


def test_the_waterfall_leads_where_its_steps_lead() -> None:
    steps = pd.DataFrame(money_rows.ROLL.items(), columns=["step", "amount"])
    laid = measures_money.lay_waterfall(steps)
    # Late data are 0: no bar. 7.92, up to 22.08, down to 10.28, to 8.59, up to 8.94.
    assert laid["step"].tolist() == [
        "opening", "new_sales", "refunds", "releases", "re_estimates", "closing",
    ]  # fmt: skip
    assert laid["high"].tolist() == [7_920_000, 22_080_000, 22_080_000, 10_280_000, 8_940_000,
                                     8_940_000]  # fmt: skip
    assert laid["kind"].tolist() == ["total", "in", "out", "out", "in", "total"]


def test_an_unknown_age_is_shown_only_where_there_is_one() -> None:
    rows = pd.DataFrame(
        {
            "age_class_code": ["0-1", "unknown"],
            "outstanding_amount": [5, 3],
            "outstanding_count": [1, 1],
        }
    )
    assert "unknown" in measures_money.sum_ages(rows)["age"].tolist()
    known = measures_money.sum_ages(rows[:1])
    assert "unknown" not in known["age"].tolist()
    assert known["amount"].sum() == 5


@pytest.mark.parametrize(
    ("n", "developed", "judged"),
    [(30, 30, True), (29, 29, False), (100, 94, False), (100, 95, True)],
)
def test_a_month_is_judged_when_it_is_developed_and_large(
    n: int, developed: int, *, judged: bool
) -> None:
    months = pd.DataFrame(
        {
            "is_returned": [True],
            "cohort_month_date": [pd.Timestamp(2024, 9, 1)],
            "episode_count": [n],
            "developed_episode_count": [developed],
            "retained_gross_amount": [1],
            "resolved_net_amount": [2],
            "developed_retained_durable_amount": [1],
            "developed_delivered_net_amount": [4],
        }
    )
    found = measures_money.sum_retained(months)
    assert found["is_judged"].tolist() == [judged]
    assert (found["gross"].tolist(), found["durable"].tolist()) == ([0.5], [0.25])


def test_the_page_says_the_hand_values_in_japanese(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["morning"], page=PAGE, lang="ja")
    assert find_answer(app) == (
        "2024年11月は 118万円 が返金で出ました。前年より 18% 多く、"
        "これからさらに 894万円 を返す見込みです。"
    )
    words = read_words(app)
    for expected in (
        "2024年11月1日〜11月24日に現金で出た返金（税込）",
        "前年 100万円 · 目標 110万円を 8万円 超過",  # 1,180,000 paid
        "31.2",  # 312 of 1,000
        "28.4〜34.1% · n 1,000 · 目標 35%まで 3.8 ポイント",  # Wilson, by hand; 31.2 of 35
        "33.0",
        "21.7",
        "95",
        "14 日超 21万円",
        "見かけで残った額の 34% は長もちしない",  # 1 - 21.7 / 33.0
        "灰色の月（10月）",
        "返金負債は 102万円 ふえた",
        "帳簿との差 0円。まだ締めていません。",
        "2 週間を超えた未払いが 5 件",
        "3 件のうち 2 件が一致",  # one lies outside the bank's file
        "これから 8 週の見込みは、まだ測れません",
        "締めた月",
    ):
        assert expected in words, expected


def test_the_page_says_the_hand_values_in_english(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["morning"], page=PAGE, lang="en")
    assert find_answer(app) == (
        "¥1.2M left in refunds in November 2024 so far, 18% more than last year; "
        "another ¥8.9M is still to be refunded."
    )


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "ja",
            (
                ("返金の支出", "110万円", "118万円", "+8万円", "経理"),
                ("交換率", "35.0%", "31.2%", "−3.8 ポイント", ""),
                ("自動の割合", "90.0%", "—", "測れません。ないもの: return_requests", ""),
                ("happiness", "3.00", "—", "この名前の数字はありません", ""),
            ),
        ),
        (
            "en",
            (
                ("Refund cash-out", "¥1.1M", "¥1.2M", "+¥80K", "経理"),
                ("Exchange rate", "35.0%", "31.2%", "−3.8 points", ""),
                ("Policy automation", "90.0%", "—", "not measurable, without return_requests", ""),
                ("happiness", "3.00", "—", "no metric has this name", ""),
            ),
        ),
    ],
)
def test_every_target_of_the_month_stands_beside_what_is_reached(
    open_page: OpenPage, shops: dict[str, Path], lang: str, expected: tuple[tuple[str, ...], ...]
) -> None:
    rows = read_table_rows(open_page(shops["morning"], page=PAGE, lang=lang))
    for row in expected:
        assert row in rows, rows


def test_a_difference_to_the_ledger_is_said(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    rows = shop_rows.list_morning()
    rows["rpt_refund_liability"][0]["refund_liability_amount"] -= 1_234
    words = read_words(open_page(write_and_use(rows), page=PAGE, lang="ja"))
    # Three significant digits; full yen stand in the export and the ledger check.
    assert "帳簿との差 1,230円" in words


def test_a_shop_without_refunds_says_which_file_is_missing(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["empty"], page=PAGE, lang="ja")
    assert find_answer(app) == ""
    words = read_words(app)
    for part in ("返金", "残った売上", "返金負債", "未払い"):
        assert f"{part}は、まだ測れません" in words, part
    assert "0円" not in words  # nothing that was not counted is called zero


def test_landed_refunds_without_a_payout_are_a_measured_zero(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    rows = {
        **shop_rows.list_tiny(),
        "rpt_entities": [{"entity_name": "refunds", "file_count": 1, "is_landed": True}],
    }
    words = read_words(open_page(write_and_use(rows), page=PAGE, lang="ja"))
    assert "この 0 は、数えた結果の 0 です" in words


def test_the_fan_shows_when_the_version_holds_a_forecast(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    shop = write_and_use(shop_rows.list_morning())
    forecast = build_forecast(date(2024, 11, 25), *([(1_400_000, 1_050_000, 2_100_000)] * 8))
    add_forecast(shop, forecast)
    app = open_page(shop, page=PAGE, lang="ja")
    words = read_words(app)
    assert "まだ測れません" not in words
    # 1,050,000 is above the usual week: 680,000 + 500,000 over 12 weeks.
    assert "返金の山は 2024年11月25日の週に来る見込み" in words
    # A year before (27 November 2023) nothing was paid.
    app.switch_page("pages/this_morning.py").run()
    assert "今週は 140万円 が返金で出ていく見込みです" in read_clickable(app, "k_briefing")


def add_forecast(shop: Path, forecast: pd.DataFrame) -> None:
    """Add the forecast to the published file, as a newer warehouse does."""
    path = next((shop / "data" / "serving").glob("*.duckdb"))
    with duckdb.connect(str(path)) as connection:
        connection.register("forecast", forecast)
        connection.execute("create or replace table marts.rpt_cash_forecast_weeks as from forecast")


def test_a_chart_with_a_fan_joins_it_to_the_last_week() -> None:
    weeks = pd.DataFrame(
        {
            "week_start_date": pd.to_datetime(["2024-11-11", "2024-11-18"]),
            "amount": [3.0, 4.0],
            "last_amount": [2.0, float("nan")],
        }
    )
    fan = pd.DataFrame(
        {"week_start_date": pd.to_datetime(["2024-11-25"]), "forecast": [5.0], "low": [4.0],
         "high": [7.0], "low_50": [4.5], "high_50": [6.0]}
    )  # fmt: skip
    labels = {"now": "now", "before": "before", "peak": "peak"}
    chart = charts_money.build_cash(weeks, fan, labels=labels, language_code="en")
    with alt.data_transformers.enable(consolidate_datasets=False):
        drawn = json.dumps(chart.to_dict())
    assert '"strokeDash": [4, 4]' in drawn
    assert drawn.count('"forecast": 4.0') == 3  # both bands and the line begin at the last week
