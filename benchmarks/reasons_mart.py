"""From a file of return notes to the marts: seconds and memory of the whole run.

Run as ``python -m benchmarks.reasons_mart [--notes N] [--distinct D] [--folder DIR]``. The notes
are made of the demo's own words with a body height and a usual size, so that as many are distinct
as a large shop's are; SKUs are few, because reading and counting do not depend on them.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.shops import clean_environment, find_command
from orchestration.commands.init import make_shop
from orchestration.demo.texts import build_pools
from orchestration.folder import ShopFolder
from orchestration.store import open_store
from orchestration.verifying import connect_reader

NOTES: Final = 1_000_000
DISTINCT: Final = 300_000
SKUS: Final = 500
PAUSE_SECONDS: Final = 0.5
BYTES_PER_KIB: Final = 1024
MEBIBYTE: Final = 2**20
RETURN_COLUMNS: Final = ("return_line_id", "sku", "requested_at", "reason_text", "quantity")


@dataclass(frozen=True)
class TreeCost:
    """What a process and all that it started cost together.

    Attributes
    ----------
    wall_seconds, cpu_seconds : float
    peak_mb : float
        Largest sum of resident sets, in MiB; pages that processes share count once for each.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float


def list_notes(count: int) -> list[str]:
    """Make so many distinct notes, Japanese and English."""
    pools = build_pools().values()
    japanese = [text for pool in pools for text in pool.japanese]
    english = [text for pool in pools for text in pool.english]
    bodies = list(itertools.product(range(145, 186), ("S", "M", "L", "LL", "23.5", "24.0", "25.0")))
    told = (
        pair
        for height, size in bodies
        for pair in (
            *(f"{text}身長{height}cm、普段は{size}です。" for text in japanese),
            *(f"{text} I am {height} cm, usually {size}." for text in english),
        )
    )
    return list(itertools.islice(told, count))


def write_shop(folder: Path, *, notes: int, distinct: int) -> None:
    """Write a shop whose returns all carry a note."""
    make_shop(folder, values={"name": "notes", "language": "en"})
    inbox = ShopFolder(folder).inbox
    texts = list_notes(distinct)
    if len(texts) < distinct:
        raise ValueError(f"only {len(texts)} distinct notes can be made, not {distinct}")
    _write(
        inbox / "products.csv",
        ("sku", "style_id", "size_label"),
        ((f"K{n}", f"K{n // 5}", f"{n % 5}") for n in range(SKUS)),
    )
    _write(
        inbox / "orders.csv",
        ("order_id", "ordered_at", "total"),
        [("A1", "2026-10-01 10:00:00", "1000")],
    )
    _write(
        inbox / "order_lines.csv",
        ("order_line_id", "order_id", "sku", "quantity", "unit_price"),
        [("A1-1", "A1", "K0", "1", "1000")],
    )
    _write(inbox / "return_requests.csv", RETURN_COLUMNS, _list_returns(texts, notes=notes))


def _list_returns(texts: list[str], *, notes: int) -> Iterator[tuple[str, ...]]:
    for number in range(notes):
        day = f"2026-{1 + number % 9:02d}-{1 + number % 28:02d} 12:00:00"
        yield f"R{number}", f"K{number % SKUS}", day, texts[number % len(texts)], "1"


def _write(path: Path, header: tuple[str, ...], rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)  # type: ignore[arg-type]
    settled = time.time() - 60
    os.utime(path, (settled, settled))


def measure_tree(command: list[str]) -> TreeCost:
    """Run a command and watch it and everything that it starts."""
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=clean_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(_read_resident_mb(pid) for pid in _list_tree(process.pid)))
        time.sleep(PAUSE_SECONDS)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    after = os.times()
    cpu = after.children_user + after.children_system
    return TreeCost(wall, cpu - before.children_user - before.children_system, peak)


def _list_tree(pid: int) -> Iterator[int]:
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = listed.read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _list_tree(int(child))


def _read_resident_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    found = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(found[0]) * BYTES_PER_KIB / MEBIBYTE if found else 0.0


def count_readings(folder: Path) -> tuple[int, int]:
    """Count the texts that are kept as read, and the rows of the fact."""
    with open_store(folder, read_only=True) as store:
        [texts] = store.execute("select count(*) from landing.reason_readings").fetchall()
    [published] = ShopFolder(folder).serving.glob("wh-*.duckdb")
    with connect_reader(published) as marts:
        sql = "select count(*) from marts.fct_return_reason_readings"
        [facts] = marts.execute(sql).fetchall()
    return int(texts[0]), int(facts[0])


def main() -> None:
    """Print what the first run and a run with nothing new cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=NOTES)
    parser.add_argument("--distinct", type=int, default=DISTINCT)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as temporary:
        shop = Path(temporary) / "shop"
        write_shop(shop, notes=asked.notes, distinct=asked.distinct)
        run = [find_command("kaeru"), "run", "--shop", str(shop)]
        first, idle = measure_tree(run), measure_tree(run)
        texts, facts = count_readings(shop)
    print(  # noqa: T201  the answer of the command
        f"| {asked.notes:,} notes, {asked.distinct:,} distinct, from file to mart |"
        f" {first.wall_seconds:.0f} s, {first.cpu_seconds:.0f} CPU s, {first.peak_mb:,.0f} MiB |"
        f" < 300 s, < 3,072 MiB |\n"
        f"| the run after it | {idle.wall_seconds:.1f} s, {idle.peak_mb:,.0f} MiB | ≤ 10 s |\n"
        f"| read and kept | {texts:,} texts, {facts:,} return lines × reasons | |"
    )


if __name__ == "__main__":
    main()
