"""However the same facts are delivered, every mart says the same.

The files of a synthetic shop are landed five times over: as written, shuffled, cut in two,
delivered twice, and with other ids. Each store goes through the compiled models.
"""

from __future__ import annotations

import csv
import os
import random
import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from orchestration.demo.generate import generate_demo_shop
from orchestration.landing_run import land_inbox
from tests.orchestration.small_shops import make_small_shop
from tests.warehouse.compiled_project import CompiledWarehouse

pytestmark = [pytest.mark.dbt]

UNTIL = date(2026, 10, 31)
PREFIX = "another-"
# They say how the files came, and are there to differ; of two marts only some columns do.
ABOUT_FILES = frozenset({"rpt_files", "rpt_quarantined_rows", "rpt_undecided_keys"})
COLUMNS_ABOUT_FILES = {
    "rpt_entities": "file_count, rows_in_count, rows_loaded_count, rows_quarantined_count,"
    " last_landed_at",
    "rpt_shop": "newest_load_at",
}
# What names a thing of the shop. A customer's id is hashed: another id would be another hash.
IDS = frozenset(
    {
        *("order_id", "order_line_id", "sku", "style_id", "shipment_id", "return_line_id"),
        *("return_id", "refund_id", "exchange_id", "replacement_sku", "wanted_sku", "offered_sku"),
        *("replacement_order_line_id", "reference", "contact_id", "payout_id", "action_id"),
    }
)
Table = tuple[list[str], list[list[str]]]
Delivery = Callable[[str, Table, random.Random], dict[str, Table]]


def deliver_shuffled(name: str, table: Table, chance: random.Random) -> dict[str, Table]:
    header, rows = table
    return {name: (header, chance.sample(rows, len(rows)))}


def deliver_in_two(name: str, table: Table, chance: random.Random) -> dict[str, Table]:
    """Any half of the rows in one file, the others in a second."""
    header, rows = table
    mixed = chance.sample(range(len(rows)), len(rows))
    first = set(mixed[: len(rows) // 2])
    halves = [
        [row for place, row in enumerate(rows) if (place in first) == is_first]
        for is_first in (True, False)
    ]
    return {f"{name}-{number}": (header, half) for number, half in enumerate(halves, start=1)}


def deliver_twice(name: str, table: Table, chance: random.Random) -> dict[str, Table]:
    """The same bytes under another name, and the same rows in another order."""
    header, rows = table
    again = (header, chance.sample(rows, len(rows)))
    return {name: table, f"{name}-copy": table, f"{name}-again": again}


def deliver_renamed(name: str, table: Table, chance: random.Random) -> dict[str, Table]:
    header, rows = table
    places = [place for place, column in enumerate(header) if column in IDS]
    renamed = []
    for row in chance.sample(rows, len(rows)):
        renamed.append(list(row))
        for place in places:
            # An id that a spreadsheet broke is held back; with a prefix it would be an id.
            is_id = row[place] and "E+" not in row[place]
            renamed[-1][place] = PREFIX + row[place] if is_id else row[place]
    return {name: (header, renamed)}


DELIVERIES: dict[str, Delivery] = {
    "shuffled": deliver_shuffled,
    "in_two": deliver_in_two,
    "twice": deliver_twice,
    "renamed": deliver_renamed,
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    folder = tmp_path_factory.mktemp("demo")
    generate_demo_shop(folder, lines=1500, seed=7, scenario="policy_change", until=UNTIL)
    tables: dict[str, Table] = {}
    for path in sorted((folder / "inbox").glob("*.csv")):
        # One file an entity: the demo shop writes one a month, and each costs time to land.
        header, rows = read_table(path)
        known, before = tables.setdefault(re.sub(r"-\d{4}-\d{2}$", "", path.stem), (header, []))
        before += [[dict(zip(header, row, strict=True))[name] for name in known] for row in rows]
    return tables


@pytest.fixture(scope="module")
def as_written(
    warehouse: CompiledWarehouse,
    files: dict[str, Table],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[str]]:
    land_files(tmp_path_factory.mktemp("plain") / "shop", files, warehouse=warehouse)
    return fingerprint_marts(warehouse)


@pytest.mark.parametrize("name", DELIVERIES)
def test_marts_do_not_depend_on_the_delivery(
    warehouse: CompiledWarehouse,
    files: dict[str, Table],
    as_written: dict[str, list[str]],
    tmp_path: Path,
    name: str,
) -> None:
    chance = random.Random(name)  # noqa: S311, a shuffle
    delivered: dict[str, Table] = {}
    for stem, table in files.items():
        delivered |= DELIVERIES[name](stem, table, chance)
    land_files(tmp_path / "shop", delivered, warehouse=warehouse)
    found = fingerprint_marts(warehouse)
    filled = [mart for mart, rows in as_written.items() if rows]
    assert len(filled) > 40
    assert "rpt_worklist" in filled
    differing = {
        mart: (sorted(set(rows) - set(found[mart]))[:2], sorted(set(found[mart]) - set(rows))[:2])
        for mart, rows in as_written.items()
        if rows != found[mart]
    }
    assert list(differing) == [], differing


def read_table(path: Path) -> Table:
    """Read a file of the demo shop, which writes some in UTF-8 and some in CP932."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932")
    header, *rows = csv.reader(text.splitlines())
    return header, rows


def land_files(shop: Path, files: dict[str, Table], *, warehouse: CompiledWarehouse) -> None:
    """Land the files by the real landing, and build the marts of what was landed."""
    make_small_shop(shop)
    for stem, (header, rows) in files.items():
        path = shop / "inbox" / f"{stem}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        os.utime(path, (time.time() - 60, time.time() - 60))
    landed = land_inbox(shop, run_id="run")
    assert landed.waiting == ()
    assert all(entry.state != "refused" for entry in landed.files)
    warehouse.build_store(shop / "data" / "store.duckdb")


def fingerprint_marts(warehouse: CompiledWarehouse) -> dict[str, list[str]]:
    """The rows of every mart as text, sorted, ids without the prefix; exact to the last bit."""
    marts = [mart for mart in warehouse.list_marts() if mart not in ABOUT_FILES]
    return {mart: sorted(list_rows(warehouse, mart)) for mart in marts}


def list_rows(warehouse: CompiledWarehouse, mart: str) -> Sequence[str]:
    left_out = COLUMNS_ABOUT_FILES.get(mart)
    columns = f"* exclude ({left_out})" if left_out else "*"
    rows = warehouse.session.execute(
        f"with kept as (select {columns} from serving.marts.{mart}) select kept::varchar from kept"
    ).fetchall()
    return [row[0].replace(PREFIX, "") for row in rows]
