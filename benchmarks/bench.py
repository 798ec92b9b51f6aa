"""``make bench``: what Kaeru costs, as ratios taken in one run, written into the README.

Machines are noisy: CPU seconds and ratios are firm, wall times are not.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.building import measure_building
from benchmarks.daily import measure_daily
from benchmarks.landing_speed import measure_landing
from benchmarks.reads import measure_reads
from benchmarks.shops import BenchShop, make_bench_shop

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"

MEASURES: dict[str, Callable[[BenchShop], list[str]]] = {
    "P2": measure_landing,
    "P1": measure_building,
    "P6": measure_reads,
    "P3": measure_daily,
}


def describe_machine() -> str:
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}"


def write_readme(rows: list[str], *, lines: int) -> None:
    """Put the figures between the marks of the README."""
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    table = "\n".join(
        [
            f"A synthetic shop of {lines:,} order lines; {describe_machine()}.",
            "",
            "| what | figure | goal |",
            "|---|---|---|",
            *rows,
        ]
    )
    README.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines of the shop")
    parser.add_argument("--only", default=",".join(MEASURES), help="which of P1,P2,P3,P6")
    parser.add_argument("--write", action="store_true", help="write the figures into README.md")
    parser.add_argument("--folder", type=Path, help="keep the shop here and use it again")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        shop = make_bench_shop(folder, lines=chosen.lines)
        rows = []
        for name in chosen.only.split(","):
            for row in MEASURES[name](shop):
                print(row, flush=True)  # noqa: T201 - a command that answers on its terminal
                rows.append(row)
    if chosen.write:
        write_readme(rows, lines=chosen.lines)


if __name__ == "__main__":
    main()
