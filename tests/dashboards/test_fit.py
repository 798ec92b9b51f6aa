"""Which styles do not fit?: counts in the answer, the order of the list, and what a row shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboards.lib import fit, fit_changes, fit_drawings, words_fit_changes
from dashboards.lib.fit_drawings import draw_profile
from dashboards.lib.language import find_language
from dashboards.lib.voice import find_voice
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.fit_rows import FITS, LARGE, NEW, SMALL, SWAP, VERDICTS, build_change
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import find_answer, read_clickable, read_html

PAGE = "which_styles_do_not_fit"


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "ja",
            "3 型がサイズに合っていません（小さめ 1、大きめ 1、札の取り違え 1）。"
            "1 型はまだ証拠が足りません。",
        ),
        (
            "en",
            "3 styles do not fit (1 small, 1 large, 1 label swap). "
            "For 1 the evidence is not enough yet.",
        ),
    ],
)
def test_the_answer_counts_the_verdicts_and_leaves_out_zeros(
    open_page: OpenPage, shops: dict[str, Path], language: str, answer: str
) -> None:
    assert find_answer(open_page(shops["filled"], page=PAGE, lang=language)) == answer


def test_a_row_says_verdict_part_diagnosis_and_what_is_missing(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    words = read_clickable(open_page(shops["filled"], page=PAGE, lang="ja"), "k_fit")
    assert "23.5 から 24.0 の段差" in words
    assert "甲" in words
    assert "全サイズ、型紙" in words
    assert "あと約 240 点の配送で分かる" in words  # 237 deliveries, about


def test_a_verdict_in_the_address_is_applied(open_page: OpenPage, shops: dict[str, Path]) -> None:
    app = open_page(shops["filled"], page=PAGE, lang="ja", verdict="runs_large")
    words = read_clickable(app, "k_fit")
    assert f"靴 {LARGE}" in words
    assert f"靴 {SMALL}" not in words


def test_a_verdict_that_no_style_has_says_what_was_looked_at(
    open_page: OpenPage, write_and_use: Callable[[Rows], Path]
) -> None:
    shop = write_and_use({**shop_rows.list_filled(), "rpt_fit_verdicts": VERDICTS[:4]})
    app = open_page(shop, page=PAGE, lang="ja", verdict="label_swap")
    assert "店の 4 の型を見ました" in read_html(app)


def test_misfits_stand_before_what_is_open_and_what_fits() -> None:
    ordered = fit.sort_rows(pd.DataFrame(VERDICTS))
    assert ordered["style_id"].tolist() == [LARGE, SMALL, SWAP, NEW, FITS]


def test_only_a_size_that_is_decided_alone_is_coloured() -> None:
    found = draw_profile([(0.1, 0.0, ""), (0.2, 0.0, "small")], largest=0.2, label="")
    assert found is not None
    assert [(bar.up, bar.decided) for bar in found.bars] == [
        (fit_drawings.PROFILE_HEIGHT / 2, ""),
        (fit_drawings.PROFILE_HEIGHT, "small"),
    ]


def test_a_style_without_sizes_has_no_profile() -> None:
    assert draw_profile([], largest=0.2, label="") is None


def test_a_row_says_what_the_verdict_was_before_where_it_was_another(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    words = read_clickable(open_page(shops["filled"], page=PAGE, lang="ja"), "k_fit")
    assert words.count("前回（10月）は「証拠が足りない」") == 1
    assert "前回（11月" not in words  # the same verdict as now


@pytest.mark.parametrize("why", words_fit_changes.WHYS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_reason_of_a_change_has_its_numbers(
    write_and_use: Callable[[Rows], Path], why: str, language: str
) -> None:
    write_and_use(shop_rows.list_filled())
    voice = find_voice(find_language(language))
    told = fit_changes.write_change(voice, build_change(SMALL, why))
    assert ("10月" if language == "ja" else "October") in told
    if why.startswith(("more", "less", "deliveries")):
        assert "5.0%" in told
        assert "9.5%" in told  # 95 of 1,000
    if why in ("deliveries", "corrected"):
        assert "1,000" in told


def test_labels_that_cannot_be_read_stand_with_file_and_line(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    words = read_html(open_page(shops["filled"], page=PAGE, lang="ja"))
    assert "読めないサイズの札 2 品番" in words
    for part in ("ちび", "products-20241101.csv", "7 行目", "8 行目"):
        assert part in words
    assert "読めないサイズの札" not in read_html(open_page(shops["empty"], page=PAGE, lang="ja"))
