"""What was said of the fit of styles is kept by its day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.fit_verdict_days import EVERY_DAY, keep_verdicts
from orchestration.store import open_store
from tests.orchestration.small_shops import make_small_shop

DAY = date(2026, 10, 31)
COLUMNS = (
    "style_id varchar, verdict_code varchar, diagnosis_code varchar, small_probability double,"
    " large_probability double, swap_probability double, delivered_count bigint,"
    " developed_exposure double, small_units double, large_units double"
)


def publish_verdicts(path: Path, verdicts: dict[str, str], *, day: date = DAY) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.rpt_fit_verdicts (" + COLUMNS + ")")
        for style, verdict in verdicts.items():
            row = [style, verdict, "none", 0.5, 0.1, 0.0, 100, 90.0, 8.5, 1.0]
            connection.execute(
                "insert into marts.rpt_fit_verdicts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row
            )
        connection.execute(
            "create table marts.rpt_shop as select 0.1::double as alarm_false_share, ?::date"
            " as as_of_date",
            [day],
        )
    return path


def read_kept(shop: Path) -> list[tuple[str, str, date]]:
    with open_store(shop, read_only=True) as store:
        return store.execute(
            "select style_id, verdict_code, as_of_date from landing.fit_verdict_days order by all"
        ).fetchall()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    made = make_small_shop(tmp_path / "shop")
    with open_store(made):
        return made


def test_every_style_is_kept_with_what_it_stood_on(shop: Path, tmp_path: Path) -> None:
    published = publish_verdicts(tmp_path / "one.duckdb", {"A": "runs_small", "B": "true_to_size"})
    assert keep_verdicts(shop, published=published) == 2
    assert read_kept(shop) == [("A", "runs_small", DAY), ("B", "true_to_size", DAY)]
    with open_store(shop, read_only=True) as store:
        kept = store.execute(
            "select small_units, developed_exposure, false_share from landing.fit_verdict_days"
        ).fetchone()
    assert kept == (8.5, 90.0, 0.1)


def test_a_second_run_of_a_day_replaces_the_first(shop: Path, tmp_path: Path) -> None:
    for name, verdict in (("one", "runs_small"), ("two", "true_to_size")):
        published = publish_verdicts(tmp_path / f"{name}.duckdb", {"A": verdict})
        keep_verdicts(shop, published=published)
    assert read_kept(shop) == [("A", "true_to_size", DAY)]


def test_of_an_old_month_the_last_day_stays(shop: Path, tmp_path: Path) -> None:
    old = [date(2026, 8, 3), date(2026, 8, 20), date(2026, 9, 5)]
    recent = [DAY - timedelta(days=EVERY_DAY), DAY - timedelta(days=1), DAY]
    for number, day in enumerate([*old, *recent]):
        path = publish_verdicts(tmp_path / f"{number}.duckdb", {"A": "runs_small"}, day=day)
        keep_verdicts(shop, published=path)
    assert [day for _, _, day in read_kept(shop)] == [date(2026, 8, 20), *recent]


def test_a_shop_without_verdicts_keeps_nothing(shop: Path, tmp_path: Path) -> None:
    assert keep_verdicts(shop, published=publish_verdicts(tmp_path / "one.duckdb", {})) == 0
