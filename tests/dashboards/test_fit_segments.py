"""Whom a style does not fit: what is said, what is shown, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.fit_rows import build_segment, build_verdict
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import read_clickable, read_table_rows, read_words

WriteAndUse = Callable[[Rows], Path]
STYLE = "7712"
HEIGHTS = [
    build_segment(STYLE, "150-155cm", 1, size_rate=0.4, finding_code="large"),
    build_segment(STYLE, "150cm未満", 0, size_rate=0.41, finding_code="large"),
    build_segment(STYLE, "other", None, segment_kind_code="other", size_rate=0.12),
    build_segment(STYLE, "155cm以上", 2, size_rate=0.1),
]
USUAL = [build_segment(STYLE, "M", 0, dimension_code="usual_size", small_probability=0.3)]


def open_style(
    open_page: OpenPage, write_and_use: WriteAndUse, segments: list[dict[str, Any]], language: str
) -> Any:
    rows = {**shop_rows.list_filled(), "rpt_fit_segments": segments}
    return open_page(write_and_use(rows), page="one_style", lang=language, style=STYLE)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "身長 150cm未満 の方にだけ小さい"),
        ("en", "Too small only for height 150cm未満"),
    ],
)
def test_the_list_says_whom_a_style_fails_that_fits_the_others(
    open_page: OpenPage, shops: dict[str, Path], language: str, said: str
) -> None:
    app = open_page(shops["filled"], page="which_styles_do_not_fit", lang=language)
    assert said in read_clickable(app, "k_fit")


def test_a_style_shows_the_attribute_that_fails_in_its_order(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    app = open_style(open_page, write_and_use, [*USUAL, *HEIGHTS], "ja")
    assert not app.exception
    assert "身長 150cm未満・150-155cm の方にだけ大きい" in read_words(app)
    rows = [cells for cells in read_table_rows(app) if "120" in cells[-1]]
    assert [cells[0] for cells in rows] == ["150cm未満", "150-155cm", "155cm以上", "ほか"]


def test_a_style_that_fails_nobody_alone_shows_what_is_likeliest(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    sound = [{**row, "finding_code": None} for row in HEIGHTS]
    words = read_words(open_style(open_page, write_and_use, [*USUAL, *sound], "en"))
    assert "No group of customers stands out" in words
    assert "by usual size" in words


def test_without_groups_of_customers_the_page_names_the_file(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    words = read_words(open_style(open_page, write_and_use, [], "ja"))
    assert "どのお客さまに合わないかは、まだ測れません" in words
    assert "customers" in words


def test_a_bad_lot_is_named_and_no_size_is_blamed(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    verdict = build_verdict(
        "3001", "runs_small", small_probability=0.97, verdict_probability=0.97,
        diagnosis_code="lot", lot_id="3001-L2", from_size_label="S", to_size_label="XL",
    )  # fmt: skip
    rows = {**shop_rows.list_filled(), "rpt_fit_verdicts": [verdict]}
    app = open_page(write_and_use(rows), page="which_styles_do_not_fit", lang="ja")
    assert "ロット 3001-L2 だけ" in read_clickable(app, "k_fit")
