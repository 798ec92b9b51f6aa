"""Publishing that is killed or read from all sides: readers see whole versions, in order."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from benchmarks.killing import Stable
from orchestration.folder import ShopFolder
from orchestration.publication import CheckCounts, Publication, read_pointer
from orchestration.publishing import publish
from orchestration.verifying import compute_sha256, connect_reader

VICTIM = "benchmarks.publishing_faults"
ROWS = 20_000


@dataclass
class ReadCounts:
    """What readers saw.

    Attributes
    ----------
    reads, failed, torn, backwards : int
    """

    reads: int = 0
    failed: int = 0
    torn: int = 0
    backwards: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *, is_failed: bool, is_torn: bool, is_backwards: bool) -> None:
        """Count one read."""
        with self.lock:
            self.reads += 1
            self.failed += is_failed
            self.torn += is_torn
            self.backwards += is_backwards


def build_version(shop: Path, *, version: str, rows: int = ROWS) -> None:
    """Build marts whose every row names the version, where a build leaves them."""
    folder = ShopFolder(shop)
    folder.make_folders()
    with contextlib.suppress(FileNotFoundError):
        folder.serving_database.chmod(0o644)
        folder.serving_database.unlink()
    with duckdb.connect(str(folder.serving_database)) as connection:
        connection.execute("create schema marts")
        for table in ("marts.first_half", "marts.second_half"):
            connection.execute(f"create table {table} (version varchar, number bigint)")
            connection.execute(
                f"insert into {table} select ?, range from range(?)", [version, rows]
            )


def main(argument: str) -> None:
    """Build and publish versions of the shop that the argument names, for ever: the victim."""
    shop = Path(argument)
    while True:
        publish_one(shop)


def publish_one(shop: Path) -> str:
    """Build and publish one version; return its name, which sorts behind all before."""
    version = f"{time.time_ns():020d}"
    build_version(shop, version=version)
    publish(shop, run_id=version, as_of="2026-10-31", tests=CheckCounts(), models=2)
    return version


def read_version(shop: Path) -> tuple[Publication, bool]:
    """Read the published version as a page does: the pointer first, then its file.

    Returns
    -------
    publication : Publication
    is_torn : bool
        Whether any row is of another version, or any is missing.

    Raises
    ------
    FileNotFoundError
        If nothing is published.
    """
    publication = read_pointer(shop)
    if publication is None:
        raise FileNotFoundError("nothing is published")
    with connect_reader(ShopFolder(shop).serving / publication.file) as connection:
        seen = connection.execute(
            "select count(*), min(version), max(version) from"
            " (from marts.first_half union all by name from marts.second_half)"
        ).fetchall()[0]
    whole = (2 * ROWS, publication.version, publication.version)
    return publication, tuple(seen) != whole


def read_while_publishing(shop: Path, *, publishes: int, readers: int) -> ReadCounts:
    """Publish again and again while threads read.

    Parameters
    ----------
    shop : Path
    publishes, readers : int

    Returns
    -------
    ReadCounts
    """
    publish_one(shop)
    counts, is_over = ReadCounts(), threading.Event()
    threads = [
        threading.Thread(target=_read_until, args=(shop, is_over, counts)) for _ in range(readers)
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in range(publishes):
            publish_one(shop)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    return counts


def _read_until(shop: Path, is_over: threading.Event, counts: ReadCounts) -> None:
    latest = ""
    while not is_over.is_set():
        latest = _read_once(shop, counts=counts, latest=latest)


def _read_once(shop: Path, *, counts: ReadCounts, latest: str, is_hashed: bool = False) -> str:
    """Count one read; a file that went while it was opened is none if the pointer went on."""
    pointer = read_pointer(shop)
    try:
        publication, is_torn = read_version(shop)
        if is_hashed:
            path = ShopFolder(shop).serving / publication.file
            is_torn |= compute_sha256(path) != publication.sha256
    except (duckdb.Error, OSError, ValueError):
        if read_pointer(shop) == pointer:
            counts.add(is_failed=True, is_torn=False, is_backwards=False)
        return latest
    counts.add(is_failed=False, is_torn=is_torn, is_backwards=publication.version < latest)
    return publication.version


def kill_publishers(stable: Stable, shop: Path, *, kills: int, seed: int) -> ReadCounts:
    """Kill a process that publishes all the time, and read after every kill.

    Parameters
    ----------
    stable : Stable
        Of ``VICTIM``.
    shop : Path
    kills : int
    seed : int

    Returns
    -------
    ReadCounts
        One read per kill; torn also when the file is not the one whose hash the pointer names.
    """
    draw = random.Random(seed)  # noqa: S311  moments, not secrets
    counts, latest = ReadCounts(), publish_one(shop)
    for _ in range(kills):
        stable.kill_one(str(shop), after_seconds=draw.uniform(0.02, 0.6))
        latest = _read_once(shop, counts=counts, latest=latest, is_hashed=True)
    return counts
