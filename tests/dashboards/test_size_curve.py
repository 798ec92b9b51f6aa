"""The split of the next order: what the page of a style says, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import read_table_rows, read_words

WriteAndUse = Callable[[Rows], Path]
STYLE = "7712"


def build_size(label: str, rank: int | None, **facts: Any) -> dict[str, Any]:
    return {
        "style_id": STYLE, "size_label": label, "rank_number": rank, "basis_code": "measured",
        "sold_count": 100, "sold_share": 0.5, "net_units": 100.0, "net_share": 0.5,
    } | facts  # fmt: skip


def open_style(
    open_page: OpenPage, write_and_use: WriteAndUse, language: str, **marts: list[dict[str, Any]]
) -> Any:
    rows = {**shop_rows.list_filled(), **marts}
    return open_page(write_and_use(rows), page="one_style", lang=language, style=STYLE)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "次の発注は 24.0 を 7.5 ポイント多く"),
        ("en", "For the next order: 7.5 points more of 24.0"),
    ],
)
def test_the_heading_names_the_size_that_gains_most(
    open_page: OpenPage, write_and_use: WriteAndUse, language: str, said: str
) -> None:
    curve = [
        build_size("24.0", 1, net_share=0.575),
        build_size("23.5", 0, net_share=0.425),
    ]
    app = open_style(open_page, write_and_use, language, rpt_size_curves=curve)
    assert not app.exception
    assert said in read_words(app)
    rows = [cells for cells in read_table_rows(app) if cells[0] in ("23.5", "24.0")]
    assert [cells[:4] for cells in rows] == [
        ("23.5", "50.0", "42.5", "−7.5"),
        ("24.0", "50.0", "57.5", "+7.5"),
    ]


def test_sizes_that_fit_are_split_as_they_sold(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    curve = [build_size("23.5", 0), build_size("24.0", 1)]
    words = read_words(open_style(open_page, write_and_use, "en", rpt_size_curves=curve))
    assert "split sizes as they sold" in words


def test_one_size_is_no_split(open_page: OpenPage, write_and_use: WriteAndUse) -> None:
    curve = [build_size("FREE", 0)]
    words = read_words(open_style(open_page, write_and_use, "en", rpt_size_curves=curve))
    assert "For the next order" not in words


def test_what_is_not_measured_says_what_is_missing(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    nothing = {"basis_code": "not_measurable", "net_units": None, "net_share": None}
    curve = [build_size("23.5", 0, **nothing), build_size("24.0", 1, **nothing)]
    outcomes = [
        {
            "style_id": STYLE, "size_label": "23.5", "basis_code": "not_measurable",
            "missing_small_count": 63, "missing_large_count": 81,
        }
    ]  # fmt: skip
    app = open_style(
        open_page, write_and_use, "en", rpt_size_curves=curve, rpt_fit_outcomes=outcomes
    )
    words = read_words(app)
    assert "63 more sales known to be too small and 81" in words


def test_sizes_without_an_order_name_the_column(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    nothing = {"basis_code": "no_order", "net_units": None, "net_share": None}
    curve = [build_size("ちび", None, **nothing), build_size("でか", None, **nothing)]
    words = read_words(open_style(open_page, write_and_use, "ja", rpt_size_curves=curve))
    assert "size_order" in words
