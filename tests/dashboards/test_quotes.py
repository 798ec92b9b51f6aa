"""Customers' words: cut at the words that decided, escaped, and never more than was stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboards.lib import markup
from dashboards.lib.quotes import LONGEST, build_quote, choose_quotes, cut_text
from dashboards.lib.reason_drawings import Piece, QuoteCard
from tests.dashboards import reason_rows, shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import read_html, read_words

WriteAndUse = Callable[[Rows], Path]
ROWS = pd.DataFrame([reason_rows.build_quote(*quote) for quote in reason_rows.QUOTES])
SPANS = st.lists(
    st.tuples(
        st.sampled_from(["first", "second", "danger"]),
        st.tuples(st.integers(0, 400), st.integers(0, 400)),
    ),
    max_size=6,
)


@given(text=st.text(max_size=LONGEST), spans=SPANS)
def test_pieces_are_the_text(text: str, spans: list[tuple[str, tuple[int, int]]]) -> None:
    assert "".join(piece.text for piece in cut_text(text, spans=spans)) == text


@example(text="0" * (LONGEST + 1), spans=[("first", (0, 0)), ("first", (LONGEST, LONGEST + 1))])
@given(text=st.text(min_size=LONGEST + 1, max_size=400), spans=SPANS)
def test_a_long_text_is_cut_around_what_decided(
    text: str, spans: list[tuple[str, tuple[int, int]]]
) -> None:
    pieces = cut_text(text, spans=spans)
    shown = "".join(piece.text for piece in pieces)
    assert len(shown) <= LONGEST + 2
    assert pieces[0] == Piece("…") or pieces[-1] == Piece("…")
    starts = [start for _, (start, end) in spans if start < min(end, len(text))]
    if starts:
        assert any(piece.kind for piece in pieces)


def test_the_first_claim_on_a_word_stands() -> None:
    spans = [("first", (0, 4)), ("second", (2, 6))]
    assert cut_text("甲がきつい", spans=spans) == (
        Piece("甲がきつ", "first"),
        Piece("い", "second"),
    )


def test_what_was_hidden_is_a_piece_of_its_own() -> None:
    assert cut_text("[name][phone]へ", spans=[("first", (0, 14))]) == (
        Piece("[name]", "masked"),
        Piece("[phone]", "masked"),
        Piece("へ", "first"),
    )


def test_those_a_person_must_see_come_first_and_no_text_twice() -> None:
    quotes = choose_quotes(ROWS, reasons=["LOOK.COLOR", "FIT.SMALL", "NONE"], most=9)
    assert [quote.codes[0][0] if quote.codes else "" for quote in quotes] == [
        "QUAL.DEFECT", "LOOK.COLOR", "", "FIT.SMALL",
    ]  # fmt: skip
    assert [quote.is_escalated for quote in quotes] == [True, False, False, False]


def test_a_second_reason_is_marked_in_its_own_way() -> None:
    row = reason_rows.build_quote(*reason_rows.QUOTES[0])
    quote = build_quote(row, rows=ROWS)
    assert quote.codes == (("FIT.SMALL", 0.84), ("LOOK.COLOR", 0.61))
    assert [(piece.text, piece.kind) for piece in quote.pieces] == [
        ("甲がきつく", "first"), ("、", ""), ("色も写真と違いま", "second"), ("す。", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '" onmouseover="x', "**太字** :material/home: $x$"]
)
def test_words_are_data(text: str) -> None:
    card = QuoteCard((Piece(text[:3], "first"), Piece(text[3:])), about=text, tag="")
    html = markup.render("quotes.html", quotes=[card], name="n")
    assert "<script" not in html
    assert '" onmouseover' not in html
    assert "\n" not in html


def test_blanks_at_the_edge_of_a_piece_stay() -> None:
    card = QuoteCard(
        (Piece("too "), Piece("tight", "first"), Piece(" \u202eat\nthe toe")), about=""
    )
    html = markup.render("quotes.html", quotes=[card], name="n")
    assert 'too <mark class="k-first">tight</mark> at the toe' in html


def test_the_style_page_shows_words_and_what_they_say(
    open_page: OpenPage, shops: dict[str, Path]
) -> None:
    app = open_page(shops["filled"], page="one_style", lang="ja", style="7712")
    words, html = read_words(app), read_html(app)
    assert "お客さまの言葉、おもな理由から" in words
    assert '<mark class="k-first">甲がきつく</mark>' in html
    assert '<mark class="k-second">色も写真と違いま</mark>' in html
    assert '<mark class="k-danger">指を切りまし</mark>' in html
    assert '<mark class="k-masked">伏せた電話番号</mark>' in html
    assert "[phone]" not in html
    assert "小さい・きつい（甲） 0.84 · 色が違う・色味 0.61" in words
    assert "同じ言葉 3 件" in words
    assert "人が読む" in words
    assert "読めません。割合では「読めない」に入れています" in words
    assert "、言葉では 80%" in html  # 24 of 30 of the cohort


def test_a_style_whose_texts_alone_say_why_shows_them(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    weeks = [
        row
        for row in shop_rows.list_filled()["rpt_style_reason_weeks"]
        if row["reason_source_code"] == "classified"
    ]
    rows = {**shop_rows.list_filled(), "rpt_style_reason_weeks": weeks}
    app = open_page(write_and_use(rows), page="one_style", lang="ja", style="7712")
    words = read_words(app)
    assert "お客さまの言葉から、いちばん確かに読めた理由です" in words
    assert "理由の 83% が「小さい・きつい」" in words  # 25 of 30 texts


def test_a_style_without_words_says_that_others_have_some(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    elsewhere = [
        {**row, "style_id": "3021"} for row in shop_rows.list_filled()["rpt_reason_quotes"]
    ]
    shop = write_and_use({**shop_rows.list_filled(), "rpt_reason_quotes": elsewhere})
    app = open_page(shop, page="one_style", lang="en", style="7712")
    assert "No text was read among these" in read_words(app)


def test_a_shop_without_texts_names_the_column(
    open_page: OpenPage, write_and_use: WriteAndUse
) -> None:
    rows = {**shop_rows.list_filled(), "rpt_reason_quotes": []}
    app = open_page(write_and_use(rows), page="one_style", lang="en", style="7712")
    assert "No text has been read yet" in read_words(app)
    assert "<code>reason_text</code>" in read_html(app)
