"""The synthetic shop through the commands, as its user sees it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from benchmarks.building import build_by_hand, compare_marts, prepare_build
from benchmarks.built_shops import ShopKey
from benchmarks.proof_development import compare_with_job
from benchmarks.proof_shops import load_shop
from orchestration.demo.flaws import FLAWS
from tests.end_to_end.conftest import Shop

pytestmark = [pytest.mark.dbt]
LINES = 2000


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop(tmp_path_factory.mktemp("demo") / "shop")
    shop.call("demo", str(shop.folder), "--lines", str(LINES), "--seed", "11", with_shop=False)
    return shop


@pytest.fixture(scope="module")
def first_run(shop: Shop) -> dict:
    return shop.call_json("run", "--json")


def test_run_answers_with_files_and_version(shop: Shop, first_run: dict) -> None:
    assert first_run["run"]["exit"] == 0
    assert first_run["tests"]["failed"] == 0
    assert first_run["tests"]["passed"] > 100
    assert {file["state"] for file in first_run["files"]} <= {"loaded", "loaded_with_quarantine"}
    pointer = json.loads((shop.folder / "data/serving/current.json").read_text("utf-8"))
    assert first_run["published"]["version"] == pointer["version"] == first_run["run"]["id"]
    assert first_run["published"]["as_of"] == "2026-10-31"


def test_every_row_is_loaded_or_held_back(shop: Shop, first_run: dict) -> None:
    status = shop.call_json("status", "--json")
    assert status["published"] == first_run["published"]
    for file in status["files"]:
        kept = file["rows_loaded"] + file["rows_quarantined"] + file["rows_erased"]
        assert file["rows_in"] == kept, file
    held_back = shop.call_json("quarantine", "--format", "json")
    assert {(row["column"], row["value"]) for row in held_back} == {
        (column, value) for _, column, value, _ in FLAWS
    }
    assert sum(file["rows_quarantined"] for file in status["files"]) == len(FLAWS)


def test_the_proof_sees_what_the_job_publishes(shop: Shop, first_run: dict, tmp_path: Path) -> None:
    assert first_run["run"]["exit"] == 0
    built = load_shop(tmp_path, ShopKey("flat", 11, LINES))
    assert compare_with_job(shop.folder, built).startswith("flat, seed 11")


def test_lines_and_returns_equal_the_files(shop: Shop, first_run: dict) -> None:
    assert first_run["run"]["exit"] == 0
    lines = shop.read_mart("fct_order_lines")
    assert (~lines["is_exchange_leg"]).sum() == LINES
    truth = pd.concat(
        pd.read_parquet(path) for path in sorted((shop.folder / "truth").glob("returns-*"))
    )
    returned = lines.loc[lines["returned_count"] > 0, "order_line_id"]
    assert set(returned) <= set(truth["order_line_id"])


def test_marts_equal_a_script_by_hand(shop: Shop, first_run: dict, tmp_path: Path) -> None:
    """The same marts from a script tuned by hand agree in every column (DECISIONS 16)."""
    copy = prepare_build(shop.folder, folder=tmp_path)
    build_by_hand(copy)
    published = shop.folder / "data" / "serving" / first_run["published"]["file"]
    compare_marts(published, copy / "data" / "build" / "serving.duckdb")


def test_nothing_new_changes_nothing(shop: Shop, first_run: dict) -> None:
    again = shop.call_json("run", "--json")
    assert again["published"] == first_run["published"]


def test_query_sums_by_a_column(shop: Shop, first_run: dict) -> None:
    assert first_run["run"]["exit"] == 0
    rows = shop.call_json("query", "rpt_style_returns", "--by", "category_name", "--format", "json")
    mart = shop.read_mart("rpt_style_returns")
    expected = mart.groupby("category_name")["returned_count"].sum().to_dict()
    assert {row["category_name"]: row["returned_count"] for row in rows} == expected


def test_the_published_file_stands_alone(shop: Shop, first_run: dict, tmp_path: Path) -> None:
    copy = tmp_path / "alone.duckdb"
    shutil.copy(shop.folder / "data" / "serving" / first_run["published"]["file"], copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        views = connection.execute("select count(*) from duckdb_views() where not internal")
        assert views.fetchone() == (0,)
        silent = connection.execute(
            "select table_name from duckdb_tables() where comment is null"
        ).fetchall()
        assert silent == []


def test_no_personal_data_enters_the_store(shop: Shop, first_run: dict) -> None:
    """The notes of the demo hold invented phones and mails: none of their bytes is kept."""
    assert first_run["run"]["exit"] == 0
    inbox = b"".join(path.read_bytes() for path in (shop.folder / "inbox").glob("*.csv"))
    assert b"kaeru.test@example.com" in inbox or b"090-0000-1234" in inbox
    for path in (shop.folder / "data").rglob("*.duckdb"):
        data = path.read_bytes()
        for word in (b"kaeru.test@example.com", b"090-0000-1234", b"C0000001"):
            assert word not in data, (path.name, word)
