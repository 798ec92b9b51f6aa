"""The review: one text at a time, by keys, and every answer a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.lib import review_desk
from dashboards.lib.review_desk import Agreed, Asked, DeskError, Done, People
from models_ml.reasons.labels import Label, hash_text
from orchestration.reason_labels import read_labels
from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import find_answer, read_html, read_words

WriteAndUse = Callable[[Rows], Path]
PAGE = "how_should_this_be_read"
FIRST = "甲がきつく、色も写真と違います。"  # quoted by the fixture: of which style is known
SECOND = "金具で指を切りました。"


def build_asked(text: str, why: str, **facts: object) -> Asked:
    asked = Asked(
        text_hash=hash_text(text),
        text=text,
        model_version="m1",
        why=why,
        was_random=why == "random",
        codes=(("FIT.SMALL", 0.71), ("LOOK.COLOR", 0.42)),
        spans=(("FIT.SMALL", (0, 5)), ("LOOK.COLOR", (6, 14))),
        direction="small",
        zones=("instep",),
        amount=140_000,
    )
    return replace(asked, **facts)  # type: ignore[arg-type]


QUEUE = [
    build_asked(FIRST, "uncertain"),
    build_asked(
        SECOND,
        "escalated",
        codes=(("QUAL.DEFECT", 0.3),),
        spans=(("", (3, 9)),),
        direction="",
        zones=(),
    ),
]

PEOPLE = People(Agreed(0.66, 0.61, 0.71, 214), Agreed(0.69, 0.66, 0.72, 640))


@pytest.fixture
def shop(write_and_use: WriteAndUse, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Serve a shop whose queue holds two texts and whose people were compared."""
    monkeypatch.setattr(review_desk, "ask_queue", lambda _: list(QUEUE))
    monkeypatch.setattr(review_desk, "ask_people", lambda: PEOPLE)
    return write_and_use(shop_rows.list_filled())


def list_said(shop: Path) -> list[Label]:
    return sorted(read_labels(shop), key=lambda label: label.text != FIRST)


def test_one_text_is_shown_with_why_and_what_was_read(open_page: OpenPage, shop: Path) -> None:
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    assert not app.exception
    assert find_answer(app) == "読む言葉は今日 2 件、0 件すみました。"
    words, html = read_words(app), read_html(app)
    assert "迷い × 円 1 / 2 · ローファー 7712 · 25.0" in words
    assert (
        '<mark class="k-first">甲がきつく</mark>、<mark class="k-second">色も写真と違いま' in html
    )
    assert (
        "機械は「色が違う・色味」（0.42）と「小さい・きつい」（0.71）で迷い、"
        "この言葉の返品には 14万円 がかかっています。" in words
    )
    assert "0 / 1" in words
    assert "人どうしも 34.0% は食いちがう" in words
    assert "人と人" in words
    assert "0.66〜0.720.69" in words
    assert 'aria-label="機械と人の一致 0.69、95% 区間 0.66〜0.72、n 640"' in html


def test_enter_takes_what_was_read(open_page: OpenPage, shop: Path) -> None:
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    app.button(key="k_say_codes").click().run()
    (label,) = read_labels(shop)
    assert (label.verdict, label.codes) == ("codes", ("FIT.SMALL",))
    assert (label.direction, label.zone, label.annotator) == ("small", "instep", "mori")
    assert find_answer(app) == "読む言葉は今日 2 件、1 件すみました。"
    assert "かならず人が 2 / 2" in read_words(app)


def test_reasons_are_switched_and_added(open_page: OpenPage, shop: Path) -> None:
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    tag = hash_text(FIRST)[:12]
    app.button(key=f"k_code_{tag}_FIT.SMALL").click().run()
    app.button(key=f"k_code_{tag}_LOOK.COLOR").click().run()
    app.selectbox(key=f"k_more_{tag}").set_value("CUST.CHANGED_MIND").run()
    app.button(key="k_say_codes").click().run()
    assert not app.exception
    (label,) = read_labels(shop)
    assert label.codes == ("CUST.CHANGED_MIND", "LOOK.COLOR")


def test_the_direction_can_be_turned(open_page: OpenPage, shop: Path) -> None:
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    tag = hash_text(FIRST)[:12]
    app.button(key=f"k_way_{tag}_large").click().run()
    app.selectbox(key=f"k_zone_{tag}").set_value("toe").run()
    app.button(key="k_say_codes").click().run()
    (label,) = read_labels(shop)
    assert (label.direction, label.zone) == ("large", "toe")


@pytest.mark.parametrize("verdict", ["none", "cannot_tell"])
def test_no_reason_and_no_answer_are_answers(open_page: OpenPage, shop: Path, verdict: str) -> None:
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    app.button(key=f"k_say_{verdict}").click().run()
    (label,) = read_labels(shop)
    assert (label.verdict, label.codes, label.direction) == (verdict, (), "")


def test_nothing_is_kept_without_a_reason(open_page: OpenPage, shop: Path) -> None:
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    app.button(key=f"k_code_{hash_text(FIRST)[:12]}_FIT.SMALL").click().run()
    app.button(key="k_say_codes").click().run()
    assert read_labels(shop) == []
    assert "理由を 1 つ以上付けるか" in read_words(app)


def test_going_back_replaces_the_answer_and_the_end_is_said(
    open_page: OpenPage, shop: Path
) -> None:
    app = open_page(shop, page=PAGE, lang="en", reader="mori")
    app.button(key="k_say_codes").click().run()
    app.button(key="k_back").click().run()
    assert "1 / 2" in read_words(app)
    app.button(key="k_say_none").click().run()
    app.button(key="k_say_cannot_tell").click().run()
    assert find_answer(app) == "Nothing to read today."
    assert "This zero is a measured zero" in read_words(app)
    assert len(list((shop / "labels").iterdir())) == 3
    assert {label.text for label in list_said(shop)} == {FIRST, SECOND}


def test_labels_that_cannot_be_written_are_said(open_page: OpenPage, shop: Path) -> None:
    (shop / "labels").write_text("a file", encoding="utf-8")
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    app.button(key="k_say_codes").click().run()
    assert not app.exception
    assert "保存できませんでした" in read_words(app)
    assert "1 / 2" in read_words(app)


def test_the_pace_says_how_long_the_rest_takes(
    open_page: OpenPage, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_desk, "read_done", lambda *_, **__: Done(10, 45.0))
    app = open_page(shop, page=PAGE, lang="ja", reader="mori")
    assert find_answer(app) == "読む言葉は今日 12 件、10 件すみました。あと 2 分ほどで終わります。"
    assert "1 件 45 秒（この 4 週のまん中）" in read_words(app)


@pytest.mark.parametrize(
    ("reader", "words"), [("", "だれが読みますか"), ("森 かえる/", "この名前は使えません")]
)
def test_a_name_comes_first(open_page: OpenPage, shop: Path, reader: str, words: str) -> None:
    app = open_page(shop, page=PAGE, lang="ja", **({"reader": reader} if reader else {}))
    assert not app.exception
    assert words in read_words(app)
    assert not (shop / "labels").exists()


def test_a_queue_that_does_not_answer_is_said(
    open_page: OpenPage, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> list[Asked]:
        raise DeskError("更新の途中です")

    monkeypatch.setattr(review_desk, "ask_queue", fail)
    app: AppTest = open_page(shop, page=PAGE, lang="ja", reader="mori")
    assert not app.exception
    assert "コマンドの答え: 更新の途中です" in read_words(app)


def test_a_shop_without_texts_names_the_column(open_page: OpenPage, shops: dict[str, Path]) -> None:
    app = open_page(shops["tiny"], page=PAGE, lang="ja", reader="mori")
    assert "読んだ文はまだありません" in read_words(app)
    assert "<code>reason_text</code>" in read_html(app)
