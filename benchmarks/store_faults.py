"""A store on a bad disk: full, cut off, or with a flipped bit. Noticed, or without effect."""

from __future__ import annotations

import contextlib
import random
import resource
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.killing import Stable
from benchmarks.landing_faults import count_half_files, count_rows
from orchestration.folder import ShopFolder
from orchestration.landing_run import land_inbox
from orchestration.schema import migrate
from orchestration.store import open_store
from orchestration.wording import KaeruError

# On a full disk a write fails; a limit on the size of files makes it fail at any byte we like.
FULL_DISK_VICTIM = "benchmarks.store_faults"


@dataclass(frozen=True)
class Harm:
    """What came of tries to harm a store.

    Attributes
    ----------
    tries : int
    noticed : int
        Ended in an error.
    silent : int
        Ended without one, and with other rows than there should be.
    """

    tries: int
    noticed: int
    silent: int


def main(argument: str) -> None:
    """Land the inbox of a shop while no file may grow above a size: the victim."""
    limit, _, shop = argument.partition(" ")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    land_inbox(Path(shop), run_id="victim")


def fill_disk(stable: Stable, shop: Path, *, tries: int, seed: int) -> Harm:
    """Land while the disk is full at a random byte, then with room again.

    Parameters
    ----------
    stable : Stable
        Of ``FULL_DISK_VICTIM``.
    shop : Path
        Made by ``landing_faults.make_killing_shop``.
    tries : int
    seed : int

    Returns
    -------
    Harm
    """
    draw = random.Random(seed)  # noqa: S311  places, not secrets
    store = ShopFolder(shop).store
    store.unlink(missing_ok=True)
    land_inbox(shop, run_id="whole")
    expected, whole_bytes = count_rows(shop), store.stat().st_size
    noticed = silent = 0
    for _ in range(tries):
        store.unlink()
        store.with_suffix(".duckdb.wal").unlink(missing_ok=True)
        limit = draw.randrange(4096, whole_bytes)
        with contextlib.suppress(RuntimeError):
            stable.time_one(f"{limit} {shop}")
        half = count_half_files(shop)
        was_short = not store.exists() or count_rows_or_none(shop) != expected
        noticed += was_short
        land_inbox(shop, run_id="after")
        silent += half > 0 or count_rows(shop) != expected
    return Harm(tries=tries, noticed=noticed, silent=silent)


def count_rows_or_none(shop: Path) -> tuple[int, int] | None:
    """Count the landed rows of a store that may have no tables yet."""
    try:
        return count_rows(shop)
    except (KaeruError, duckdb.Error):
        return None


def make_open_store(shop: Path, *, loads: int = 20) -> None:
    """Leave a store whose last transactions are in its log only, as a killed process does."""
    folder = ShopFolder(shop)
    with open_store(shop):
        pass
    aside = folder.data / "open.duckdb"
    shutil.copyfile(folder.store, aside)
    with duckdb.connect(str(aside)) as connection:
        migrate(connection)
        connection.execute("set checkpoint_threshold = '1GB'")
        for load in range(1, loads + 1):
            connection.begin()
            connection.execute(
                "insert into landing.order_lines by name"
                " select ?::bigint as load_id, 'L' || range as order_line_id from range(50)",
                [load],
            )
            connection.execute(
                "insert into landing.files by name select ?::bigint as load_id,"
                " 'f' as file_name, 50 as rows_in, 50 as rows_loaded, 'loaded' as state",
                [load],
            )
            connection.commit()
        shutil.copyfile(aside, folder.store)
        shutil.copyfile(aside.with_name("open.duckdb.wal"), folder.data / "store.duckdb.wal")
    aside.unlink()


def cut_logs(shop: Path, *, tries: int, seed: int) -> Harm:
    """Cut the log of a killed process at random places: whole loads stay, or an error says so."""
    draw = random.Random(seed)  # noqa: S311  places, not secrets
    make_open_store(shop)
    folder = ShopFolder(shop)
    log = folder.data / "store.duckdb.wal"
    store_bytes, log_bytes = folder.store.read_bytes(), log.read_bytes()
    noticed = silent = 0
    for _ in range(tries):
        folder.store.write_bytes(store_bytes)
        log.write_bytes(log_bytes[: draw.randrange(len(log_bytes))])
        try:
            silent += count_half_files(shop) > 0
        except KaeruError:
            noticed += 1
        log.unlink(missing_ok=True)
    return Harm(tries=tries, noticed=noticed, silent=silent)


def flip_bits(path: Path, *, tries: int, seed: int) -> Harm:
    """Flip one bit of a DuckDB file at a time: it is noticed, or every value is the same.

    Parameters
    ----------
    path : Path
        A closed file; a copy of it is harmed.
    tries, seed : int

    Returns
    -------
    Harm
    """
    draw = random.Random(seed)  # noqa: S311  places, not secrets
    content = path.read_bytes()
    copy = path.with_name("flipped.duckdb")
    expected = read_values(path)
    noticed = silent = 0
    for _ in range(tries):
        place, bit = draw.randrange(len(content)), draw.randrange(8)
        harmed = bytearray(content)
        harmed[place] ^= 1 << bit
        copy.write_bytes(harmed)
        try:
            silent += read_values(copy) != expected
        except duckdb.Error:
            noticed += 1
    copy.unlink()
    return Harm(tries=tries, noticed=noticed, silent=silent)


def read_values(path: Path) -> list[tuple[object, ...]]:
    """Read one number of every table that any changed value changes."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() order by all"
        ).fetchall()
        return [
            (
                *(schema, table),
                *connection.table(f'"{schema}"."{table}"')
                .aggregate("count(*), bit_xor(hash(columns(*)::varchar))")
                .fetchall(),
            )
            for schema, table in tables
        ]
