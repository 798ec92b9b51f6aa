"""P2: landing through our reader against DuckDB's own, and the same with dirty files."""

from __future__ import annotations

import csv
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.measuring import Cost, interleave, median_cpu
from benchmarks.shops import BenchShop
from orchestration.landing.applying import MappingApplier
from orchestration.landing.contracts import LandingSettings, MappedBatch
from orchestration.landing.reading import iterate_records
from orchestration.mapping_choice import Mappings, choose_for_file, load_all_mappings

ROUNDS = 3
SETTINGS = LandingSettings(
    time_zone="Asia/Tokyo", currency="JPY", hash_key=b"0" * 32, loaded_on="2026-11-01"
)


def land_rows(path: Path, *, shop: Path) -> tuple[int, Cost]:
    """Read, map, judge and insert a file; return its records and the cost on one thread."""
    mappings = load_all_mappings(shop)
    started_cpu, started = time.process_time(), time.perf_counter()
    with duckdb.connect(config={"threads": 1}) as connection:
        rows = sum(insert_batch(connection, batch) for batch in map_file(path, mappings=mappings))
    cost = Cost(time.process_time() - started_cpu, time.perf_counter() - started, 0.0)
    return rows, cost


def map_file(path: Path, *, mappings: Mappings) -> Iterator[MappedBatch]:
    mapping = choose_for_file(path, mappings=mappings).mapping
    applier = MappingApplier(mapping, SETTINGS)
    for batch in iterate_records(path, options=mapping.read_options()):
        yield applier.apply(batch)
    yield applier.finish()


def store_records(path: Path, *, shop: Path) -> Cost:
    """Read a file and insert its text as it is: what DuckDB's own reader does."""
    options = choose_for_file(path, mappings=load_all_mappings(shop)).mapping.read_options()
    started_cpu, started = time.process_time(), time.perf_counter()
    with duckdb.connect(config={"threads": 1}) as connection:
        for batch in iterate_records(path, options=options):
            connection.register("rows", batch.table)
            connection.execute("create table if not exists lines as from rows limit 0")
            connection.execute("insert into lines from rows")
    return Cost(time.process_time() - started_cpu, time.perf_counter() - started, 0.0)


def insert_batch(connection: duckdb.DuckDBPyConnection, batch: MappedBatch) -> int:
    for entity, rows in batch.rows.items():
        connection.register("rows", rows)
        connection.execute(f"create table if not exists {entity} as from rows limit 0")
        connection.execute(f"insert into {entity} from rows")
    return batch.rows_in


def read_with_duckdb(path: Path) -> Cost:
    started_cpu, started = time.process_time(), time.perf_counter()
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            "create table lines as select * from read_csv(?, all_varchar = true)", [str(path)]
        )
    return Cost(time.process_time() - started_cpu, time.perf_counter() - started, 0.0)


def make_dirty(path: Path, *, target: Path) -> None:
    """Quote every field and spoil one row in a hundred: the careful path has to read it."""
    with (
        path.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        rows = csv.reader(source)
        writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(next(rows))
        for number, row in enumerate(rows):
            writer.writerow([*row[:-1], "bad date"] if number % 100 == 0 else row)


def measure_landing(shop: BenchShop) -> list[str]:
    """Return the rows of P2."""
    files = sorted((shop.folder / "inbox").glob("order_lines-*.csv"))
    with tempfile.TemporaryDirectory() as temporary:
        clean = Path(temporary) / "order_lines-all.csv"
        with clean.open("wb") as sink:
            for number, path in enumerate(files):
                with path.open("rb") as source:
                    if number:
                        source.readline()
                    shutil.copyfileobj(source, sink)
        rows, _ = land_rows(clean, shop=shop.folder)
        ours, theirs = interleave(
            lambda: land_rows(clean, shop=shop.folder)[1],
            lambda: read_with_duckdb(clean),
            rounds=ROUNDS,
        )
        stored = [store_records(clean, shop=shop.folder) for _ in range(ROUNDS)]
        dirty = Path(temporary) / "order_lines-dirty.csv"
        make_dirty(clean, target=dirty)
        dirty_rows, dirty_cost = land_rows(dirty, shop=shop.folder)
    speed = rows / median_cpu(ours)
    base = median_cpu(theirs)
    return [
        f"| landing clean CSV, every value judged, one core | {speed:,.0f} rows/s | ≥ 250,000 |",
        f"| reading and storing text ÷ DuckDB's own reader (CPU) | {median_cpu(stored) / base:.2f}"
        " | ≤ 2.5 |",
        f"| … with every value judged | {median_cpu(ours) / base:.2f} | |",
        "| landing dirty CSV, one core | "
        f"{dirty_rows / dirty_cost.cpu_seconds:,.0f} rows/s | ≥ 100,000 |",
    ]
