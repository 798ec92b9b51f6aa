"""The command line: exit codes, the shapes of its answers, and where words go."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from orchestration.cli import COMMANDS, app
from orchestration.commands.serve import build_streamlit_command, choose_port
from orchestration.folder import ShopFolder
from orchestration.landing.customers import hash_customer
from orchestration.locking import hold_lock
from orchestration.settings import load_settings
from orchestration.wording import KaeruError
from tests.orchestration.published_marts import publish_marts
from tests.orchestration.published_shops import build_ran_shop, run_program
from tests.orchestration.small_shops import KEY, ORDERS, deliver, land, make_small_shop

FILE_FIELDS = {
    *("name", "sha256", "source", "entity", "state", "message", "lines_skipped"),
    *("rows_in", "rows_loaded", "rows_quarantined", "rows_erased"),
}


def call(*arguments: str, shop: Path | None = None) -> Result:
    flags = ["--shop", str(shop)] if shop else []
    return CliRunner().invoke(app, [*arguments, *flags])


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop", language="en")
    deliver(shop, "orders.csv", f"{ORDERS}A3,customer-3,=someday,1\n")
    deliver(shop, "strange.csv", "x,y\n1,2\n")
    land(shop)
    publish_marts(shop)
    return shop


@pytest.mark.parametrize("name", [command.__name__ for command, _ in COMMANDS])
def test_every_command_explains_itself_and_takes_a_shop(name: str) -> None:
    done = call(name, "--help")
    assert done.exit_code == 0
    assert "--shop" in done.stdout
    assert "--language" in done.stdout


def test_init_makes_a_shop_from_flags_and_defaults(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    flags = ("--time-zone", "Europe/Berlin", "--currency", "EUR", "--language", "en")
    done = call("init", str(folder), *flags, "--return-window-days", "14", "--tax", "excluded")
    assert done.exit_code == 0, done.stderr
    found = load_settings(folder)
    assert (found.name, found.time_zone, found.currency) == ("new", "Europe/Berlin", "EUR")
    assert (found.return_window_days, found.tax, found.language) == (14, "excluded", "en")
    assert all(path.is_dir() for path in ShopFolder(folder).list_folders())
    assert str(folder) not in ShopFolder(folder).settings_file.read_text(encoding="utf-8")


def test_init_changes_no_shop_that_exists(shop: Path) -> None:
    before = ShopFolder(shop).secret_key.read_bytes()
    done = call("init", str(shop))
    assert done.exit_code == 2
    assert ShopFolder(shop).secret_key.read_bytes() == before


def test_init_refuses_a_value_and_makes_nothing(tmp_path: Path) -> None:
    done = call("init", str(tmp_path / "new"), "--currency", "yen")
    assert done.exit_code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--no-such-flag"),
        ("no-such-command",),
        ("run", "--as-of", "yesterday"),
        ("status", "--language", "fr"),
        ("query", "rpt_sku_returns", "--format", "xml"),
        ("query", "rpt_sku_returns", "--where", "sku"),
        ("query",),
        ("query", "no_such_mart"),
        ("restore", "."),
    ],
)
def test_wrong_use_ends_with_two(shop: Path, arguments: tuple[str, ...]) -> None:
    done = call(*arguments, shop=shop)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr


def test_a_folder_that_is_no_shop_ends_with_two(tmp_path: Path) -> None:
    assert call("status", shop=tmp_path).exit_code == 2


def test_status_has_the_agreed_shape(shop: Path) -> None:
    deliver(shop, "order_lines.csv", "half", age_seconds=0)
    done = call("status", "--json", shop=shop)
    assert done.exit_code == 0
    document: dict[str, Any] = json.loads(done.stdout)
    assert set(document) == {"files", "run", "published"}
    assert all(set(one) == FILE_FIELDS for one in document["files"])
    states = {one["name"]: one["state"] for one in document["files"]}
    assert states == {
        "orders.csv": "loaded_with_quarantine",
        "strange.csv": "refused",
        "order_lines.csv": "waiting",
    }
    assert set(document["published"]) == {"version", "file", "sha256", "as_of"}
    [refused] = [one for one in document["files"] if one["state"] == "refused"]
    assert "No mapping fits" in refused["message"]
    assert refused["rows_in"] == 0


def test_a_touched_file_does_not_wait(shop: Path) -> None:
    (shop / "inbox" / "orders.csv").touch()
    documents = json.loads(call("status", "--json", shop=shop).stdout)["files"]
    assert {one["name"]: one["state"] for one in documents} == {
        "orders.csv": "loaded_with_quarantine",
        "strange.csv": "refused",
    }


def test_status_of_a_fresh_shop_is_empty(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    assert json.loads(call("status", "--json", shop=shop).stdout) == {
        "files": [],
        "run": None,
        "published": None,
    }
    assert "inbox" in call("status", shop=shop).stdout


def test_words_follow_the_language(shop: Path) -> None:
    assert "Published: version v1" in call("status", shop=shop).stdout
    assert "公開中" in call("status", "--language", "ja", shop=shop).stdout


def test_quarantine_says_where_what_and_the_way_out(shop: Path) -> None:
    done = call("quarantine", "--format", "json", shop=shop)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    assert set(rows[0]) == {"file", "line", "column", "value", "rule", "message", "way_out"}
    assert {(row["file"], row["line"]) for row in rows} == {
        ("orders.csv", 4),
        ("strange.csv", None),
    }
    only = json.loads(
        call("quarantine", "--file", "orders.csv", "--format", "json", shop=shop).stdout
    )
    assert [row["value"] for row in only] == ["=someday"]


def test_csv_holds_no_formula(shop: Path) -> None:
    done = call("quarantine", "--file", "orders.csv", "--format", "csv", shop=shop)
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert row["value"] == "'=someday"
    done = call("query", "rpt_sku_returns", "--where", "sku=008", "--format", "csv", shop=shop)
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert (row["style_name"], row["returned_net_amount"]) == ("'=1+1", "12000")


def test_query_answers_in_three_formats(shop: Path) -> None:
    arguments = ("query", "rpt_sku_returns", "--by", "sku")
    rows = json.loads(call(*arguments, "--format", "json", shop=shop).stdout)
    assert [row["returned_count"] for row in rows] == [3, 3]
    lines = call(*arguments, "--format", "csv", shop=shop).stdout.splitlines()
    assert lines[0] == "sku,delivered_count,returned_count,returned_net_amount"
    assert "5850" in call(*arguments, shop=shop).stdout
    listed = json.loads(call("query", "--list", "--format", "json", shop=shop).stdout)
    assert [set(one) for one in listed] == [{"name", "grain", "columns"}] * 2


def test_a_busy_shop_ends_with_one_and_names_the_process(shop: Path) -> None:
    program = Path(sys.executable).with_name("kaeru")
    with hold_lock(shop):
        done = subprocess.run(
            [str(program), "backup", "--shop", str(shop), "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert str(os.getpid()) in done.stderr


def test_backup_and_rollback_answer_in_json(shop: Path) -> None:
    document = json.loads(call("backup", "--json", shop=shop).stdout)
    assert {"folder", "bytes", "sha256", "tables"} == set(document)
    publish_marts(shop, version="v2")
    assert json.loads(call("rollback", "--json", shop=shop).stdout)["version"] == "v1"
    assert call("rollback", "v0", shop=shop).exit_code == 1


def test_the_doctor_ends_with_one_when_something_is_wrong(shop: Path) -> None:
    assert call("doctor", shop=shop).exit_code == 0
    ShopFolder(shop).secret_key.chmod(0o644)
    done = call("doctor", "--json", shop=shop)
    assert done.exit_code == 1
    assert {"check", "state", "message"} == set(json.loads(done.stdout)[0])


def test_the_doctor_sees_a_shop_with_broken_settings(shop: Path) -> None:
    ShopFolder(shop).settings_file.write_text("name", encoding="utf-8")
    assert call("doctor", shop=shop).exit_code == 1


def test_pages_are_served_to_this_machine_only() -> None:
    command = build_streamlit_command(8501)
    assert "--server.address=127.0.0.1" in command
    assert "--client.showErrorDetails=none" in command
    assert "--browser.gatherUsageStats=false" in command


def test_a_taken_port_is_refused_or_passed_over() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KaeruError, match=str(port)):
            choose_port(port, default=port)
        assert choose_port(None, default=port) > port


def test_a_run_without_dbt_and_dagster_when_nothing_is_new() -> None:
    imported = "import sys, orchestration.pipeline; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", imported], capture_output=True, text=True, check=True
    )
    modules = done.stdout.split()
    assert not {"dagster", "dbt", "pandas", "streamlit"} & set(modules)


@pytest.mark.dbt
def test_run_then_idle_then_erase(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    ran = build_ran_shop(tmp_path_factory)
    shop = ran.copy_to(tmp_path / "shop")
    assert ran.exit_code == 1, ran.err  # refused, and yet published
    document = json.loads(ran.out)
    assert set(document) == {"run", "files", "published", "models", "tests"}
    assert set(document["run"]) == {"id", "seconds", "exit"}
    assert set(document["tests"]) == {"passed", "warned", "failed"}
    assert document["run"]["exit"] == 1
    assert document["published"]["version"] == document["run"]["id"]
    assert document["tests"]["failed"] == 0
    assert document["models"] > 20
    assert "Landing: 9 of 9 files" in ran.err
    assert "Building models" in ran.err

    before = {path: path.stat().st_mtime_ns for path in shop.rglob("*") if path.is_file()}
    idle = run_program("run", "--json", shop=shop)
    assert idle.returncode == 0
    assert json.loads(idle.stdout)["published"] == document["published"]
    after = {path: path.stat().st_mtime_ns for path in shop.rglob("*") if path.is_file()}
    changed = {path.name for path in after if after[path] != before.get(path)}
    assert changed <= {"lock"}

    money = run_program("query", "rpt_return_bridge", "--format", "json", shop=shop).stdout
    hashed = hash_customer("customer-1", key=KEY)
    customers = run_program("query", "dim_customers", "--format", "csv", shop=shop).stdout
    assert hashed in customers
    erased = run_program("erase", "--customer", "customer-1", "--inbox", "--json", shop=shop)
    assert erased.returncode == 0, erased.stderr
    assert json.loads(erased.stdout)["customer_id"] == hashed
    [version] = ShopFolder(shop).serving.glob("*.duckdb")
    assert hashed.encode() not in version.read_bytes()
    assert run_program("query", "rpt_return_bridge", "--format", "json", shop=shop).stdout == money
    customers = run_program("query", "dim_customers", "--format", "csv", shop=shop).stdout
    assert hashed not in customers
