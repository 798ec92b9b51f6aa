"""The store of landed rows: opened by one writer, never by a page."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb

from orchestration.clock import make_run_id
from orchestration.folder import ShopFolder
from orchestration.limits import build_connection_settings
from orchestration.schema import migrate, needs_migration
from orchestration.wording import KaeruError, Words

LOCK_CONFLICT: Final = "lock on file"
# `kaeru status` has the store open for a moment; a run must not fail of it.
WRITER_WAIT_SECONDS: Final = 10.0
READER_WAIT_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 0.1
# After these a connection is of no use any more: the work ends, and the next run starts afresh.
FATAL: Final = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.OutOfMemoryException,
    duckdb.SerializationException,
)

STORE_BUSY: Final = Words(
    ja="{path} を別のプログラムが開いています。閉じてからもう一度実行してください。({error})",
    en="Another program has {path} open. Close it and run again. ({error})",
)
STORE_BROKEN: Final = Words(
    ja="{path} を開けません: {error}。`kaeru restore` でバックアップから戻してください。",
    en="{path} cannot be opened: {error}. Bring back a backup with `kaeru restore`.",
)
STORE_FAILED: Final = Words(
    ja="{path} を読み書きできません: {error}。"
    "ディスクの空きと状態を確かめて、もう一度実行してください。"
    "何度も出る場合は `kaeru restore` でバックアップから戻してください。",
    en="{path} cannot be read or written: {error}. Check room and health of the disk and run "
    "again. If it comes back, bring back a backup with `kaeru restore`.",
)
NO_STORE: Final = Words(
    ja="まだ何も取り込まれていません。inbox/ にファイルを置いて `kaeru run` を実行してください。",
    en="Nothing was landed yet. Put files into inbox/ and run `kaeru run`.",
)


@contextlib.contextmanager
def open_store(shop: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the store of a shop; closing it leaves no write-ahead log behind.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    read_only : bool, default False
        Opened for writing, the store is made or brought to the newest format first; the caller
        holds the shop's lock.

    Yields
    ------
    DuckDBPyConnection
        Schema ``landing``.

    Raises
    ------
    KaeruError
        If the store is missing (reading only), in use, broken, or newer than this program.
    """
    folder = ShopFolder(shop)
    if read_only and not folder.store.exists():
        raise KaeruError(NO_STORE)
    if not read_only:
        folder.make_folders()
        if not folder.store.exists():
            _make_store(folder)
    connection = open_database(folder.store, temporary=folder.temporary, read_only=read_only)
    try:
        if not read_only and needs_migration(connection):
            connection.execute("checkpoint")
            connection.close()
            _keep_copy(folder)
            connection = open_database(folder.store, temporary=folder.temporary)
            migrate(connection)
        yield connection
    except FATAL as error:
        first = str(error).splitlines()[0]
        raise KaeruError(STORE_FAILED, path=folder.store, error=first) from error
    finally:
        connection.close()


def open_database(
    path: Path, *, temporary: Path, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open one DuckDB file with the limits of this machine.

    Parameters
    ----------
    path : Path
    temporary : Path
        Folder to spill into.
    read_only : bool, default False

    Returns
    -------
    DuckDBPyConnection

    Raises
    ------
    KaeruError
        If the file is in use or broken.
    """
    settings = build_connection_settings(temporary)
    deadline = time.monotonic() + (READER_WAIT_SECONDS if read_only else WRITER_WAIT_SECONDS)
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config=settings)
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            is_busy = LOCK_CONFLICT in first
            if not is_busy or time.monotonic() >= deadline:
                words = STORE_BUSY if is_busy else STORE_BROKEN
                raise KaeruError(words, path=path, error=first) from error
        time.sleep(PAUSE_SECONDS)


def rewrite_store(shop: Path) -> None:
    """Write the store into a new file and put it in the place of the old one.

    DELETE and UPDATE leave the old bytes in a DuckDB file; a new file has only what is live.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has the store closed.
    """
    folder = ShopFolder(shop)
    fresh = _clear_fresh(folder)
    connection = open_database(folder.store, temporary=folder.temporary)
    try:
        connection.execute("attach ? as fresh", [str(fresh)])
        connection.execute("copy from database store to fresh")
        connection.execute("detach fresh")
    finally:
        connection.close()
    replace_file(fresh, target=folder.store)
    folder.store.with_suffix(".duckdb.wal").unlink(missing_ok=True)


def _make_store(folder: ShopFolder) -> None:
    """Make an empty store beside its place: one that is cut short there could not be opened."""
    fresh = _clear_fresh(folder)
    settings = build_connection_settings(folder.temporary)
    try:
        with duckdb.connect(str(fresh), config=settings) as connection:
            migrate(connection)
    except FATAL as error:
        first = str(error).splitlines()[0]
        raise KaeruError(STORE_FAILED, path=folder.store, error=first) from error
    replace_file(fresh, target=folder.store)


def _clear_fresh(folder: ShopFolder) -> Path:
    """Name the place in which a new store is written, empty."""
    fresh = folder.data / "store-fresh.duckdb"
    for leftover in (fresh, fresh.with_suffix(".duckdb.wal")):
        leftover.unlink(missing_ok=True)
    return fresh


def replace_file(source: Path, *, target: Path) -> None:
    """Put a finished file in the place of another, so that a crash leaves one or the other.

    Parameters
    ----------
    source, target : Path
        On one disk.
    """
    sync_file(source)
    source.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until a folder's entries are on the disk."""
    sync_file(path)


def _keep_copy(folder: ShopFolder) -> None:
    """Copy a closed store before its format changes."""
    folder.backups.mkdir(parents=True, exist_ok=True)
    copy = folder.backups / f"store-before-upgrade-{make_run_id()}.duckdb"
    shutil.copyfile(folder.store, copy)
    sync_file(copy)
