"""The desk: what a page writes, a run lands."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from dashboards.lib import desk
from dashboards.lib.desk import Action, Note
from tests.orchestration.small_shops import land, make_small_shop, read_rows, read_states

MOMENT = datetime(2026, 11, 3, 1, 2, 3, 456_789, tzinfo=UTC)
NOTE = Note("0042", None, owner="森 かえる", state="working", text="木型を見る")


@pytest.fixture
def shop(tmp_path: Path, use_shop: Callable[[Path], None]) -> Path:
    made = make_small_shop(tmp_path / "shop")
    use_shop(made)
    return made


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_note_is_one_whole_file_in_the_inbox(shop: Path) -> None:
    path = desk.write_note(NOTE, noted_at=MOMENT)
    assert path == shop / "inbox" / "worklist_notes-20261103T010203456789Z.csv"
    assert path.read_bytes().endswith(b"\n")
    assert list((shop / "inbox").iterdir()) == [path]  # no part is left
    assert read_csv(path) == [
        {
            "style_id": "0042",
            "sku": "*",
            "noted_at": "2026-11-03T01:02:03.456789Z",
            "owner": "森 かえる",
            "state": "working",
            "note": "木型を見る",
        }
    ]


def test_the_moment_is_written_in_utc(shop: Path) -> None:
    assert shop.is_dir()
    tokyo = timezone(timedelta(hours=9))
    path = desk.write_note(NOTE, noted_at=MOMENT.astimezone(tokyo))
    assert read_csv(path)[0]["noted_at"] == "2026-11-03T01:02:03.456789Z"


@pytest.mark.parametrize("text", ['a "quoted", comma', "two\nlines", "=1+1", "", "  blanks  "])
def test_any_text_stays_one_row_of_six_columns(shop: Path, text: str) -> None:
    assert shop.is_dir()
    rows = read_csv(desk.write_note(Note("1", "1-M", "", "open", text), noted_at=MOMENT))
    assert len(rows) == 1
    assert tuple(rows[0]) == desk.COLUMNS
    assert rows[0]["sku"] == "1-M"
    assert rows[0]["note"] == " ".join(text.split())


def test_an_inbox_that_cannot_be_written_raises(shop: Path) -> None:
    (shop / "inbox").rmdir()
    (shop / "inbox").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="inbox"):
        desk.write_note(NOTE, noted_at=MOMENT)


def test_what_the_desk_writes_a_run_lands(shop: Path) -> None:
    first = desk.write_note(NOTE, noted_at=MOMENT)
    second = desk.write_note(
        Note("0042", "0042-M", owner="Abe", state="done", text="="),
        noted_at=MOMENT + timedelta(seconds=1),
    )
    for path in (first, second):
        _make_old(path)
    land(shop)
    assert read_states(shop) == {first.name: "loaded", second.name: "loaded"}
    rows = read_rows(
        shop,
        "select style_id, sku, owner, state, note from landing.worklist_notes order by noted_at",
    )
    assert rows == [
        ("0042", "*", "森 かえる", "working", "木型を見る"),
        ("0042", "0042-M", "Abe", "done", "="),
    ]


def _make_old(path: Path) -> None:
    """Let a file look as if it had lain in the inbox for a minute: younger ones wait."""
    import os

    moment = path.stat().st_mtime - 60
    os.utime(path, (moment, moment))


def test_an_action_is_landed_by_the_next_run(shop: Path) -> None:
    action = Action(
        "0042", text="サイズ表を\n直した", finding="小さい", effective_from=date(2026, 10, 5)
    )
    path = desk.write_action(action, opened_on=date(2026, 11, 3), noted_at=MOMENT)
    assert path == shop / "inbox" / "product_actions-20261103T010203456789Z.csv"
    _make_old(path)
    land(shop)
    assert read_states(shop) == {path.name: "loaded"}
    landed = "select style_id, action, effective_from::varchar from landing.product_actions"
    assert read_rows(shop, landed) == [("0042", "サイズ表を 直した", "2026-10-05")]
    assert read_csv(path) == [
        {
            "action_id": "written-20261103T010203456789Z",
            "style_id": "0042",
            "opened_on": "2026-11-03",
            "finding": "小さい",
            "action": "サイズ表を 直した",
            "status": "open",
            "effective_from": "2026-10-05",
        }
    ]
