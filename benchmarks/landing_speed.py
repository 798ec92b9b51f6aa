"""P2: landing through our reader against DuckDB's own, and the same with dirty files."""

from __future__ import annotations

import csv
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.measuring import Cost, interleave, median_cpu
from benchmarks.shops import BenchShop
from orchestration.landing.applying import MappingApplier
from orchestration.landing.choosing import choose_mapping, load_shipped_mappings
from orchestration.landing.contracts import LandingSettings
from orchestration.landing.reading import iterate_records, read_head

ROUNDS = 3
SETTINGS = LandingSettings(
    time_zone="Asia/Tokyo", currency="JPY", hash_key=b"0" * 32, loaded_on="2026-11-01"
)


def land_rows(path: Path) -> tuple[int, Cost]:
    """Read, map and judge a file; return its records and what they cost on one thread."""
    started_cpu, started = time.process_time(), time.perf_counter()
    head = read_head(path)
    mapping = choose_mapping(path.name, head.header, shop=(), shipped=load_shipped_mappings())
    applier = MappingApplier(mapping, SETTINGS)
    rows = 0
    for batch in iterate_records(path, options=mapping.read_options()):
        rows += applier.apply(batch).rows_in
    rows += applier.finish().rows_in
    cost = Cost(time.process_time() - started_cpu, time.perf_counter() - started, 0.0)
    return rows, cost


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
        rows, _ = land_rows(clean)
        ours, theirs = interleave(
            lambda: land_rows(clean)[1], lambda: read_with_duckdb(clean), rounds=ROUNDS
        )
        dirty = Path(temporary) / "order_lines-dirty.csv"
        make_dirty(clean, target=dirty)
        dirty_rows, dirty_cost = land_rows(dirty)
    speed = rows / median_cpu(ours)
    ratio = median_cpu(ours) / median_cpu(theirs)
    return [
        f"| landing clean CSV, one core | {speed:,.0f} rows/s | ≥ 250,000 |",
        f"| … ÷ DuckDB's own reader (CPU) | {ratio:.2f} | ≤ 2.5 |",
        "| landing dirty CSV, one core | "
        f"{dirty_rows / dirty_cost.cpu_seconds:,.0f} rows/s | ≥ 100,000 |",
    ]
