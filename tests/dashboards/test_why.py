"""Why things come back: hand values of each source, what has grown, and the states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboards.lib import reason_matrix, serving, why
from dashboards.lib.filters import Filters
from tests.dashboards import reason_rows, shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import find_answer, read_html, read_words

WriteAndUse = Callable[[Rows], Path]
PAGE = "why_does_it_come_back"
ALL = Filters(grain="style", state="all", equals={}, find="")


def list_with(**marts: list[dict[str, Any]]) -> Rows:
    return {**shop_rows.list_filled(), **marts}


def test_the_answer_equals_the_hand_value(open_page: OpenPage, shops: dict[str, Path]) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja")
    assert find_answer(app) == (
        "返品の 30.0% はサイズです。この 12 週で増えたのは"
        "「小さい・きつい」（+20.0 ポイント）だけです。"
    )
    words = read_words(app)
    assert "の依頼、n 600 点" in words
    assert "「小さい・きつい」だけが増えている" in words
    assert "週ごと、すべて同じ 0〜60% の目盛り" in words  # 20 of 50: 54.8 at most


def test_the_answer_is_said_in_english(open_page: OpenPage, shops: dict[str, Path]) -> None:
    answer = find_answer(open_page(shops["filled"], page=PAGE, lang="en"))
    assert answer == (
        "30.0% of returns are about size. In 12 weeks only “Too small / tight” (+20.0 points) "
        "has grown."
    )


def test_words_add_up_their_probabilities(open_page: OpenPage, shops: dict[str, Path]) -> None:
    words = read_words(open_page(shops["filled"], page=PAGE, lang="ja", source="classified"))
    assert "返品の 45.0% はサイズです" in words  # 18 of 40
    assert "増えたと言える理由はありません" in words
    assert "31.3%" in words  # 12.5 of 40
    assert "読めない・理由がない25.0%" in words.replace(" ", "")
    assert "n 480 点" in words


def test_what_people_answered_corrects_what_was_read(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    corrections = [
        {"reason_code": code, "model_version": "m1", "correction_factor": factor,
         "correction_doubt": doubt, "label_count": 160}
        for code, factor, doubt in (("FIT.SMALL", 0.8, 0.08), ("QUAL.DEFECT", 1.5, 0.3))
    ]  # fmt: skip
    shop = write_and_use(list_with(rpt_reason_corrections=corrections))
    app = open_page(shop, page=PAGE, lang="ja", source="classified")
    assert "返品の 36.0% はサイズです" in read_words(app)  # 0.8 of 45.0
    assert "人が読んだ 160 件の答えで正しています。" in read_words(app)
    with serving.lease():
        small, colour = why.read_view("classified", filters=ALL, as_of=shop_rows.AS_OF).courses
    assert (small.code, round(small.share.units, 6), small.share.n) == ("FIT.SMALL", 172.8, 480)
    # Wilson's interval of 36 % of 480 reaches 4.4 points up; a tenth of 36 % is 7.1 at 95 %.
    assert small.share.high - small.share.rate == pytest.approx(0.0830, abs=0.0005)
    assert colour.share.units == 150  # nobody was asked about it
    assert colour.share.high - colour.share.rate < 0.045


def test_a_correction_is_no_growth(write_and_use: WriteAndUse) -> None:
    correction = {
        "reason_code": "FIT.SMALL", "model_version": "m1", "correction_factor": 0.5,
        "correction_doubt": 0.5, "label_count": 160,
    }  # fmt: skip
    weeks = [
        reason_rows.build_week(code, "classified", monday, units, told=units, expected=units)
        for monday, counts in (
            (reason_rows.FIRST, (200, 800)),
            (date(2024, 11, 18), (400, 600)),
        )
        for code, units in zip(("FIT.SMALL", "LOOK.COLOR"), counts, strict=True)
    ]
    rows = list_with(rpt_style_reason_weeks=weeks, rpt_reason_corrections=[correction])
    write_and_use(rows)
    with serving.lease():
        view = why.read_view("classified", filters=ALL, as_of=shop_rows.AS_OF)
    (grown,) = view.grown
    assert (grown.code, round(grown.growth, 6)) == ("FIT.SMALL", 10.0)  # of 20 and 40, halved
    assert grown.share.low == 0  # and how many they are, nobody knows


def test_a_source_that_tells_nothing_is_not_offered(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja", source="inspected")
    options = [str(option) for option in app.segmented_control(key="source").options]
    assert options == ["選んだ理由", "読んだ理由"]
    assert "30.0%" in find_answer(app)  # falls back to what is said


def test_where_only_texts_say_why_they_are_shown(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    weeks = [row for row in reason_rows.list_weeks() if row["reason_source_code"] != "stated"]
    app = open_page(write_and_use(list_with(rpt_style_reason_weeks=weeks)), page=PAGE, lang="ja")
    assert "45.0%" in find_answer(app)


def test_chosen_and_read_stand_against_each_other(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja")
    words = read_words(app)
    assert "「気が変わった」を選んだ人の 40% は、別のことを書いている" in words
    assert "両方がある 280 点" in words
    assert "わくは同じ意味（84.6%）" in words  # 220 of 260
    assert "青い線: 100 点のうち 40%" in words
    assert "検品で確かめられたのは 75%" in words
    html = read_html(app)
    # 60 of 120 of the row: the darkest; 30 the third shade, and the line of the heading under it.
    assert '<td class="k-h5 k-same ">60</td>' in html
    assert '<td class="k-h3  k-spoken">30</td>' in html


def test_only_whole_weeks_count(write_and_use: WriteAndUse) -> None:
    late = reason_rows.build_week(
        "LOOK.COLOR", "stated", date(2024, 11, 25), 999, told=999, expected=999
    )
    early = {**late, "week_start_date": date(2024, 8, 26)}
    write_and_use(list_with(rpt_style_reason_weeks=[*reason_rows.list_weeks(), late, early]))
    with serving.lease():
        view = why.read_view("stated", filters=ALL, as_of=shop_rows.AS_OF)
    assert view.size.n == 600
    assert [course.code for course in view.courses] == [
        "CUST.CHANGED_MIND", "FIT.SMALL", "LOOK.COLOR",
    ]  # fmt: skip
    assert view.silent.share.units == 120


def test_rare_reasons_are_one_sentence(write_and_use: WriteAndUse) -> None:
    rare = [
        reason_rows.build_week(f"X{n}", "stated", reason_rows.FIRST, 10 - n, told=1, expected=1)
        for n in range(8)
    ]
    write_and_use(list_with(rpt_style_reason_weeks=rare))
    with serving.lease():
        view = why.read_view("stated", filters=ALL, as_of=shop_rows.AS_OF)
    assert [course.code for course in view.courses] == [f"X{n}" for n in range(7)]
    assert (view.rest_count, view.rest.units, view.rest.n) == (1, 3, 52)


def test_growth_needs_both_intervals_apart(write_and_use: WriteAndUse) -> None:
    # 20 of 40 and then 25 of 40: more, and no reason to say so.
    weeks = [
        reason_rows.build_week(code, "stated", monday, units, told=units, expected=units)
        for monday, counts in (
            (reason_rows.FIRST, (20, 20)),
            (date(2024, 11, 18), (25, 15)),
        )
        for code, units in zip(("FIT.SMALL", "LOOK.COLOR"), counts, strict=True)
    ]
    write_and_use(list_with(rpt_style_reason_weeks=weeks))
    with serving.lease():
        view = why.read_view("stated", filters=ALL, as_of=shop_rows.AS_OF)
    assert view.grown == []
    assert view.courses[0].growth == pytest.approx(12.5)
    assert view.step == 4


def test_a_filter_without_a_return_says_a_measured_zero(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja", category="ワンピース")
    assert not app.exception
    assert "この 12 週の返品は 0 です" in read_words(app)
    assert "測って 0 でした" in read_words(app)
    assert find_answer(app) == ""


def test_few_returns_are_said_to_be_few(open_page: OpenPage, write_and_use: WriteAndUse) -> None:
    few = [reason_rows.build_week("FIT.SMALL", "stated", reason_rows.FIRST, 9, told=9, expected=9)]
    app = open_page(write_and_use(list_with(rpt_style_reason_weeks=few)), page=PAGE, lang="ja")
    assert find_answer(app).startswith("この 12 週の返品は 9 点。")
    assert "動きを言うには、まだ少ない" in read_words(app)


def test_what_no_file_says_names_the_column(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    rows = list_with(rpt_style_reason_weeks=[], rpt_reason_disagreements=[], rpt_reason_quotes=[])
    app = open_page(write_and_use(rows), page=PAGE, lang="ja")
    html = read_html(app)
    assert html.count("k-hatched") == 4
    for name in ("reason_code", "reason_text", "inspected_reason_code", "return_receipts"):
        assert f"<code>{name}</code>" in html


@pytest.mark.parametrize(
    ("stated", "read", "expected"),
    [("FIT", "FIT.large", True), ("FIT.small", "FIT.large", False), ("LOOK", "QUAL", False)],
)
def test_a_size_without_direction_means_either(stated: str, read: str, *, expected: bool) -> None:
    assert reason_matrix.is_same(stated, read) is expected
