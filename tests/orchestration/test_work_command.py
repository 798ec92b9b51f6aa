"""``kaeru work`` writes what to open first, where it is wanted, or says why it cannot."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dashboards.lib import serving
from dashboards.lib.work_file import COLUMNS
from orchestration.cli import app
from tests.dashboards import shop_rows
from tests.dashboards.serving_fixture import write_shop
from tests.dashboards.waiting_rows import build_waiting
from tests.orchestration.small_shops import make_small_shop

ORDER = ["R-1", "R-2", "R-3", "R-4", "R-5"]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return put_shop(tmp_path, shop_rows.list_filled())


def put_shop(folder: Path, rows: dict[str, list[dict[str, object]]]) -> Path:
    written = write_shop(folder / "shop", rows)
    settings = make_small_shop(folder / "made") / "kaeru.toml"
    (written / "kaeru.toml").write_bytes(settings.read_bytes())
    return written


@pytest.fixture(autouse=True)
def close_files() -> None:
    serving.close()


def work(*arguments: str, shop: Path) -> Result:
    return CliRunner().invoke(app, ["work", *arguments, "--shop", str(shop)])


def test_csv_goes_to_stdout_with_what_to_open_first_at_the_top(shop: Path) -> None:
    done = work(shop=shop)
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["return_line_id"] for row in rows] == ORDER
    assert rows[0]["next_step"] == "返金する。"


def test_json_speaks_the_language_that_is_asked_for(shop: Path) -> None:
    done = work("--format", "json", "--language", "en", shop=shop)
    rows = json.loads(done.stdout)
    assert [row["return_line_id"] for row in rows] == ORDER
    assert rows[0]["next_step"] == "Refund."
    assert rows[4]["style_name"] is None
    assert rows[0]["received_at"] == "2024-11-20T23:00+09:00"


def test_a_file_is_written_whole_and_stdout_stays_empty(shop: Path, tmp_path: Path) -> None:
    out = tmp_path / "work.csv"
    done = work("--out", str(out), "--language", "en", shop=shop)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "(5 rows)" in done.stderr
    assert out.read_bytes().startswith(b"\xef\xbb\xbfopen_first_number,")
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_text_that_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path) -> None:
    queue = [build_waiting(1, "refund", 30, style_name="=1+1")]
    shop = put_shop(tmp_path, {**shop_rows.list_filled(), "rpt_grading_queue": queue})
    assert "'=1+1" in work(shop=shop).stdout


def test_nothing_that_waits_is_said(tmp_path: Path) -> None:
    shop = put_shop(tmp_path, {**shop_rows.list_filled(), "rpt_grading_queue": []})
    done = work("--language", "en", shop=shop)
    assert done.exit_code == 0
    assert done.stdout.startswith("open_first_number,")
    assert "Nothing waits." in done.stderr


def test_another_format_is_refused(shop: Path) -> None:
    done = work("--format", "xlsx", "--language", "en", shop=shop)
    assert done.exit_code == 2
    assert "csv, json" in done.stderr


def test_without_a_published_version_it_says_so(tmp_path: Path) -> None:
    done = work(shop=make_small_shop(tmp_path / "new"))
    assert done.exit_code == 1
    assert done.stdout == ""
