"""Factories and materials: said only where several are named, and only what stands out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.fit_rows import ORIGINS, build_origin
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import read_words

PAGE = "which_styles_do_not_fit"
WriteAndUse = Callable[[Rows], Path]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "千葉の型は、ほかより多く合っていない"),
        ("en", "More styles of 千葉 do not fit than of others"),
    ],
)
def test_a_factory_that_stands_out_is_named(
    open_page: OpenPage, shops: dict[str, Path], language: str, said: str
) -> None:
    words = read_words(open_page(shops["filled"], page=PAGE, lang=language))
    assert said in words
    assert "大阪" in words
    assert "革" not in words  # a material alone has nothing to be held against


def test_without_a_difference_none_is_named(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    rows = [{**row, "is_standing_out": False} for row in ORIGINS]
    shop = write_and_use({**shop_rows.list_filled(), "rpt_fit_origins": rows})
    words = read_words(open_page(shop, page=PAGE, lang="en"))
    assert "No factory or material stands out" in words


def test_nothing_is_shown_of_names_without_a_verdict(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    rows = [
        build_origin("factory", name, judged=0, small=0, expected=0.0) | {"large_style_count": 0}
        for name in ("Chiba", "Porto")
    ]
    shop = write_and_use({**shop_rows.list_filled(), "rpt_fit_origins": rows})
    assert "Porto" not in read_words(open_page(shop, page=PAGE, lang="en"))
