"""Before the return: enquiries by topic, notices, size advice, and who bought again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.dashboards import before_rows, shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import write_shop
from tests.dashboards.test_pages import read_html, read_table_rows, read_words

PAGE = "where_does_it_wait"
HEADINGS = {"ja": "返品の前に", "en": "Before the return"}


def open_rows(open_page: OpenPage, folder: Path, *, lang: str = "ja", **rows: Any) -> Any:
    shop = write_shop(folder, {**shop_rows.list_filled(), **rows})
    return open_page(shop, page=PAGE, lang=lang)


def read_section(app: Any, *, lang: str) -> str:
    """The words from the heading on."""
    words = read_words(app)
    return words[words.index(HEADINGS[lang]) :]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "ja",
            # Four weeks of 100 orders: 12 about the delivery, 4 about a size; before 24 and 12.
            [("配送", "3.0 12 件", "2.0", "+1.0"), ("サイズ", "1.0 4 件", "1.0", "0.0"),
             ("すべて", "4.0 16 件", "3.0", "+1.0")],
        ),
        (
            "en",
            [("Delivery", "3.0 12 asked", "2.0", "+1.0"),
             ("All", "4.0 16 asked", "3.0", "+1.0")],
        ),
    ],
)  # fmt: skip
def test_enquiries_of_four_weeks_stand_against_the_twelve_before(
    open_page: OpenPage, shops: dict[str, Path], language: str, told: list[tuple[str, ...]]
) -> None:
    rows = read_table_rows(open_page(shops["filled"], page=PAGE, lang=language))
    assert [row for row in told if row not in rows] == []


@pytest.mark.parametrize(
    ("language", "told", "caution"),
    [
        (
            "ja",
            [("配送の問い合わせ", "12.0 n 1,000", "8.5", "+3.5 +1.1〜+6.0"),
             ("持ち戻り", "0.8 n 1,000", "1.0", "−0.2 −0.9〜+0.6"),
             ("サイズの返品 別のサイズを買った", "12.0 n 1,000", "8.5", "+3.5 +1.1〜+6.0")],
            "関連であって、原因とは限りません",
        ),
        (
            "en",
            [("Asked about the delivery", "12.0 n 1,000", "8.5", "+3.5 +1.1 to +6.0")],
            "An association, not a cause",
        ),
    ],
)  # fmt: skip
def test_groups_stand_against_others_that_are_alike_as_an_association(
    open_page: OpenPage,
    shops: dict[str, Path],
    language: str,
    told: list[tuple[str, ...]],
    caution: str,
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang=language)
    rows = read_table_rows(app)
    assert [row for row in told if row not in rows] == []
    assert caution in read_section(app, lang=language)


def test_few_that_are_compared_have_no_figure(open_page: OpenPage, shops: dict[str, Path]) -> None:
    rows = read_table_rows(open_page(shops["filled"], page=PAGE, lang="ja"))
    assert ("サイズの返品 すすめなかった", "— n 4", "—", "—") in rows
    assert ("180 日", "6", "—", "—") in rows


@pytest.mark.parametrize(("language", "days"), [("ja", "90 日"), ("en", "90 days")])
def test_who_bought_again_after_a_bring_back_stands_beside_others(
    open_page: OpenPage, shops: dict[str, Path], language: str, days: str
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang=language)
    assert (days, "220", "40.0", "48.0") in read_table_rows(app)
    assert "999" not in read_section(app, lang=language)  # refunds are another question


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_not_recorded_is_named(open_page: OpenPage, tmp_path: Path, language: str) -> None:
    nothing = dict.fromkeys(before_rows.list_before(), ())
    app = open_rows(open_page, tmp_path, lang=language, **nothing)
    html = read_html(app)
    for name in ("contacts", "delivery_events", "notice_sent_at", "advised_size_label"):
        assert f"<code>{name}</code>" in html
    assert "0.0" not in read_section(app, lang=language)
