"""A backup is whole, a restore brings everything back but what was erased."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from orchestration.backup import EXPIRY_DAYS, back_up, remove_expired_backups, restore
from orchestration.erasure import erase_customer
from orchestration.folder import ShopFolder
from orchestration.landing.canonical import load_model
from orchestration.store import open_store
from orchestration.wording import KaeruError, WrongUseError
from tests.orchestration.small_shops import (
    LINES,
    ORDERS,
    deliver,
    land,
    make_small_shop,
    read_rows,
    read_states,
)

DAY_SECONDS = 86_400


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop")
    deliver(shop, "orders.csv", ORDERS)
    land(shop)
    return shop


def read_everything(shop: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read every landed table, sorted: equal stores give equal answers."""
    names = [*load_model().entities, "files", "quarantined_rows", "erasures"]
    with open_store(shop, read_only=True) as connection:
        return {
            name: sorted(connection.table(f"landing.{name}").fetchall(), key=repr) for name in names
        }


def test_a_restored_store_equals_the_one_that_was_backed_up(shop: Path) -> None:
    before = read_everything(shop)
    backup = back_up(shop)
    deliver(shop, "order_lines.csv", LINES)
    land(shop, "later")
    assert read_everything(shop) != before
    restore(shop, source=backup.folder)
    assert read_everything(shop) == before


def test_what_was_landed_since_lands_again(shop: Path) -> None:
    backup = back_up(shop)
    deliver(shop, "order_lines.csv", LINES)
    land(shop, "later")
    wanted = read_rows(shop, "select order_line_id from landing.order_lines order by all")
    restore(shop, source=backup.folder)
    land(shop, "again")
    found = read_rows(shop, "select order_line_id from landing.order_lines order by all")
    assert found == wanted
    assert read_states(shop) == {"orders.csv": "loaded", "order_lines.csv": "loaded"}


def test_a_backup_holds_what_was_written_by_hand_but_not_the_key(shop: Path) -> None:
    (shop / "mappings" / "till.yml").write_text("# later\n", encoding="utf-8")
    folder = back_up(shop).folder
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"store.duckdb", "kaeru.toml", "mappings/till.yml", "manifest.json"} == names


def test_a_backup_outside_the_shop_brings_back_lost_mappings(shop: Path, tmp_path: Path) -> None:
    mapping = shop / "mappings" / "till.yml"
    mapping.write_text("# mine\n", encoding="utf-8")
    folder = back_up(shop, target=tmp_path / "elsewhere").folder
    mapping.unlink()
    restore(shop, source=folder)
    assert mapping.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_one_flipped_bit_of_a_backup_is_noticed(shop: Path, place: float) -> None:
    before = read_everything(shop)
    folder = back_up(shop).folder
    path = folder / "store.duckdb"
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)
    with pytest.raises(KaeruError, match="damaged"):
        restore(shop, source=folder)
    assert read_everything(shop) == before


def test_a_folder_that_is_no_backup_is_refused(shop: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match=r"manifest\.json"):
        restore(shop, source=tmp_path)


def test_a_full_folder_is_not_written_into(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(WrongUseError, match="not empty"):
        back_up(shop, target=tmp_path)


def test_old_backups_expire(shop: Path) -> None:
    old, new = back_up(shop).folder, back_up(shop).folder
    moment = time.time() - (EXPIRY_DAYS + 1) * DAY_SECONDS
    os.utime(old, (moment, moment))
    assert remove_expired_backups(shop) == [old]
    assert list(ShopFolder(shop).backups.iterdir()) == [new]


def test_a_restore_erases_again_what_was_erased_since(shop: Path) -> None:
    backup = back_up(shop)
    erase_customer(shop, customer="customer-1")
    restore(shop, source=backup.folder)
    orders = dict(read_rows(shop, "select order_id, customer_id from landing.orders"))
    assert orders["A1"] is None
    assert orders["A2"] is not None


def test_a_restore_erases_even_when_the_store_is_lost(shop: Path) -> None:
    backup = back_up(shop)
    erased = erase_customer(shop, customer="customer-1").customer_id
    ShopFolder(shop).store.unlink()
    restore(shop, source=backup.folder)
    assert erased.encode() not in read_without_tombstone(shop)


def read_without_tombstone(shop: Path) -> bytes:
    rows = read_rows(shop, "select customer_id from landing.orders")
    return repr(rows).encode()
