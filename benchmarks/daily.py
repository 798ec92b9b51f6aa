"""P3 and P8: a day's delivery from file to published, and a run with nothing new."""

from __future__ import annotations

import os
import time
from pathlib import Path

from benchmarks.measuring import Cost, measure_command, median_wall
from benchmarks.shops import BenchShop, clean_environment, find_command

DAYS = 365
IDLE_ROUNDS = 3


def run_kaeru(shop: Path) -> Cost:
    return measure_command(
        [find_command("kaeru"), "run", "--shop", str(shop)], environment=clean_environment()
    )


def write_day(shop: BenchShop) -> int:
    """Write a day of new lines: the last file's first lines under new numbers."""
    source = sorted((shop.folder / "inbox").glob("order_lines-*.csv"))[-1]
    count = max(1, shop.lines // DAYS)
    mark = f"{time.time_ns():x}"
    target = shop.folder / "inbox" / f"order_lines-day-{mark}.csv"
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as sink:
        sink.write(next(lines))
        for _, line in zip(range(count), lines, strict=False):
            sink.write(f"{mark}-{line}")
    settled = time.time() - 60
    os.utime(target, (settled, settled))
    return count


def measure_daily(shop: BenchShop) -> list[str]:
    """Return the rows of P3 and P8; the shop must be published."""
    count = write_day(shop)
    day = run_kaeru(shop.folder)
    idle = [run_kaeru(shop.folder) for _ in range(IDLE_ROUNDS)]
    return [
        f"| a day's delivery ({count:,} lines) from file to published |"
        f" {day.wall_seconds:.0f} s, {day.cpu_seconds:.0f} CPU s | ≤ 60 s |",
        f"| `kaeru run` with nothing new | {median_wall(idle):.1f} s | ≤ 10 s, goal 3 |",
    ]
