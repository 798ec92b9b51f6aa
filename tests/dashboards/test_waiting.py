"""Where does it wait?: the answer, the curve, the steps, the queue, and what is not measurable."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboards.lib import waiting
from dashboards.lib.survival import estimate_curve
from dashboards.lib.work_file import COLUMNS, build_work_file
from tests.dashboards import shop_rows, waiting_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows, write_shop
from tests.dashboards.test_pages import find_answer, read_html, read_table_rows, read_words

PAGE = "where_does_it_wait"


def write_waiting(folder: Path, *, files: tuple[str, ...], **rows: list[dict[str, Any]]) -> Path:
    """Write a shop with these marts of waiting, in which only some files arrived."""
    entities = [{"entity_name": name, "is_landed": True} for name in files]
    empty = dict.fromkeys(waiting_rows.list_waiting(), ())
    filled: Rows = {**shop_rows.list_filled(), **empty, **rows, "rpt_entities": entities}
    return write_shop(folder, filled)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "ja",
            "3 件が 24 時間を過ぎて待っています。平均 35.0 時間のうち、手が動くのは 13 分です。",
        ),
        ("en", "3 returns are past 24 hours. Of 35.0 hours on average, 13 minutes are work."),
    ],
)
def test_the_answer_says_how_much_waits_and_how_much_is_work(
    open_page: OpenPage, shops: dict[str, Path], language: str, answer: str
) -> None:
    assert find_answer(open_page(shops["filled"], page=PAGE, lang=language)) == answer


def test_nothing_past_24_hours_is_said_so(open_page: OpenPage, tmp_path: Path) -> None:
    queue = [waiting_rows.build_waiting(1, "grading", 3)]
    shop = write_waiting(tmp_path, files=("return_receipts",), rpt_grading_queue=queue)
    app = open_page(shop, page=PAGE, lang="ja")
    assert find_answer(app) == "24 時間を過ぎた品はありません。"
    assert "refunds" in read_html(app)


def test_without_receipts_the_file_is_named(open_page: OpenPage, tmp_path: Path) -> None:
    html = read_html(open_page(write_waiting(tmp_path, files=()), page=PAGE, lang="en"))
    assert "We cannot say yet where it waits" in html
    assert "<code>return_receipts</code>" in html
    assert "Nothing waits" not in html


def test_an_empty_queue_is_a_measured_zero(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_waiting(tmp_path, files=("return_receipts", "refunds"))
    html = read_html(open_page(shop, page=PAGE, lang="en"))
    assert "This zero is a measured zero." in html
    assert "<code>grade</code>" in html  # nothing was ever graded


def test_what_is_not_told_names_its_column(open_page: OpenPage, tmp_path: Path) -> None:
    shop = write_waiting(
        tmp_path,
        files=("return_receipts", "refunds"),
        rpt_grading_conformance=[{**waiting_rows.CONFORMANCE[0], "unknown_word_count": 7}],
    )
    html = read_html(open_page(shop, page=PAGE, lang="en"))
    for told in ("grader_id", "graded_at", "disposition"):
        assert f"<code>{told}</code>" in html
    assert "7 units carry a word" in html


def test_the_curve_is_kaplan_and_meiers() -> None:
    counts = pd.DataFrame(waiting_rows.HOURS[:5])
    curve = estimate_curve(counts)
    at_limit = curve.read(24)
    assert at_limit is not None
    assert at_limit["share"] == pytest.approx(0.7)
    # log(−log) by hand: Greenwood's sum of 40/(100 × 60) and 30/(60 × 30).
    assert at_limit["low"] == pytest.approx(0.6086, abs=5e-4)
    assert at_limit["high"] == pytest.approx(0.7863, abs=5e-4)
    assert curve.hours.loc[60, "share"] == pytest.approx(1 - 0.3 * 0.5)
    assert curve.find(0.7) == 24
    assert curve.find(0.9) is None
    assert (curve.n, curve.open_count) == (100, 17)


def test_open_cases_count_only_as_long_as_they_were_watched() -> None:
    settled = {"waited_hours": [1], "settled_line_count": [1], "open_line_count": [1]}
    young = estimate_curve(pd.DataFrame(settled))
    at_first = young.read(1)
    assert at_first is not None
    assert at_first["share"] == 0.5
    assert young.read(24) is None


def test_a_curve_that_is_all_done_stays_there_and_keeps_its_doubt() -> None:
    done = {"waited_hours": [5], "settled_line_count": [40], "open_line_count": [0]}
    curve = estimate_curve(pd.DataFrame(done))
    at_limit = curve.read(24)
    assert at_limit is not None
    assert at_limit["share"] == 1
    assert at_limit["low"] == pytest.approx(40 / (40 + 1.96**2), abs=1e-3)
    assert curve.extend(96)["hour"].tolist() == list(range(97))
    before = curve.read(0)
    assert before is not None
    assert (before["share"], before["low"]) == (0, 0)
    assert before["high"] > 0.05


def test_steps_of_what_went_to_the_shelf_stand_for_the_whole() -> None:
    moved = pd.DataFrame(waiting_rows.MOVED).fillna(0).assign(graded_before_received_line_count=0)
    told = waiting.sum_steps(moved)
    assert [step.code for step in told["steps"]] == list(waiting.STEPS)
    assert [step.hours for step in told["steps"]] == [10.0, 20.0, 5.0]
    assert told["finished_count"] == 10
    without = pd.DataFrame(waiting_rows.MOVED[1:]).assign(
        **{f"{name}_minutes": 0 for name in ("settling", "shelving")},
        **{f"{name}_work_minutes": 0.0 for name in ("inspection", "settling", "shelving")},
        graded_before_received_line_count=2,
    )
    told = waiting.sum_steps(without)
    assert [step.code for step in told["steps"]] == ["grading", "settling"]
    assert told["reversed_count"] == 2


def test_the_queue_comes_oldest_first_and_in_the_order_of_what_it_loses(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    queue = pd.DataFrame(waiting_rows.QUEUE)
    everything = {"stage": waiting.ALL, "grade": waiting.ALL}
    oldest = waiting.choose_rows(queue, **everything, order="oldest")
    assert oldest["return_line_id"].tolist() == ["R-4", "R-1", "R-3", "R-2", "R-5"]
    idle = waiting.choose_rows(queue, **everything, order="idle")
    assert idle["return_line_id"].tolist() == ["R-1", "R-2", "R-3", "R-4", "R-5"]
    graded = waiting.choose_rows(queue, stage="refund", grade="A", order="oldest")
    assert graded["return_line_id"].tolist() == ["R-1"]
    words = read_words(open_page(shops["filled"], page=PAGE, lang="ja", order="idle"))
    assert "損の大きい順に" in words


def test_heads_say_what_the_sections_show(open_page: OpenPage, shops: dict[str, Path]) -> None:
    words = read_words(open_page(shops["filled"], page=PAGE, lang="ja"))
    for heading in (
        "24 時間で終わるのは 70%",
        "いちばん長い待ちは「検品 → 返金・交換」",
        "古い順に",
        "検品 3 だけ、A が少ない",
        "2 人で見ると 88% が同じ",
        "決まりどおりに動いたのは 95.9%",
    ):
        assert heading in words


def test_few_movements_tell_a_range(open_page: OpenPage, shops: dict[str, Path]) -> None:
    rows = read_table_rows(open_page(shops["filled"], page=PAGE, lang="en"))
    told = {row[0]: row[1:] for row in rows if len(row) == 4}
    assert told["A"][:2] == ("300", "99.0")
    assert told["C"] == ("9", "—", "70–100")


def test_the_work_file_begins_with_what_to_open_first(write_and_use: Any) -> None:
    from dashboards.lib import serving
    from dashboards.lib.shop import read_shop

    write_and_use(shop_rows.list_filled())
    with serving.lease():
        rows = build_work_file(read_shop(), language_code="en")
    assert rows.columns.tolist() == list(COLUMNS)
    assert rows["return_line_id"].tolist() == ["R-1", "R-2", "R-3", "R-4", "R-5"]
    assert rows["next_step"].tolist()[:2] == ["Refund.", "Shelve it."]
    assert rows["received_at"][0] == "2024-11-20T23:00+09:00"
    assert io.StringIO(rows.to_csv(index=False)).readline().startswith("open_first_number,")
