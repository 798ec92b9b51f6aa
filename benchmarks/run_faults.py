"""Whole runs that are killed: the next one publishes what an undisturbed shop publishes."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.folder import ShopFolder
from orchestration.publication import read_pointer
from orchestration.verifying import compute_sha256, connect_reader

KAERU = Path(sys.executable).with_name("kaeru")
# What a run writes about itself differs from run to run.
OF_THE_RUN = {"run_id", "landed_at", "last_landed_at", "newest_load_at", "quarantined_at"}


@dataclass(frozen=True)
class RunDamage:
    """What kills of whole runs left behind.

    Attributes
    ----------
    kills : int
    half_published : int
        Moments at which readers had no whole version.
    is_same : bool
        Whether the marts at the end equal those of a shop that nobody killed.
    """

    kills: int
    half_published: int
    is_same: bool


def run_to_end(shop: Path) -> float:
    """Run the shop once, undisturbed; return the seconds it took."""
    done = subprocess.run(
        [str(KAERU), "run", "--json", "--shop", str(shop)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(json.loads(done.stdout)["run"]["seconds"])


def kill_runs(shop: Path, *, undisturbed: Path, kills: int, seed: int) -> RunDamage:
    """Kill ``kaeru run`` at random moments, look at what readers see, and finish at last.

    Parameters
    ----------
    shop : Path
        Never run before.
    undisturbed : Path
        An equal shop.
    kills : int
    seed : int

    Returns
    -------
    RunDamage
    """
    draw = random.Random(seed)  # noqa: S311  moments, not secrets
    seconds = run_to_end(undisturbed)
    toml = ShopFolder(shop).settings_file
    settings = toml.read_text(encoding="utf-8")
    died = half = 0
    while died < kills:
        # Once a run got through, the next would be idle: another setting makes it build again.
        days = 90 + died % 2
        toml.write_text(settings.replace("address_days = 90", f"address_days = {days}"), "utf-8")
        process = subprocess.Popen(
            [str(KAERU), "run", "--shop", str(shop)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started = time.monotonic()
        try:
            process.wait(timeout=draw.uniform(0.5, seconds))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            died += 1
        else:
            # It got through: the moments to die at lie within what such a run takes.
            seconds = time.monotonic() - started
        half += not is_whole(shop)
    toml.write_text(settings, "utf-8")
    run_to_end(shop)
    return RunDamage(died, half, is_same=read_marts(shop) == read_marts(undisturbed))


def is_whole(shop: Path) -> bool:
    """Tell whether readers have a whole version, or none yet."""
    publication = read_pointer(shop)
    if publication is None:
        return True
    path = ShopFolder(shop).serving / publication.file
    return path.exists() and compute_sha256(path) == publication.sha256


def read_marts(shop: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read every published mart but what names the run."""
    publication = read_pointer(shop)
    if publication is None:
        return {}
    with connect_reader(ShopFolder(shop).serving / publication.file) as connection:
        names = connection.execute("select table_name from duckdb_tables() order by all").fetchall()
        return {name: _read_mart(connection, name) for (name,) in names}


def _read_mart(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[object, ...]]:
    relation = connection.table(f"marts.{name}")
    kept = [column for column in relation.columns if column not in OF_THE_RUN]
    return sorted(relation.select(*kept).fetchall(), key=repr)
