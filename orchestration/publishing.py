"""Putting a built file before the readers, whole or not at all."""

from __future__ import annotations

import shutil
import stat
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from orchestration.folder import ShopFolder
from orchestration.publication import (
    CheckCounts,
    Publication,
    list_versions,
    read_pointer,
    write_publication,
)
from orchestration.store import replace_file, sync_folder
from orchestration.verifying import compute_sha256, connect_reader, read_every_table
from orchestration.wording import KaeruError, Words

KEPT_VERSIONS: Final = 3

NOTHING_BUILT: Final = Words(
    ja="公開するファイル {path} がありません。前回の公開内容はそのままです。",
    en="There is no {path} to publish. The last published version stays.",
)
WAL_LEFT: Final = Words(
    ja="{path} に書きかけの記録 (.wal) が残っているため公開しません。"
    "前回の公開内容はそのままです。",
    en="{path} still has a write-ahead log, so it is not published. The last version stays.",
)
UNREADABLE: Final = Words(
    ja="{path} が最後まで読めません: {error}。前回の公開内容はそのままです。",
    en="{path} cannot be read to its end: {error}. The last published version stays.",
)
NO_TABLES: Final = Words(
    ja="{path} に表が一つもないため公開しません。前回の公開内容はそのままです。",
    en="{path} holds no table, so it is not published. The last published version stays.",
)
NO_VERSION: Final = Words(
    ja="公開した版 {version} はもうありません。戻せる版: {known}。",
    en="There is no published version {version} any more. Versions to go back to: {known}.",
)
CHANGED: Final = Words(
    ja="版 {version} の中身が公開した時と違います（sha256 が一致しません）。"
    "`kaeru run` で作り直してください。",
    en="Version {version} is not what was published: its sha256 differs. "
    "Build it again with `kaeru run`.",
)


def publish(
    shop: Path, *, run_id: str, as_of: str, tests: CheckCounts | Mapping[str, int], models: int
) -> Publication:
    """Publish the serving database of a finished build.

    Readers see the version before or this one, never a part: the file gets a new name, and the
    pointer moves in one step after everything is on the disk.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and no process has the file open.
    run_id : str
        Names the version.
    as_of : str
        YYYY-MM-DD.
    tests : CheckCounts or mapping of {"passed", "warned", "failed"} to int
    models : int
        How many models were built.

    Returns
    -------
    Publication

    Raises
    ------
    KaeruError
        If the file is missing, unfinished, empty or unreadable; the last version stays.
    """
    folder = ShopFolder(shop)
    built = folder.serving_database
    if not built.exists():
        raise KaeruError(NOTHING_BUILT, path=built)
    if built.with_suffix(".duckdb.wal").exists():
        raise KaeruError(WAL_LEFT, path=built)
    digest = _validate_and_hash(built)
    folder.serving.mkdir(parents=True, exist_ok=True)
    target = folder.serving / f"wh-{run_id}.duckdb"
    built.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    replace_file(built, target=target)
    publication = Publication(
        version=run_id,
        file=target.name,
        bytes=target.stat().st_size,
        sha256=digest,
        as_of=as_of,
        published_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        tests=tests if isinstance(tests, CheckCounts) else CheckCounts(**tests),
        models=models,
    )
    write_publication(target.with_suffix(".json"), publication=publication)
    write_publication(folder.pointer, publication=publication)
    remove_old_versions(shop)
    clear_build(shop)
    return publication


def rollback(shop: Path, *, version: str | None = None) -> Publication:
    """Point the readers to an earlier version that is still kept.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock.
    version : str, optional
        By default the one before the current.

    Returns
    -------
    Publication
        The version that readers see now.

    Raises
    ------
    KaeruError
        If there is no such version, or its bytes are not those that were published.
    """
    folder = ShopFolder(shop)
    kept = {publication.version: publication for publication in list_versions(shop)}
    current = read_pointer(shop)
    if version is None:
        earlier = [name for name in kept if current is not None and name < current.version]
        version = max(earlier, default=None)
    if version is None or version not in kept:
        known = ", ".join(kept) or "—"
        raise KaeruError(NO_VERSION, version=version or "—", known=known)
    publication = kept[version]
    if compute_sha256(folder.serving / publication.file) != publication.sha256:
        raise KaeruError(CHANGED, version=version)
    write_publication(folder.pointer, publication=publication)
    return publication


def remove_old_versions(shop: Path, *, keep: int = KEPT_VERSIONS) -> None:
    """Remove all but the newest versions; the one that is pointed to always stays.

    A reader that has a removed file open keeps reading it: the bytes go when it closes.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    keep : int, default 3
    """
    folder = ShopFolder(shop)
    current = read_pointer(shop)
    names = sorted((path.stem for path in folder.serving.glob("wh-*.duckdb")), reverse=True)
    kept = set(names[:keep]) | ({Path(current.file).stem} if current else set())
    for path in folder.serving.glob("wh-*"):
        if path.name.split(".")[0] not in kept:
            path.unlink()
    sync_folder(folder.serving)


def clear_build(shop: Path) -> None:
    """Remove the databases of a build, and the figures of past days from earlier landed rows."""
    folder = ShopFolder(shop)
    shutil.rmtree(folder.past_days, ignore_errors=True)
    for database in (folder.build_database, folder.serving_database):
        for path in (database, database.with_suffix(".duckdb.wal")):
            path.unlink(missing_ok=True)


def _validate_and_hash(path: Path) -> str:
    """Read the file through a fresh connection while its hash is computed beside it."""
    digests: list[str] = []
    hashing = threading.Thread(target=lambda: digests.append(compute_sha256(path)))
    hashing.start()
    try:
        with connect_reader(path) as connection:
            tables = read_every_table(connection)
    except duckdb.Error as error:
        raise KaeruError(UNREADABLE, path=path, error=str(error).splitlines()[0]) from error
    finally:
        hashing.join()
    if tables == 0:
        raise KaeruError(NO_TABLES, path=path)
    return digests[0]
