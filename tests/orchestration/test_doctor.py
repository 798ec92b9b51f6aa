"""What the doctor finds, and that it says the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.doctor import CHECKS, examine
from orchestration.folder import ShopFolder
from orchestration.locking import hold_lock
from orchestration.runs import start_run
from orchestration.store import open_store
from tests.orchestration.published_marts import publish_marts
from tests.orchestration.small_shops import ORDERS, deliver, land, make_small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop")
    deliver(shop, "orders.csv", ORDERS)
    land(shop)
    publish_marts(shop)
    return shop


def find(shop: Path, check: str) -> tuple[str, str]:
    [answer] = [one for one in examine(shop, language="en") if one["check"] == check]
    return answer["state"], answer["message"]


def test_a_fresh_shop_has_nothing_wrong(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    assert {one["state"] for one in examine(shop, language="ja")} == {"ok"}


def test_every_part_is_looked_at(shop: Path) -> None:
    answers = examine(shop, language="en")
    assert [one["check"] for one in answers] == list(CHECKS)
    assert {one["state"] for one in answers} == {"ok"}


def test_broken_settings_are_found(shop: Path) -> None:
    ShopFolder(shop).settings_file.write_text("nam = 'x'", encoding="utf-8")
    state, message = find(shop, "settings")
    assert state == "wrong"
    assert "name" in message


def test_an_open_key_and_another_key_are_found(shop: Path) -> None:
    key = ShopFolder(shop).secret_key
    key.chmod(0o644)
    assert "chmod 600" in find(shop, "secret_key")[1]
    key.chmod(0o600)
    key.write_text("ff" * 32, encoding="ascii")
    assert find(shop, "secret_key")[0] == "wrong"


def test_a_missing_folder_is_found(shop: Path) -> None:
    ShopFolder(shop).mappings.rmdir()
    state, message = find(shop, "folders")
    assert state == "wrong"
    assert "mappings" in message


def test_a_broken_mapping_is_found(shop: Path) -> None:
    (ShopFolder(shop).mappings / "mine.yml").write_text("source: Mine\n", encoding="utf-8")
    state, message = find(shop, "mappings")
    assert state == "wrong"
    assert "mine.yml" in message


def test_a_damaged_store_is_found(shop: Path) -> None:
    ShopFolder(shop).store.write_bytes(b"nothing of use" * 1000)
    state, message = find(shop, "store")
    assert state == "wrong"
    assert "restore" in message


def test_rows_that_do_not_balance_are_found(shop: Path) -> None:
    with open_store(shop) as connection:
        connection.execute("update landing.files set rows_in = rows_in + 1")
    state, message = find(shop, "store")
    assert state == "wrong"
    assert "orders.csv" in message


def test_a_refused_file_is_pointed_out(shop: Path) -> None:
    deliver(shop, "strange.csv", "x,y\n1,2\n")
    land(shop, "again")
    assert find(shop, "files") == (
        "warning",
        "Refused files: strange.csv. `kaeru quarantine` says why",
    )


def test_a_run_that_was_cut_off_is_pointed_out(shop: Path) -> None:
    with open_store(shop) as connection:
        start_run(connection, "20261124T000000-abcdef")
    assert find(shop, "last_run")[0] == "warning"


def test_a_running_process_is_pointed_out(shop: Path) -> None:
    with hold_lock(shop):
        assert find(shop, "lock")[0] == "warning"


def test_a_changed_published_file_is_found(shop: Path) -> None:
    [file] = ShopFolder(shop).serving.glob("*.duckdb")
    file.chmod(0o644)
    with file.open("r+b") as stream:
        stream.seek(5000)
        stream.write(b"\x01")
    state, message = find(shop, "published")
    assert state == "wrong"
    assert "rollback" in message
