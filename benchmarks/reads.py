"""P6: how long a page waits for its mart."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import duckdb

from benchmarks.measuring import quantile
from benchmarks.shops import BenchShop
from orchestration.folder import ShopFolder
from orchestration.publication import read_pointer

READS = 200
THREADS = 16
STATEMENTS = (
    "select style_id, sum(delivered_count), sum(returned_count), sum(returned_net_amount)"
    " from marts.rpt_style_returns group by style_id order by 4 desc limit 25",
    "select * from marts.rpt_style_return_weeks where style_id = ?",
    "select * from marts.rpt_style_sizes where style_id = ?",
    "select * from marts.rpt_return_bridge",
)


def time_read(connection: duckdb.DuckDBPyConnection, statement: str, style: str) -> float:
    cursor = connection.cursor()
    started = time.perf_counter()
    cursor.execute(statement, [style] if "?" in statement else []).fetchall()
    return time.perf_counter() - started


def measure_reads(shop: BenchShop) -> list[str]:
    """Return the rows of P6; the shop must be published."""
    pointer = read_pointer(shop.folder)
    if pointer is None:
        message = f"{shop.folder} has no published version: measure P1 before P6"
        raise RuntimeError(message)
    path = ShopFolder(shop.folder).serving / pointer.file
    with duckdb.connect(str(path), read_only=True) as connection:
        styles = [
            row[0]
            for row in connection.execute(
                "select distinct style_id from marts.rpt_style_returns order by 1"
            ).fetchall()
        ]
        work = [
            (statement, styles[number % len(styles)])
            for number in range(READS)
            for statement in STATEMENTS
        ]
        for statement, style in work[: len(STATEMENTS)]:
            time_read(connection, statement, style)
        alone = [time_read(connection, statement, style) for statement, style in work]
        with ThreadPoolExecutor(THREADS) as pool:
            together = list(pool.map(lambda item: time_read(connection, *item), work))
    return [
        f"| mart reads alone, p99 | {quantile(alone, 0.99) * 1000:.1f} ms | ≤ 20 ms |",
        f"| … with {THREADS} threads, p99 | {quantile(together, 0.99) * 1000:.1f} ms | ≤ 150 ms |",
    ]
