"""The synthetic shop that the benchmarks work on."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Cost, measure_command

SEED = 20261031


@dataclass(frozen=True)
class BenchShop:
    """A generated shop.

    Attributes
    ----------
    folder : Path
    lines : int
        Order lines asked for.
    generation : Cost or None
        None when the shop was there already.
    """

    folder: Path
    lines: int
    generation: Cost | None


def find_command(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment without what would point Kaeru elsewhere."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KAERU_")}
    return kept | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"} | more


def make_bench_shop(folder: Path, *, lines: int) -> BenchShop:
    """Generate the shop unless it is there."""
    shop = folder / f"shop-{lines}"
    cost = None
    if not (shop / "kaeru.toml").exists():
        cost = measure_command(
            [find_command("kaeru"), "demo", str(shop), "--lines", str(lines), "--seed", str(SEED)],
            environment=clean_environment(),
        )
    return BenchShop(shop, lines, cost)


def find_python() -> str:
    return sys.executable
