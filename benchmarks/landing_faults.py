"""Landing that is killed: files of a shop land whole and once, whenever the process dies."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.killing import Stable
from orchestration.commands.init import make_shop
from orchestration.folder import ShopFolder
from orchestration.landing_run import land_inbox
from orchestration.store import open_store

FILES = 8
ROWS_PER_FILE = 20_000
# What the victims die in: the whole landing, from its first byte to its last.
VICTIM = "benchmarks.landing_faults"


@dataclass(frozen=True)
class Damage:
    """What kills left behind.

    Attributes
    ----------
    kills : int
        Victims that died before their end.
    lost_rows, doubled_rows : int
        Against what the files hold, after the landing was finished.
    half_files : int
        Loads whose rows are not those of their line in the ledger, seen after any kill.
    """

    kills: int
    lost_rows: int
    doubled_rows: int
    half_files: int


def main(argument: str) -> None:
    """Land the inbox of the shop that the argument names: the victim."""
    land_inbox(Path(argument), run_id="victim")


def make_killing_shop(folder: Path, *, files: int = FILES, rows: int = ROWS_PER_FILE) -> None:
    """Make a shop whose inbox takes a while to land.

    Parameters
    ----------
    folder : Path
    files : int
    rows : int
        Order lines per file, all different.
    """
    make_shop(folder, values={"name": "kills"})
    for number in range(files):
        lines = ["order_line_id,order_id,sku,quantity,unit_price"]
        lines += [f"L{number}-{row},O{row // 3},S{row % 97},1,{row}" for row in range(rows)]
        path = folder / "inbox" / f"order_lines-{number}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        settled = time.time() - 60
        os.utime(path, (settled, settled))


def kill_landings(stable: Stable, shop: Path, *, kills: int, seed: int) -> Damage:
    """Kill landings at random moments until enough of them died, and count the damage.

    Parameters
    ----------
    stable : Stable
        Of ``VICTIM``.
    shop : Path
        Made by ``make_killing_shop``.
    kills : int
    seed : int

    Returns
    -------
    Damage
        Of all kills together.
    """
    draw = random.Random(seed)  # noqa: S311  moments, not secrets
    # The first victim also waits for the imports of the stable.
    for _ in range(2):
        ShopFolder(shop).store.unlink(missing_ok=True)
        seconds = stable.time_one(str(shop))
    expected = count_rows(shop)
    died = lost = doubled = half = 0
    while died < kills:
        ShopFolder(shop).store.unlink()
        is_whole = False
        while not is_whole and died < kills:
            was_killed = stable.kill_one(str(shop), after_seconds=draw.uniform(0, seconds))
            died += was_killed
            is_whole = not was_killed
            half += count_half_files(shop)
        land_inbox(shop, run_id="after")
        rows, different = count_rows(shop)
        lost += max(expected[1] - different, 0)
        doubled += rows - different
    return Damage(kills=died, lost_rows=lost, doubled_rows=doubled, half_files=half)


def count_rows(shop: Path) -> tuple[int, int]:
    """Count the landed rows, and the different keys among them."""
    with open_store(shop, read_only=True) as connection:
        found = connection.execute(
            "select count(*), count(distinct order_line_id) from landing.order_lines"
        ).fetchall()
    return int(found[0][0]), int(found[0][1])


def count_half_files(shop: Path) -> int:
    """Count loads whose rows differ from what the ledger says of them; opening heals the log."""
    if not ShopFolder(shop).store.exists():
        return 0
    with open_store(shop) as connection:
        found = connection.execute(
            "with landed as (select load_id, count(*) as row_count from landing.order_lines"
            " group by load_id) select count(*) from landing.files full join landed"
            " using (load_id) where rows_loaded is distinct from row_count"
        ).fetchall()
    return int(found[0][0])
