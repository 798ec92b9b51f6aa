"""Exactly once: however files are delivered, every record is in the store once, or says why not."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from benchmarks.killing import open_stable
from benchmarks.landing_faults import VICTIM, kill_landings, make_killing_shop
from orchestration.clock import read_utc_now
from orchestration.folder import ShopFolder
from orchestration.inbox_scan import scan_inbox
from orchestration.landing.contracts import FileChangedError, LandingSettings
from orchestration.landing_file import FileLander, Task
from orchestration.landing_run import land_inbox
from orchestration.ledger import Ledger
from orchestration.mapping_choice import choose_for_file, load_all_mappings
from orchestration.settings_values import SourceSettings
from orchestration.store import open_store
from orchestration.wording import KaeruError, WrongUseError, keep_quiet
from tests.orchestration.small_shops import (
    KEY,
    LINES,
    ORDERS,
    deliver,
    land,
    make_small_shop,
    read_rows,
    read_states,
)

KILLS = 25
PAYLOAD = "select order_line_id, order_id, sku, quantity, unit_price from landing.order_lines"
MORE_LINES = LINES.replace("A2-1,A2,shoe-24,1,12000", "A3-1,A3,bag,2,500")
CORRECTED = LINES.replace("12000", "11000")
OWN_MAPPING = """\
source: till
files: ["till*"]
entities:
  order_lines:
    columns:
      order_line_id: {from: Line}
      order_id: {from: Order}
      sku: {from: Article}
      quantity: {from: Pieces}
      unit_price: {from: Price}
"""
TILL = "Line,Order,Article,Pieces,Price\n1,A1,shirt-m,1,3900\n2,A2,shoe-24,0,12000\n"
ORDER_EXPORT_MAPPING = """\
source: cart
files: ["cart*"]
entities:
  order_lines:
    columns:
      order_line_id: {from: Line}
      order_id: {from: Order}
      sku: {from: Article}
      quantity: {from: Pieces}
      unit_price: {from: Price}
  products:
    columns:
      sku: {from: Article}
      style_name: {from: Name}
"""
INVENTORY_MAPPING = """\
source: stock
files: ["stock*"]
as_of: filename %Y%m%d
entities:
  inventory_snapshots:
    columns:
      snapshot_date: {constant: "2026-11-01"}
      location_id: {constant: main}
      sku: {from: sku}
      on_hand: {from: units}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_small_shop(tmp_path / "shop")


def count_lines(shop: Path) -> int:
    return len(read_rows(shop, PAYLOAD))


def test_rows_land_with_file_line_and_load(shop: Path) -> None:
    deliver(shop, "order_lines.csv", LINES)
    summary = land(shop)
    [entry] = summary.files
    assert (entry.state, entry.rows_in, entry.rows_loaded) == ("loaded", 2, 2)
    rows = read_rows(
        shop, "select order_line_id, source_system, load_id, file_line from landing.order_lines"
    )
    assert sorted(rows) == [
        ("A1-1", "canonical", entry.load_id, 2),
        ("A2-1", "canonical", entry.load_id, 3),
    ]


def test_a_row_says_whether_its_file_is_the_entity_s_own(shop: Path) -> None:
    (shop / "mappings").mkdir(exist_ok=True)
    (shop / "mappings" / "cart.yml").write_text(ORDER_EXPORT_MAPPING, encoding="utf-8")
    deliver(shop, "cart.csv", "Line,Order,Article,Pieces,Price,Name\n1,A1,bag,1,500,Bag SALE\n")
    deliver(shop, "products.csv", "sku,style_name\nbag,Bag\n")
    land(shop)
    products = read_rows(shop, "select style_name, is_own_file from landing.products order by all")
    assert products == [("Bag", True), ("Bag SALE", False)]
    assert read_rows(shop, "select is_own_file from landing.order_lines") == [(True,)]


def test_a_second_landing_changes_nothing(shop: Path) -> None:
    deliver(shop, "order_lines.csv", LINES)
    land(shop)
    before = read_rows(shop, "from landing.files")
    assert land(shop, "again").files == ()
    assert read_rows(shop, "from landing.files") == before
    assert count_lines(shop) == 2


def test_a_renamed_file_is_a_duplicate(shop: Path) -> None:
    deliver(shop, "order_lines.csv", LINES)
    land(shop)
    deliver(shop, "order_lines-again.csv", LINES)
    [entry] = land(shop, "again").files
    assert (entry.state, entry.rows_in, entry.rows_loaded) == ("duplicate", 0, 0)
    assert entry.message_en == "Same bytes as order_lines.csv"
    assert count_lines(shop) == 2


def test_a_touched_file_is_not_a_new_one(shop: Path) -> None:
    path = deliver(shop, "order_lines.csv", LINES)
    land(shop)
    path.unlink()
    deliver(shop, "order_lines.csv", LINES, age_seconds=30)
    assert land(shop, "again").files == ()


def test_a_corrected_file_adds_a_version_and_history_is_kept(shop: Path) -> None:
    deliver(shop, "order_lines.csv", LINES)
    land(shop)
    deliver(shop, "order_lines.csv", CORRECTED)
    [entry] = land(shop, "again").files
    assert entry.state == "loaded"
    prices = read_rows(
        shop, "select unit_price from landing.order_lines where order_line_id = 'A2-1' order by all"
    )
    assert prices == [("11000",), ("12000",)]


def test_the_landed_rows_do_not_depend_on_the_order_of_deliveries(tmp_path: Path) -> None:
    texts = (LINES, MORE_LINES, CORRECTED)
    files = {f"order_lines-{number}.csv": text for number, text in enumerate(texts)}
    seen = set()
    for number, names in enumerate(itertools.permutations(files)):
        shop = make_small_shop(tmp_path / str(number))
        for name in names:
            deliver(shop, name, files[name])
            if number % 2:
                land(shop, name)
        land(shop)
        seen.add(tuple(sorted(read_rows(shop, PAYLOAD))))
    assert len(seen) == 1


def test_a_removed_file_keeps_its_rows(shop: Path) -> None:
    path = deliver(shop, "order_lines.csv", LINES)
    land(shop)
    path.unlink()
    land(shop, "again")
    assert count_lines(shop) == 2


def test_a_refused_file_stops_no_other(shop: Path) -> None:
    deliver(shop, "a-strange-one.csv", "x,y\n1,2\n")
    deliver(shop, "order_lines.csv", LINES)
    land(shop)
    assert read_states(shop) == {"a-strange-one.csv": "refused", "order_lines.csv": "loaded"}
    [row] = read_rows(
        shop, "select line, rule, way_out_en from landing.quarantined_rows where line is null"
    )
    assert row[:2] == (None, "no_mapping_fits")
    assert "docs/MAPPING.md" in str(row[2])


def test_a_bad_record_says_line_column_value_and_way_out(shop: Path) -> None:
    deliver(shop, "orders.csv", ORDERS.replace("2026-11-02 10:00:00", "someday"))
    [entry] = land(shop).files
    assert (entry.state, entry.rows_in, entry.rows_loaded, entry.rows_quarantined) == (
        "loaded_with_quarantine",
        2,
        1,
        1,
    )
    [row] = read_rows(
        shop,
        "select file_name, line, entity, column_name, value, rule from landing.quarantined_rows",
    )
    assert row == ("orders.csv", 3, "orders", "ordered_at", "someday", "date_not_read")


def test_a_young_file_waits(shop: Path) -> None:
    deliver(shop, "order_lines.csv", LINES, age_seconds=0)
    summary = land(shop)
    assert (summary.files, summary.waiting) == ((), ("order_lines.csv",))


def test_a_file_that_changes_while_it_is_read_leaves_nothing(shop: Path) -> None:
    path = deliver(shop, "order_lines.csv", LINES)
    scan = scan_inbox(path.parent, known={}, progress=keep_quiet, wait_seconds=0)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("A9-1,A9,bag,1,1\n")
    settings = LandingSettings("Asia/Tokyo", "JPY", KEY, read_utc_now().date().isoformat())
    choice = choose_for_file(path, mappings=load_all_mappings(shop))
    with open_store(shop) as connection:
        lander = FileLander(
            connection, settings, run_id="run", has_erasures=False, progress=keep_quiet
        )
        task = Task(scan.files[0], load_id=1, reading_sha256="x", mapping=choice.mapping)
        with pytest.raises(FileChangedError):
            lander.land(task, choice=choice)
    assert count_lines(shop) == 0
    assert read_states(shop) == {}


def test_another_mapping_replaces_the_whole_load(shop: Path) -> None:
    mapping = ShopFolder(shop).mappings / "till.yml"
    mapping.write_text(OWN_MAPPING, encoding="utf-8")
    deliver(shop, "till-1.csv", TILL)
    [entry] = land(shop).files
    assert (entry.state, entry.rows_loaded, entry.rows_quarantined) == (
        "loaded_with_quarantine",
        1,
        1,
    )
    mapping.write_text(OWN_MAPPING.replace("{from: Pieces}", "{constant: '1'}"), encoding="utf-8")
    [healed] = land(shop, "healed").files
    assert (healed.state, healed.rows_loaded) == ("loaded", 2)
    assert healed.first_landed_at == entry.first_landed_at
    assert count_lines(shop) == 2
    assert read_rows(shop, "from landing.quarantined_rows") == []
    assert read_states(shop) == {"till-1.csv": "loaded"}


def test_a_comment_in_a_mapping_lands_nothing_again(shop: Path) -> None:
    mapping = ShopFolder(shop).mappings / "till.yml"
    mapping.write_text(OWN_MAPPING, encoding="utf-8")
    deliver(shop, "till-1.csv", TILL)
    land(shop)
    mapping.write_text(f"# the shop's till\n{OWN_MAPPING}", encoding="utf-8")
    assert land(shop, "again").files == ()


def test_a_new_mapping_lands_what_was_refused(shop: Path) -> None:
    deliver(shop, "till-1.csv", TILL)
    land(shop)
    assert read_states(shop) == {"till-1.csv": "refused"}
    mapping = ShopFolder(shop).mappings / "till.yml"
    mapping.write_text(OWN_MAPPING, encoding="utf-8")
    land(shop, "healed")
    assert read_states(shop) == {"till-1.csv": "loaded_with_quarantine"}
    mapping.unlink()
    land(shop, "refused again")
    assert read_states(shop) == {"till-1.csv": "refused"}
    assert count_lines(shop) == 0


def test_a_duplicate_takes_over_when_its_original_is_refused(shop: Path) -> None:
    mapping = ShopFolder(shop).mappings / "till.yml"
    mapping.write_text(OWN_MAPPING, encoding="utf-8")
    deliver(shop, "till-1.csv", TILL)
    deliver(shop, "till-2.csv", TILL)
    land(shop)
    assert read_states(shop)["till-2.csv"] == "duplicate"
    mapping.write_text(OWN_MAPPING.replace("till*", "till-2*"), encoding="utf-8")
    land(shop, "narrowed")
    assert read_states(shop) == {"till-1.csv": "refused", "till-2.csv": "loaded_with_quarantine"}
    assert count_lines(shop) == 1


def test_the_same_stock_on_another_day_is_another_fact(shop: Path) -> None:
    mapping = ShopFolder(shop).mappings / "stock.yml"
    mapping.write_text(INVENTORY_MAPPING, encoding="utf-8")
    for name in ("stock-20261101.csv", "stock-20261102.csv", "stock-20261102-again.csv"):
        deliver(shop, name, "sku,units\nshirt-m,3\n")
    land(shop)
    assert read_states(shop) == {
        "stock-20261101.csv": "loaded",
        "stock-20261102-again.csv": "loaded",
        "stock-20261102.csv": "duplicate",
    }


def test_a_broken_mapping_lands_nothing(shop: Path) -> None:
    mapping = ShopFolder(shop).mappings / "till.yml"
    mapping.write_text(OWN_MAPPING.replace("unit_price", "unit_prise"), encoding="utf-8")
    deliver(shop, "order_lines.csv", LINES)
    with pytest.raises(WrongUseError, match="unit_price"):
        land(shop)
    assert not ShopFolder(shop).store.exists()


def test_another_hash_key_lands_nothing(shop: Path) -> None:
    deliver(shop, "orders.csv", ORDERS)
    land(shop)
    ShopFolder(shop).secret_key.write_text("ff" * 32, encoding="ascii")
    deliver(shop, "order_lines.csv", LINES)
    with pytest.raises(KaeruError, match="hash key"):
        land(shop, "again")
    assert read_states(shop) == {"orders.csv": "loaded"}


def test_customers_land_as_keyed_hashes_only(shop: Path) -> None:
    deliver(shop, "orders.csv", ORDERS)
    land(shop)
    rows = read_rows(shop, "select customer_id from landing.orders")
    assert all(str(row[0]).startswith("k1:") for row in rows)
    assert b"customer-1" not in ShopFolder(shop).store.read_bytes()


def test_as_of_is_the_last_day_before_the_load(shop: Path) -> None:
    deliver(shop, "orders.csv", ORDERS)
    assert land(shop).as_of.isoformat() == "2026-11-02"


def test_as_of_counts_in_the_days_of_the_shop(shop: Path) -> None:
    late = ORDERS.replace("2026-11-02 10:00:00", "2026-11-02T16:00:00Z")
    deliver(shop, "orders.csv", late)
    assert land(shop).as_of.isoformat() == "2026-11-03"  # one o'clock at night in Tokyo


def test_the_day_of_the_load_itself_is_not_whole(shop: Path) -> None:
    today = read_utc_now()
    text = ORDERS.replace("2026-11-02 10:00:00", f"{today:%Y-%m-%dT%H:%M:%SZ}")
    deliver(shop, "orders.csv", text)
    assert land(shop).as_of.isoformat() == "2026-11-01"


def test_settings_and_sources_land_as_rows(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop", return_window_days=14)
    toml = ShopFolder(shop).settings_file
    added = "\n[sources.canonical]\nlead_time_days = 7\n"
    toml.write_text(toml.read_text("utf-8") + added, "utf-8")
    deliver(shop, "orders.csv", ORDERS)
    land(shop, "run-1")
    settings = dict(read_rows(shop, "from landing.settings"))
    assert settings["return_window_days"] == "14"
    assert settings["run_id"] == "run-1"
    assert settings["as_of"] == "2026-11-02"
    assert read_rows(shop, "from landing.source_settings") == [("canonical", 7, False)]
    assert SourceSettings(lead_time_days=7).has_deliveries is None


def test_a_source_has_deliveries_as_soon_as_one_is_landed(shop: Path) -> None:
    header = "shipment_id,order_id,shipped_at,delivered_at\n"
    deliver(shop, "shipments-1.csv", f"{header}S1,A1,2026-11-01 10:00:00,\n")
    land(shop)
    assert read_rows(shop, "from landing.source_settings") == [("canonical", 2, False)]
    deliver(shop, "shipments-2.csv", f"{header}S2,A2,2026-11-01 10:00:00,2026-11-03 10:00:00\n")
    land(shop, "again")
    assert read_rows(shop, "from landing.source_settings") == [("canonical", 2, True)]


def test_every_file_balances(shop: Path) -> None:
    deliver(shop, "orders.csv", ORDERS + "A3,customer-3,someday,1\n\n")
    deliver(shop, "order_lines.csv", LINES)
    land(shop)
    with open_store(shop, read_only=True) as connection:
        entries = Ledger.read(connection).entries.values()
    for entry in entries:
        assert entry.rows_in == entry.rows_loaded + entry.rows_quarantined + entry.rows_erased
    assert sum(entry.rows_in for entry in entries) == 5
    assert sum(entry.lines_blank for entry in entries) == 1


def test_an_interrupted_landing_goes_on_where_it_was(shop: Path) -> None:
    deliver(shop, "orders.csv", ORDERS)
    land(shop)
    deliver(shop, "order_lines.csv", LINES)
    land_inbox(shop, run_id="next")
    assert read_states(shop) == {"orders.csv": "loaded", "order_lines.csv": "loaded"}


def test_killed_landings_lose_and_double_nothing(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    make_killing_shop(shop, files=5, rows=4000)
    with open_stable(VICTIM) as stable:
        damage = kill_landings(stable, shop, kills=KILLS, seed=20261124)
    assert damage.kills == KILLS
    assert (damage.lost_rows, damage.doubled_rows, damage.half_files) == (0, 0, 0)
