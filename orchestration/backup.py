"""Copies of the store that are proven to be whole, and the way back from one."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from orchestration.clock import make_run_id
from orchestration.erasing import append_erasure_list, finish_erasures, read_erasures
from orchestration.folder import ShopFolder
from orchestration.limits import require_free_disk
from orchestration.locking import hold_lock
from orchestration.store import open_store, replace_file, sync_file, sync_folder
from orchestration.verifying import compute_sha256, connect_reader, read_every_table
from orchestration.wording import KaeruError, Words, WrongUseError

MANIFEST: Final = "manifest.json"
STORE_NAME: Final = "store.duckdb"
# What a person wrote travels with the rows; the key of the customer hash does not.
WRITTEN_BY_HAND: Final = ("kaeru.toml", "mappings", "policies", "labels")
# A backup may hold what was erased since: it must not outlive this.
EXPIRY_DAYS: Final = 30
DAY_SECONDS: Final = 86_400

NOT_WHOLE: Final = Words(
    ja="コピー {path} が最後まで読めません: {error}。このバックアップは消しました。",
    en="The copy {path} cannot be read to its end: {error}. This backup was removed.",
)
NO_BACKUP: Final = Words(
    ja="{path} はバックアップではありません（{manifest} がありません）。",
    en="{path} is no backup: it has no {manifest}.",
)
DAMAGED: Final = Words(
    ja="バックアップ {path} が壊れています（{error}）。何も戻していません。"
    "別のバックアップを使ってください。",
    en="The backup {path} is damaged ({error}). Nothing was restored. Use another one.",
)
OCCUPIED: Final = Words(
    ja="{path} にはもう何かあります。空のフォルダを指定してください。",
    en="{path} is not empty. Name an empty folder.",
)


@dataclass(frozen=True)
class Backup:
    """One backup on disk.

    Attributes
    ----------
    folder : Path
    bytes : int
        Of the store.
    sha256 : str
        Of the store.
    tables : int
        All read to their end.
    """

    folder: Path
    bytes: int
    sha256: str
    tables: int


def back_up(shop: Path, *, target: Path | None = None) -> Backup:
    """Copy the store and what a person wrote, and read the copy to its end.

    Parameters
    ----------
    shop : Path
        The shop's folder; its lock is taken.
    target : Path, optional
        An empty or new folder; by default a new one under ``data/backups``, where backups older
        than 30 days are removed.

    Returns
    -------
    Backup

    Raises
    ------
    KaeruError
        If another process works on the shop, the disk is full, or the copy is not whole.
    WrongUseError
        If the folder is not empty.
    """
    paths = ShopFolder(shop)
    folder = target or paths.backups / make_run_id()
    if folder.exists() and any(folder.iterdir()):
        raise WrongUseError(OCCUPIED, path=folder)
    with hold_lock(shop):
        with open_store(shop) as connection:
            connection.execute("checkpoint")
        folder.mkdir(parents=True, exist_ok=True)
        require_free_disk(folder, needed_bytes=2 * paths.store.stat().st_size)
        copy = folder / STORE_NAME
        shutil.copyfile(paths.store, copy)
        sync_file(copy)
        backup = _verify(copy, expected=compute_sha256(paths.store))
    for name in WRITTEN_BY_HAND:
        _copy_if_there(shop / name, target=folder / name)
    _write_manifest(backup)
    if target is None:
        remove_expired_backups(shop)
    return backup


def restore(shop: Path, *, source: Path) -> Backup:
    """Put a backup in the place of the store; what was erased since stays erased.

    The published version stays until the next run builds from the restored rows.

    Parameters
    ----------
    shop : Path
        The shop's folder; its lock is taken.
    source : Path
        A backup's folder.

    Returns
    -------
    Backup
        The one that was restored.

    Raises
    ------
    WrongUseError
        If the folder is no backup.
    KaeruError
        If it is damaged; the store stays as it is.
    """
    paths = ShopFolder(shop)
    try:
        manifest = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WrongUseError(NO_BACKUP, path=source, manifest=MANIFEST) from None
    with hold_lock(shop):
        try:
            backup = _verify(source / STORE_NAME, expected=manifest["sha256"])
        except (KaeruError, FileNotFoundError) as error:
            raise KaeruError(DAMAGED, path=source, error=error) from error
        paths.make_folders()
        require_free_disk(paths.data, needed_bytes=3 * backup.bytes)
        # An erasure that only the store knows goes on the list, which outlives it.
        append_erasure_list(shop, read_erasures(shop))
        fresh = paths.data / "store-restored.duckdb"
        shutil.copyfile(source / STORE_NAME, fresh)
        paths.store.with_suffix(".duckdb.wal").unlink(missing_ok=True)
        replace_file(fresh, target=paths.store)
        _copy_missing(source, target=shop)
        with open_store(shop) as connection:
            # The next run must not think that nothing changed.
            connection.execute("update landing.runs set input_sha256 = null")
        finish_erasures(shop)
    return backup


def remove_expired_backups(shop: Path) -> list[Path]:
    """Remove backups under ``data/backups`` that are older than 30 days.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    list of Path
        What was removed.
    """
    limit = time.time() - EXPIRY_DAYS * DAY_SECONDS
    expired = [p for p in ShopFolder(shop).backups.glob("*") if p.stat().st_mtime < limit]
    for path in expired:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return expired


def _verify(copy: Path, *, expected: str) -> Backup:
    found = compute_sha256(copy)
    try:
        with connect_reader(copy) as connection:
            tables = read_every_table(connection)
    except duckdb.Error as error:
        raise KaeruError(NOT_WHOLE, path=copy, error=str(error).splitlines()[0]) from error
    if found != expected:
        raise KaeruError(NOT_WHOLE, path=copy, error=f"sha256 {found[:12]} ≠ {expected[:12]}")
    return Backup(folder=copy.parent, bytes=copy.stat().st_size, sha256=found, tables=tables)


def _copy_if_there(source: Path, *, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copyfile(source, target)


def _copy_missing(source: Path, *, target: Path) -> None:
    """Copy what a person wrote, where the shop has no such file."""
    for name in WRITTEN_BY_HAND:
        for path in (source / name, *(source / name).rglob("*")):
            wanted = target / path.relative_to(source)
            if path.is_file() and not wanted.exists():
                wanted.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, wanted)


def _write_manifest(backup: Backup) -> None:
    path = backup.folder / MANIFEST
    document = {"sha256": backup.sha256, "bytes": backup.bytes, "tables": backup.tables}
    path.write_text(f"{json.dumps(document, indent=2)}\n", encoding="utf-8")
    sync_file(path)
    sync_folder(backup.folder)
