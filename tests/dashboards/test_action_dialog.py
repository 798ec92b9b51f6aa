"""The dialog in which an action is written: what it refuses, and what it puts into the inbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards import shop_rows
from tests.dashboards.serving_fixture import Rows


def show_the_form() -> None:
    from dashboards.lib import action_dialog, serving
    from dashboards.lib.frame import open_frame
    from dashboards.lib.language import find_language

    with serving.lease():
        frame = open_frame(language=find_language("ja"), pages={})
        action_dialog.show_button(frame)
        action_dialog.show_form(frame)


@pytest.fixture
def shop(write_and_use: Callable[[Rows], Path]) -> Path:
    return write_and_use(shop_rows.list_filled())


def save(*, style: str, text: str, since: str) -> AppTest:
    app = AppTest.from_function(show_the_form, default_timeout=60).run()
    app.text_input(key="k_action_style").set_value(style)
    app.text_input(key="k_action_text").set_value(text)
    app.text_input(key="k_action_since").set_value(since)
    app.button(key="k_action_save").click().run()
    assert not app.exception
    return app


def read_words(app: AppTest) -> str:
    return " ".join(str(block.value) for block in app.markdown)


@pytest.mark.parametrize(
    ("style", "text", "since", "fault"),
    [
        ("nowhere", "木型を直した", "2024-11-20", "「nowhere」という型はありません"),
        ("7712", "  ", "2024-11-20", "なにをしたかを書いてください"),
        ("7712", "木型を直した", "20 Nov", "日付として読めません"),
    ],
)
def test_what_is_no_action_is_not_written(
    shop: Path, style: str, text: str, since: str, fault: str
) -> None:
    assert fault in read_words(save(style=style, text=text, since=since))
    assert list((shop / "inbox").glob("*")) == []


def test_saving_writes_one_file_and_says_when_it_shows(shop: Path) -> None:
    app = save(style=" 7712 ", text="木型を直した", since="2024-11-20")
    (path,) = (shop / "inbox").iterdir()
    row = path.read_text(encoding="utf-8").splitlines()[1].split(",")
    assert row[1:2] + row[3:] == ["7712", "", "木型を直した", "open", "2024-11-20"]
    assert path.name in read_words(app)
    assert "次の更新のあと、表に出ます" in read_words(app)


def test_an_inbox_that_cannot_be_written_is_said(shop: Path) -> None:
    inbox = shop / "inbox"
    if inbox.is_dir():
        inbox.rmdir()
    inbox.write_text("a file", encoding="utf-8")
    app = save(style="7712", text="木型を直した", since="2024-11-20")
    assert "保存できませんでした" in read_words(app)
