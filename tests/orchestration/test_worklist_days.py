"""What stood on the worklist is kept by its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.store import open_store
from orchestration.worklist_days import LONGEST, keep_worklist
from tests.orchestration.small_shops import make_small_shop

COLUMNS = (
    "level_code varchar, style_id varchar, sku varchar, excess_count bigint, excess_amount bigint,"
    " is_alarm boolean, is_rankable boolean, as_of_date date"
)
DAY = date(2026, 10, 31)


def publish_rows(path: Path, rows: list[tuple[object, ...]]) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.rpt_worklist (" + COLUMNS + ")")
        for row in rows:
            connection.execute("insert into marts.rpt_worklist values (?,?,?,?,?,?,?,?)", row)
    return path


def read_kept(shop: Path) -> list[tuple[object, ...]]:
    with open_store(shop, read_only=True) as store:
        return store.execute("select * from landing.worklist_days order by all").fetchall()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    made = make_small_shop(tmp_path / "shop")
    with open_store(made):
        return made


def test_alarms_and_rows_above_expectation_are_kept(shop: Path, tmp_path: Path) -> None:
    rows = [
        ("style", "above", None, 5, 500, False, True, DAY),
        ("style", "below", None, -5, -500, False, True, DAY),
        ("style", "too_early", None, 5, 500, False, False, DAY),
        ("sku", "alarm", "A", 0, 0, True, True, DAY),
    ]
    kept = keep_worklist(shop, published=publish_rows(tmp_path / "one.duckdb", rows))
    assert kept == 2
    assert read_kept(shop) == [
        ("sku", "alarm", "A", 0, 0, True, DAY),
        ("style", "above", None, 5, 500, False, DAY),
    ]


def test_a_second_run_of_a_day_replaces_the_first(shop: Path, tmp_path: Path) -> None:
    first = [("style", "gone", None, 5, 500, False, True, DAY)]
    second = [("style", "new", None, 5, 500, False, True, DAY)]
    keep_worklist(shop, published=publish_rows(tmp_path / "one.duckdb", first))
    keep_worklist(shop, published=publish_rows(tmp_path / "two.duckdb", second))
    assert [row[1] for row in read_kept(shop)] == ["new"]


def test_a_long_list_is_cut_by_yen_and_keeps_every_alarm(shop: Path, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("sku", "S", f"{n:04d}", 1, n + 1, False, True, DAY) for n in range(LONGEST + 10)
    ]
    rows.append(("sku", "S", "alarm", 1, 0, True, True, DAY))
    kept = keep_worklist(shop, published=publish_rows(tmp_path / "one.duckdb", rows))
    skus = {row[2] for row in read_kept(shop)}
    assert kept == LONGEST + 1
    assert "alarm" in skus
    assert "0009" not in skus
    assert "0010" in skus


def test_an_empty_list_keeps_nothing(shop: Path, tmp_path: Path) -> None:
    assert keep_worklist(shop, published=publish_rows(tmp_path / "one.duckdb", [])) == 0
