"""Addresses of landed parcels are checked once, and what is kept is no address."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration import address_checking
from orchestration.address_checking import check_new_addresses, join_address
from orchestration.erasure import erase_customer
from orchestration.expiry import expire_personal_data
from orchestration.folder import ShopFolder
from orchestration.schema import MIGRATIONS, create_checks
from orchestration.settings import load_settings
from orchestration.store import open_store
from tests.orchestration.small_shops import ORDERS, deliver, land, make_small_shop, read_rows
from tests.orchestration.test_expiry import grow_old

HEADER = (
    "shipment_id,order_id,shipped_at,country,postal_code,prefecture,city,address_line_1,"
    "address_line_2\n"
)
SOUND = "S1,A1,2026-11-02 10:00:00,JP,150-0043,東京都,渋谷区,道玄坂2-10-7,\n"
PARCELS = (
    HEADER
    + SOUND
    + "S2,A1,2026-11-02 10:00:00,,150-0044,東京都,渋谷区,東京都渋谷区道玄坂2-10-7,3F\n"
    + "S3,A2,2026-11-02 10:00:00,日本,150-0043,東京都,渋谷区,道玄坂,\n"
    + "S4,A2,2026-11-02 10:00:00,US,10118,NY,New York,350 Fifth Avenue,\n"
    + "S5,A2,2026-11-02 10:00:00,,,,,,\n"
)
LANES = "select shipment_id, lane, codes from landing.shipment_checks order by shipment_id"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop", address_days=90)
    deliver(shop, "orders.csv", ORDERS)
    deliver(shop, "shipments.csv", PARCELS)
    land(shop)
    return shop


def count_checked(shop: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Check what is new, and count how often an address was looked at."""
    calls = []
    real = address_checking.check_address
    with monkeypatch.context() as patch:
        patch.setattr(
            address_checking, "check_address", lambda *a, **k: calls.append(a) or real(*a, **k)
        )
        check_new_addresses(shop)
    return len(calls)


def test_every_parcel_with_an_address_has_one_check(shop: Path) -> None:
    assert check_new_addresses(shop) == 4
    assert read_rows(shop, LANES) == [
        ("S1", "ship", None),
        ("S2", "correct", "postal_mismatch"),
        ("S3", "ask", "banchi_missing"),
        ("S4", "not_checked", None),
    ]
    [row] = read_rows(
        shop,
        "select is_postal_changed, is_city_changed, confidence > 0.9, data_month"
        " from landing.shipment_checks where shipment_id = 'S2'",
    )
    assert row[:3] == (True, False, True)


def test_what_is_kept_holds_nothing_of_the_address(shop: Path) -> None:
    check_new_addresses(shop)
    kept = repr(read_rows(shop, "select * from landing.shipment_checks"))
    assert not [word for word in ("道玄坂", "渋谷", "0043", "Fifth") if word in kept]


def test_only_what_is_new_is_checked(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert count_checked(shop, monkeypatch) == 4
    assert count_checked(shop, monkeypatch) == 0
    deliver(shop, "shipments-2.csv", HEADER + SOUND.replace("S1", "S6"))
    land(shop, "second")
    assert count_checked(shop, monkeypatch) == 1


def test_a_corrected_address_is_checked_anew(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_new_addresses(shop)
    deliver(shop, "shipments-2.csv", HEADER + SOUND.replace("S1", "S3"))
    land(shop, "second")
    assert count_checked(shop, monkeypatch) == 1
    assert read_rows(shop, LANES)[2] == ("S3", "ship", None)


@pytest.mark.parametrize("what", ["rules", "month"])
def test_other_rules_or_another_month_check_again(
    shop: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    check_new_addresses(shop)
    if what == "rules":
        monkeypatch.setattr(address_checking, "RULES_VERSION", 10_000)
    else:
        monkeypatch.setattr(address_checking.open_postal_index(), "data_month", "2099-01")
    assert count_checked(shop, monkeypatch) == 4
    assert len(read_rows(shop, LANES)) == 4


def test_a_check_outlives_the_address_and_its_hash_does_not(shop: Path) -> None:
    check_new_addresses(shop)
    before = read_rows(shop, LANES)
    [(digest,)] = read_rows(
        shop, "select address_hash from landing.shipment_checks where shipment_id = 'S1'"
    )
    assert digest.startswith("k1:")
    grow_old(shop, days=91)
    assert expire_personal_data(shop, load_settings(shop))
    assert read_rows(shop, LANES) == before
    assert read_rows(shop, "select distinct address_hash from landing.shipment_checks") == [(None,)]
    content = ShopFolder(shop).store.read_bytes()
    assert "道玄坂".encode() not in content
    assert check_new_addresses(shop) == 4


def test_an_erased_customer_leaves_no_hash(shop: Path) -> None:
    check_new_addresses(shop)
    erase_customer(shop, customer="customer-1")
    hashes = "select shipment_id, address_hash is null from landing.shipment_checks order by 1"
    assert read_rows(shop, hashes) == [("S1", True), ("S2", True), ("S3", False), ("S4", False)]


def test_equal_addresses_have_equal_hashes(shop: Path) -> None:
    deliver(shop, "shipments-2.csv", HEADER + SOUND.replace("S1", "S6"))
    land(shop, "second")
    check_new_addresses(shop)
    hashes = "select address_hash from landing.shipment_checks where shipment_id in ('S1', 'S6')"
    assert len(set(read_rows(shop, hashes))) == 1


def test_joined_parts_are_one_address() -> None:
    assert join_address(None, None, None, None) == ""
    assert join_address("東京都", "渋谷区", "道玄坂2", None) == "東京都渋谷区道玄坂2"
    assert join_address("東京都", "渋谷区", "渋谷区道玄坂2", "3F") == "東京都渋谷区道玄坂2 3F"
    assert join_address("北海道", None, "札幌市北区", None) == "北海道札幌市北区"


def test_checks_of_a_store_of_before_are_made(shop: Path) -> None:
    with open_store(shop) as store:
        before = MIGRATIONS.index(create_checks)
        # Of this version and of later ones.
        later = ("policy_rules", "disposition_rules", "policy_drafts", "refused_policy_drafts")
        for table in ("shipment_checks", *later):
            store.execute(f"drop table landing.{table}")
        store.execute("delete from landing.schema_versions where schema_version > ?", [before])
    assert check_new_addresses(shop) == 4
