"""Was it decided without us?: the answer, what a rule says, and the states without an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboards.lib import decisions
from dashboards.lib.decision_charts import build_months
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.decision_rows import DECISIONS, build_decisions
from tests.dashboards.serving_fixture import write_shop
from tests.dashboards.test_pages import find_answer, read_html, read_words

PAGE = "was_it_decided_without_us"


def open_rows(open_page: OpenPage, folder: Path, *, lang: str = "ja", **rows: Any) -> Any:
    shop = write_shop(folder, {**shop_rows.list_filled(), **rows})
    return open_page(shop, page=PAGE, lang=lang)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "ja",
            "この 2 か月の申し込み 400 件のうち、85.0% は人の手なしで決まりました。"
            "例外は 6 件です。人が見た申し込みには、1 件あたり 4.5 分かかりました。",
        ),
        (
            "en",
            "Of 400 requests of the last 2 whole months, 85.0% were decided without anybody. There "
            "are 6 exceptions. A request that a person saw took 4.5 minutes.",
        ),
    ],
)
def test_the_answer_counts_whole_months_alone(
    open_page: OpenPage, shops: dict[str, Path], language: str, answer: str
) -> None:
    assert find_answer(open_page(shops["filled"], page=PAGE, lang=language)) == answer


def test_effects_months_and_rules_are_shown(open_page: OpenPage, shops: dict[str, Path]) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja")
    words = read_words(app)
    # 320 approved, 60 refused, 20 for a person, of 400.
    assert "決まりは 80.0% を受け、15.0% をことわり、5.0% を人に回す" in words
    assert "例外 6 件のうち 4 件は 期間外" in words
    assert "81.2〜88.2" in words  # Wilson's interval of 340 in 400
    assert "ほかに 3 件は、人ではなく" in words
    assert "日付の分からない申し込み 3 件" in words
    assert "kaeru replay policies/draft.csv" in words
    assert len(app.get("vega_lite_chart")) == 1


def test_rules_speak_the_language_of_the_reader(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    ja = read_words(open_page(shops["filled"], page=PAGE, lang="ja"))
    en = read_words(open_page(shops["filled"], page=PAGE, lang="en"))
    assert "お受けできません。" in ja
    assert "注文の明細が見つからない" in ja
    assert "We cannot take it back." in en
    assert "No order line is known" in en
    assert "Rules that decided nothing: 贈りもの" in en
    assert "お受けできません。" not in en


@pytest.mark.parametrize(("language", "interval"), [("ja", "30〜95"), ("en", "30–95")])
def test_few_requests_show_their_interval_and_no_share(
    open_page: OpenPage, shops: dict[str, Path], language: str, interval: str
) -> None:
    app = open_page(shops["tiny"], page=PAGE, lang=language)
    found = read_html(app)
    assert f"{interval}%" in find_answer(app)
    assert "75%" not in read_words(app)
    _, table, *_ = found.split("<table")[1:]  # of the rules, after that of what they say
    assert "k-muted" in table
    assert interval in table
    assert ">75<" not in table


@pytest.mark.parametrize("language", ["ja", "en"])
def test_without_a_file_it_is_not_measurable_and_the_file_is_named(
    open_page: OpenPage, shops: dict[str, Path], language: str
) -> None:
    app = open_page(shops["empty"], page=PAGE, lang=language)
    found = read_html(app)
    assert "k-hatched" in found
    assert "<code>return_requests</code>" in found
    assert "<code>decided_by</code>" in found
    assert find_answer(app) == ""


@pytest.mark.parametrize(
    ("language", "unknown"),
    [
        ("ja", "人の手なしで決まったかは、まだ分かりません。"),
        ("en", "Whether a person decided is not recorded."),
    ],
)
def test_without_deciders_the_column_is_named_and_the_rules_still_speak(
    open_page: OpenPage, tmp_path: Path, language: str, unknown: str
) -> None:
    gap = {
        "metric_name": "policy_automation",
        "part_code": "whole",
        "missing_name": "return_requests.decided_by",
    }
    open_ = build_decisions("期間内", "approve", 100, system_line_count=0)
    app = open_rows(
        open_page, tmp_path, lang=language, rpt_metric_gaps=[gap], rpt_return_decisions=[open_]
    )
    found = read_html(app)
    assert unknown in find_answer(app)
    assert "%" not in find_answer(app)
    assert "<code>return_requests.decided_by</code>" in found
    assert "k-hatched" in found
    assert "100" in found
    assert len(app.get("vega_lite_chart")) == 0


def test_months_that_are_not_over_are_a_counted_zero(open_page: OpenPage, tmp_path: Path) -> None:
    running = [row for row in DECISIONS if str(row["month_date"]).startswith("2024-11")]
    landed = [{"entity_name": "return_requests", "file_count": 1, "is_landed": True}]
    app = open_rows(open_page, tmp_path, rpt_return_decisions=running, rpt_entities=landed)
    assert "この 0 は、数えた結果の 0 です" in read_html(app)


def test_minutes_that_nobody_recorded_name_their_column(
    open_page: OpenPage, tmp_path: Path
) -> None:
    one = build_decisions("期間内", "approve", 90, system_line_count=80, staff_line_count=10)
    app = open_rows(open_page, tmp_path, rpt_return_decisions=[one])
    assert "例外はありません。" in find_answer(app)
    assert "分かかりました" not in find_answer(app)
    assert "測れません（review_minutes）" in read_words(app)


def test_what_nobody_named_decided_is_in_no_share() -> None:
    row = build_decisions("期間内", "approve", 50, system_line_count=30, unattributed_line_count=10)
    frame = pd.DataFrame([dict.fromkeys(decisions.SUMMED, 0) | row])
    assert decisions.tally(frame).automated.n == 40
    assert decisions.tally(frame).automated.rate == pytest.approx(0.75)


def test_a_month_of_few_requests_is_drawn_apart_and_one_without_is_a_gap() -> None:
    rows = [{**dict.fromkeys(decisions.SUMMED, 0), **row} for row in DECISIONS[:2]]
    frame = pd.DataFrame(rows)
    months = pd.to_datetime(pd.Series(["2024-10-01", "2024-08-01"]))
    view = decisions.View(
        first=months[1].date(),
        last=pd.Timestamp("2024-10-31").date(),
        rows=frame.assign(month=months),
        rules=pd.DataFrame(),
        undated=0,
        missing=[],
        is_landed=True,
    )
    laid = decisions.lay_months(view)
    assert laid["request_count"].tolist() == [120, 0, 200]
    assert laid["rate"].isna().tolist() == [False, True, False]
    chart = build_months(laid.assign(is_small=True), label="L", language_code="ja")
    spec = chart.to_json()
    assert "var(--k-ctx)" in spec
    assert '"L"' in spec
    named = chart.to_dict()["layer"][0]["encoding"]["x"]["axis"]["values"]
    assert [one["month"] for one in named] == [8, 9, 10]  # each once
