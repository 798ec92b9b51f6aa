"""What was offered before the money?: steps, what it kept, the lift, and what can be offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.dashboards import offer_rows, shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import write_shop
from tests.dashboards.test_pages import read_html, read_words

PAGE = "was_it_decided_without_us"


def open_rows(open_page: OpenPage, folder: Path, *, lang: str = "ja", **rows: Any) -> Any:
    shop = write_shop(folder, {**shop_rows.list_filled(), **rows})
    return open_page(shop, page=PAGE, lang=lang)


def read_section(app: Any, *, heading: str) -> str:
    """The words from a heading on."""
    words = read_words(app)
    return words[words.index(heading) :]


@pytest.mark.parametrize(
    ("language", "heading", "told"),
    [
        (
            "ja",
            "お金の前に、交換をすすめた？",
            # 60 settled exchanges of both months saved 150,000 yen; the running month is left out.
            ["交換 1 件で 2,500円 残った", "在庫が分からない 20 件は別", "うち 80 件で交換に",
             "返品期間中 28 件 · 戻った 10 件 · 追えない 2 件", "+6.0", "元が取れない",
             "まだ分からない", "3,000円〜6,000円", "1万円 以上"],
        ),
        (
            "en",
            "What was offered before the money?",
            ["One exchange kept ¥2,500", "stock unknown: 20, apart", "80 of them led",
             "in the return window 28 · came back 10 · not traced 2", "never pays",
             "not known yet", "¥3,000 to ¥6,000", " and more"],
        ),
    ],
)  # fmt: skip
def test_steps_and_savings_are_those_of_the_whole_months(
    open_page: OpenPage, shops: dict[str, Path], language: str, heading: str, told: list[str]
) -> None:
    section = read_section(open_page(shops["filled"], page=PAGE, lang=language), heading=heading)
    assert [words for words in told if words not in section] == []
    # 300 of 400 had an alternative, 200 were offered one, 100 began, 50 were kept.
    assert [share for share in ("75.0", "50.0", "25.0", "12.5") if share not in section] == []


@pytest.mark.parametrize(
    ("language", "lift"),
    [
        ("ja", "すすめなかった 100 件とくらべて、交換は +10.0 ポイント"),
        ("en", "Against 100 requests that were shown no offer"),
    ],
)
def test_a_control_group_says_what_offers_brought(
    open_page: OpenPage, shops: dict[str, Path], language: str, lift: str
) -> None:
    app = open_page(shops["filled"], page=PAGE, lang=language)
    assert lift in read_words(app)
    assert "<code>is_holdout</code>" not in read_html(app)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_without_a_control_group_nothing_is_claimed_and_the_column_is_named(
    open_page: OpenPage, shops: dict[str, Path], language: str
) -> None:
    found = read_html(open_page(shops["tiny"], page=PAGE, lang=language))
    for name in ("is_holdout", "exchange_offered_at", "offered_sku", "inventory_snapshots"):
        assert f"<code>{name}</code>" in found
    assert "k-hatched" in found


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("ja", "いますすめられる交換が 3 件ある"),
        ("en", "An exchange can be offered on 3 requests now"),
    ],
)
def test_open_requests_stand_with_what_they_keep(
    open_page: OpenPage, shops: dict[str, Path], language: str, heading: str
) -> None:
    section = read_section(open_page(shops["filled"], page=PAGE, lang=language), heading=heading)
    rows = [section.index(key) for key in ("R1", "R2", "R3")]
    assert rows == sorted(rows)  # expected, then if it is taken, then unknown
    assert "R4" not in section
    assert "2,500" in section
    assert {"ja": "受けられたら", "en": "if taken"}[language] in section


def test_more_than_ten_are_said_to_be_in_the_export(open_page: OpenPage, tmp_path: Path) -> None:
    many = [offer_rows.build_request(f"Q{number:02d}") for number in range(13)]
    words = read_words(open_rows(open_page, tmp_path, rpt_open_requests=many))
    assert "ほかに 3 件あります" in words
    assert "Q09" in words
    assert "Q10" not in words


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_suitable_is_a_counted_nothing(
    open_page: OpenPage, tmp_path: Path, language: str
) -> None:
    one = offer_rows.build_request("R4", **offer_rows.CREDIT)
    words = read_words(open_rows(open_page, tmp_path, lang=language, rpt_open_requests=[one]))
    assert {"ja": "いますすめられる交換はない", "en": "No exchange can be offered"}[
        language
    ] in words
    assert {"ja": "在庫のある代わりの商品", "en": "No suitable variant"}[language] in words


def test_without_open_requests_nothing_is_missing(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_rows(open_page, tmp_path, rpt_open_requests=[])
    assert "まだ片づいていない申し込みはありません。" in read_words(app)
    assert "<code>inventory_snapshots</code>" not in read_html(app)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_few_requests_have_no_share(
    open_page: OpenPage, shops: dict[str, Path], language: str
) -> None:
    found = read_html(open_page(shops["tiny"], page=PAGE, lang=language))
    steps = found.split("<table")[3]
    assert {"ja": "交換が始まった", "en": "Exchange begun"}[language] in steps
    assert ">25<" not in steps


@pytest.mark.parametrize("language", ["ja", "en"])
def test_without_requests_the_section_is_not_there(
    open_page: OpenPage, shops: dict[str, Path], language: str
) -> None:
    words = read_words(open_page(shops["empty"], page=PAGE, lang=language))
    heading = {"ja": "交換をすすめた", "en": "What was offered before"}[language]
    assert heading not in words


def test_exchanges_that_lose_money_are_said_to(open_page: OpenPage, tmp_path: Path) -> None:
    lost = [row | {"net_saving_amount": -60_000} for row in offer_rows.FUNNEL]
    words = read_words(open_rows(open_page, tmp_path, rpt_exchange_funnel=lost))
    assert "交換 1 件で 2,000円 失った" in words
