"""The form of a note: what is written there becomes a file, and the page says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.lib import worklist_notes
from dashboards.lib.language import find_language
from tests.dashboards import shop_rows
from tests.dashboards.serving_fixture import Rows


def show_the_form() -> None:
    """Run the form of the first row of the list, as the dialog does."""
    from datetime import date

    import streamlit as st

    from dashboards.lib import serving, worklist, worklist_notes
    from dashboards.lib.frame import Frame
    from dashboards.lib.language import find_language
    from dashboards.lib.records import list_records
    from dashboards.lib.shop import read_shop

    with serving.lease():
        frame = Frame(
            language=find_language("ja"),
            shop=read_shop(),
            publication=serving.read_publication(),
            today=date(2024, 11, 25),
            pages={},
            head=st.container(),
        )
        row = list_records(worklist.read_whole_rows(worklist.read_rows("style"), grain="style"))[0]
        worklist_notes.show_saved(frame)
        worklist_notes.show_form(frame, row, name="ローファー 7712")


@pytest.fixture
def shop(write_and_use: Callable[[Rows], Path]) -> Path:
    return write_and_use(shop_rows.list_filled())


def test_the_form_begins_with_what_is_known(shop: Path) -> None:
    assert shop.is_dir()
    app = AppTest.from_function(show_the_form, default_timeout=60).run()
    assert app.text_input(key="k_note_owner").value == "森"
    assert app.selectbox(key="k_note_state").value == "working"
    assert app.text_area(key="k_note_text").value == "木型を見る"


def test_saving_writes_one_file_and_says_when_it_shows(shop: Path) -> None:
    app = AppTest.from_function(show_the_form, default_timeout=60).run()
    app.text_input(key="k_note_owner").set_value("Abe")
    app.selectbox(key="k_note_state").set_value("done")
    app.text_area(key="k_note_text").set_value("直した")
    app.button(key="k_note_save").click().run()
    assert not app.exception
    (path,) = (shop / "inbox").iterdir()
    row = path.read_text(encoding="utf-8").splitlines()[1].split(",")
    assert row[:2] + row[3:] == ["7712", "*", "Abe", "done", "直した"]
    said = " ".join(str(block.value) for block in app.markdown)
    assert path.name in said
    assert "次の更新のあと、表に出ます" in said


def test_an_inbox_that_cannot_be_written_is_said(shop: Path) -> None:
    (shop / "inbox").write_text("a file", encoding="utf-8")
    app = AppTest.from_function(show_the_form, default_timeout=60).run()
    app.button(key="k_note_save").click().run()
    assert not app.exception
    assert any("保存できませんでした" in str(block.value) for block in app.markdown)


@pytest.mark.parametrize(
    ("owner", "state", "text", "written"),
    [
        (None, None, None, ""),
        ("森", None, None, "森"),
        (None, "waiting", "あ" * 30, f"待ち · {'あ' * 24}…"),
    ],
)
def test_a_note_is_one_line(
    owner: str | None, state: str | None, text: str | None, written: str
) -> None:
    row = {"owner": owner, "state": state, "note_text": text}
    assert worklist_notes.describe_note(row, language=find_language("ja")) == written
