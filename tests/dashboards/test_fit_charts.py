"""Garments against their size chart: said in centimetres, and never where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboards.lib import words_size_charts
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import LATIN, read_html, read_words

WriteAndUse = Callable[[Rows], Path]


def build_difference(size: str, measured: float, chart: float | None, **facts: Any) -> Any:
    """Build a row of ``rpt_fit_chart_differences``: a waist of a style that runs small."""
    off = None if chart is None else round(measured - chart, 2)
    is_beyond = off is not None and abs(off) >= 1.0
    return {
        "style_id": "7712", "measure_code": "waist", "size_label": size,
        "chart_size_label": None if chart is None else size,
        "basis_code": None if chart is None else "style",
        "state_code": "no_chart" if chart is None else "compared",
        "direction_code": None if not is_beyond else "small" if off < 0 else "large",
        "agreement_code": None if not is_beyond else "agrees" if off < 0 else "disagrees",
        "size_order": "SML".index(size), "measured_cm": measured, "chart_cm": chart,
        "difference_cm": off, "tolerance_cm": 1.0, "is_beyond_tolerance": is_beyond,
    } | facts  # fmt: skip


UNKNOWN = build_difference("S", 0.0, 70.0) | {
    **{"size_label": None, "chart_size_label": "でか", "state_code": "unknown_label"},
    **{"direction_code": None, "agreement_code": None, "size_order": None, "measured_cm": None},
    **{"difference_cm": None, "tolerance_cm": None, "is_beyond_tolerance": False},
}
ROWS = [
    build_difference("S", 64.0, 64.3),
    build_difference("M", 65.9, 68.0),
    build_difference("M", 93.0, 92.0, measure_code="hip"),
    build_difference("L", 70.75, 72.0),
    UNKNOWN,
]


def open_style(write_and_use: WriteAndUse, open_page: OpenPage, rows: list[Any], lang: str) -> Any:
    shop = write_and_use({**shop_rows.list_filled(), "rpt_fit_chart_differences": rows})
    app = open_page(shop, page="one_style", lang=lang, style="7712")
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            (
                *("寸法がサイズ表とちがう", "太字は 1.0 cm 以上の差", "−2.1", "65.9・68.0"),
                *("+1.0", "−1.25", "サイズの判定と同じ向きです", "サイズ表の でか は読めない札"),
            ),
        ),
        (
            "en",
            (
                *("The garment does not measure what its size chart says", "Bold: 1.0 cm or more"),
                *("−2.1", "65.9 · 68.0", "It points the way of the verdict", "chart: でか."),
            ),
        ),
    ],
)
def test_a_style_is_held_against_its_chart_in_centimetres(
    open_page: OpenPage, write_and_use: WriteAndUse, language: str, said: tuple[str, ...]
) -> None:
    words = read_words(open_style(write_and_use, open_page, ROWS, language))
    assert [one for one in said if one not in words] == []


def test_a_garment_that_is_as_promised_is_said_to_be(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    app = open_style(write_and_use, open_page, ROWS[:1], "ja")
    assert "寸法はサイズ表どおり" in read_words(app)
    assert "寸法がサイズ表とちがう" not in read_words(app)
    assert "サイズの判定と" not in read_words(app)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_without_a_chart_the_missing_file_is_named(
    open_page: OpenPage, write_and_use: WriteAndUse, language: str
) -> None:
    rows = [build_difference("S", 64.0, None), build_difference("M", 68.0, None)]
    found = read_html(open_style(write_and_use, open_page, rows, language))
    assert "<code>size_charts</code>" in found
    kept = words_size_charts.HEADING_KEPT
    assert not [one for one in (kept.ja, kept.en) if one in found]


def test_a_style_that_is_not_measured_says_nothing_of_charts(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    found = read_html(open_style(write_and_use, open_page, [], "en"))
    assert "<code>size_charts</code>" not in found
    assert words_size_charts.HEADING_KEPT.en not in found


def test_japanese_holds_no_english(open_page: OpenPage, write_and_use: WriteAndUse) -> None:
    words = re.sub(r"<[^>]+>", " ", read_html(open_style(write_and_use, open_page, ROWS, "ja")))
    section = words.partition("寸法がサイズ表とちがう")[2].partition("くらべていません")[0]
    assert "−2.1" in section
    assert set(re.findall(r"[A-Za-z][A-Za-z_0-9]+", section)) - LATIN - set("SML") == set()
