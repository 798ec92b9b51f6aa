"""Addresses and held-back values leave after their days, to the last byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.expiry import QUARANTINE_DAYS, expire_personal_data
from orchestration.folder import ShopFolder
from orchestration.settings import load_settings
from orchestration.store import open_store
from tests.orchestration.small_shops import deliver, land, make_small_shop, read_rows

STREET = "駒込一丁目二番地三号"
SHIPMENTS = (
    f"shipment_id,order_id,shipped_at,freight_cost,address_line_1\n"
    f"S1,A1,2026-11-02 10:00:00,520,{STREET}\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    shop = make_small_shop(tmp_path / "shop", address_days=90)
    deliver(shop, "shipments.csv", SHIPMENTS)
    deliver(shop, "contacts.csv", "contact_id,contacted_at\nC1,いつだったか\n")
    land(shop)
    return shop


def grow_old(shop: Path, *, days: int) -> None:
    """Move the landing of everything into the past."""
    with open_store(shop) as connection:
        connection.execute(
            "update landing.files set first_landed_at = first_landed_at - to_days(?)", [days]
        )
        connection.execute(
            "update landing.quarantined_rows set quarantined_at = quarantined_at - to_days(?)",
            [days],
        )


def test_young_addresses_stay(shop: Path) -> None:
    grow_old(shop, days=20)
    assert not expire_personal_data(shop, load_settings(shop))
    assert read_rows(shop, "select address_line_1 from landing.shipments") == [(STREET,)]


def test_old_addresses_leave_to_the_last_byte_and_costs_stay(shop: Path) -> None:
    grow_old(shop, days=91)
    assert expire_personal_data(shop, load_settings(shop))
    rows = read_rows(shop, "select address_line_1, freight_cost from landing.shipments")
    assert rows == [(None, "520")]
    assert STREET.encode() not in ShopFolder(shop).store.read_bytes()


def test_a_landing_purges_what_is_due(shop: Path) -> None:
    grow_old(shop, days=91)
    land(shop, "later")
    assert read_rows(shop, "select address_line_1 from landing.shipments") == [(None,)]


def test_reading_a_file_again_does_not_start_its_days_anew(shop: Path) -> None:
    grow_old(shop, days=91)
    toml = ShopFolder(shop).settings_file
    toml.write_text(toml.read_text("utf-8").replace("Asia/Tokyo", "Asia/Seoul"), "utf-8")
    assert len(land(shop, "again").files) == 2
    assert read_rows(shop, "select address_line_1 from landing.shipments") == [(None,)]


def test_held_back_values_leave_and_the_reason_stays(shop: Path) -> None:
    grow_old(shop, days=QUARANTINE_DAYS + 1)
    assert expire_personal_data(shop, load_settings(shop))
    [row] = read_rows(shop, "select value, line, rule, message_en from landing.quarantined_rows")
    assert row == (None, 2, "date_not_read", "The value was removed after 30 days")
