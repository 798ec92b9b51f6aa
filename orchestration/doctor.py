"""``kaeru doctor``: every part of a set-up, what is wrong with it, and the way out."""

from __future__ import annotations

import hmac
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata, util
from pathlib import Path
from typing import Any, Final, Literal

import duckdb

from orchestration.fingerprint import DBT_PROJECT
from orchestration.folder import ShopFolder
from orchestration.kept_drift import DRIFTED, read_drift
from orchestration.ledger import Ledger
from orchestration.limits import MEBIBYTE, read_memory_bytes
from orchestration.locking import find_lock_holder
from orchestration.mapping_choice import load_all_mappings
from orchestration.publication import read_pointer
from orchestration.runs import read_last_run
from orchestration.schema import KEY_CHECK_TEXT, KEY_MARK, needs_migration, read_mark
from orchestration.settings import load_hash_key, load_settings
from orchestration.store import open_store
from orchestration.verifying import compute_sha256, connect_reader, read_every_table
from orchestration.wording import KaeruError, Language, Words

State = Literal["ok", "warning", "wrong"]

MIN_FREE_BYTES: Final = 1024 * MEBIBYTE
MIN_MEMORY_BYTES: Final = 2048 * MEBIBYTE
PROGRAMS: Final = ("dbt", "dagster", "streamlit")

OK: Final = Words(ja="問題ありません", en="fine")
NAMED: Final = Words(ja="{name}", en="{name}")
NOTHING_YET: Final = Words(ja="まだありません", en="nothing yet")
BAD_FOLDER: Final = Words(
    ja="{path} がないか、書き込めません。`mkdir` と `chmod` で直してください",
    en="{path} is missing or cannot be written. Mend it with `mkdir` and `chmod`",
)
LOW_DISK: Final = Words(
    ja="空きが {free:,} MiB しかありません。{needed:,} MiB 以上を空けてください",
    en="Only {free:,} MiB are free. Make room for {needed:,} MiB",
)
LOW_MEMORY: Final = Words(
    ja="メモリが {found:,} MiB しかありません。大きなファイルでは {needed:,} MiB 以上が要ります",
    en="There are only {found:,} MiB of memory. Large files want {needed:,} MiB",
)
NO_PROGRAM: Final = Words(
    ja="{name} が見つかりません。`make setup` で入れ直してください",
    en="{name} is missing. Install again with `make setup`",
)
IS_LOCKED: Final = Words(
    ja="プロセス {pid} が実行中です",
    en="Process {pid} is at work",
)
OTHER_KEY: Final = Words(
    ja="取り込み済みのデータと鍵が違います。元の secret.key に戻してください",
    en="It is not the key of the landed data. Put the old secret.key back",
)
UNBALANCED: Final = Words(
    ja="行数の合わないファイルがあります: {files}。`kaeru restore` で戻してください",
    en="Files whose rows do not balance: {files}. Bring back a backup with `kaeru restore`",
)
OLD_FORMAT: Final = Words(
    ja="古い形式です。次の `kaeru run` で新しくなります",
    en="It has an older format. The next `kaeru run` brings it up to date",
)
REFUSED: Final = Words(
    ja="受け付けられないファイルがあります: {files}。理由は `kaeru quarantine` で見られます",
    en="Refused files: {files}. `kaeru quarantine` says why",
)
RUN_FAILED: Final = Words(
    ja="最後の実行 {run_id} は失敗しました: {message}",
    en="The last run, {run_id}, failed: {message}",
)
RUN_CUT: Final = Words(
    ja="最後の実行 {run_id} は途中で切れています。もう一度 `kaeru run` を実行してください",
    en="The last run, {run_id}, was cut off. Run `kaeru run` again",
)
BROKEN_VERSION: Final = Words(
    ja="公開中のファイル {file} がないか、公開した時と違います。"
    "`kaeru rollback` か `kaeru run` で直してください",
    en="The published {file} is missing or not what was published. "
    "Mend it with `kaeru rollback` or `kaeru run`",
)


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    state : {"ok", "warning", "wrong"}
        A warning does not keep a run from working.
    words : Words
    values : dict
        What the words need.
    """

    state: State
    words: Words
    values: dict[str, object] = field(default_factory=dict)


def examine(shop: Path, *, language: Language) -> list[dict[str, Any]]:
    """Check every part of a set-up.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    language : {"ja", "en"}
        Of the messages.

    Returns
    -------
    list of dict
        ``check, state, message``; state is ``ok``, ``warning`` or ``wrong``.
    """
    answers = []
    for name, check in CHECKS.items():
        try:
            finding = check(shop)
        except KaeruError as error:
            finding = Finding("wrong", error.words, error.values)
        message = finding.words.render(language, **finding.values)
        answers.append({"check": name, "state": finding.state, "message": message})
    return answers


def _check_programs(_shop: Path) -> Finding:
    beside = Path(sys.executable).parent
    missing = [name for name in PROGRAMS if not (beside / name).exists()]
    missing += [] if DBT_PROJECT.is_dir() else ["dbt_project"]
    missing += [] if util.find_spec("dashboards") else ["dashboards"]
    if missing:
        return Finding("wrong", NO_PROGRAM, {"name": ", ".join(missing)})
    return Finding("ok", NAMED, {"name": f"kaeru {metadata.version('kaeru')}"})


def _check_settings(shop: Path) -> Finding:
    return Finding("ok", NAMED, {"name": load_settings(shop).name})


def _check_key(shop: Path) -> Finding:
    key = load_hash_key(shop)
    if not ShopFolder(shop).store.exists():
        return Finding("ok", OK)
    with open_store(shop, read_only=True) as connection:
        known = read_mark(connection, KEY_MARK)
    if known is not None and known != hmac.digest(key, KEY_CHECK_TEXT, "sha256").hex():
        return Finding("wrong", OTHER_KEY)
    return Finding("ok", OK)


def _check_folders(shop: Path) -> Finding:
    for path in (shop, *ShopFolder(shop).list_folders()):
        if not (path.is_dir() and os.access(path, os.W_OK | os.X_OK)):
            return Finding("wrong", BAD_FOLDER, {"path": path})
    return Finding("ok", OK)


def _check_disk(shop: Path) -> Finding:
    store = ShopFolder(shop).store
    stored = store.stat().st_size if store.exists() else 0
    needed, free = MIN_FREE_BYTES + 3 * stored, shutil.disk_usage(shop).free
    numbers: dict[str, object] = {"free": free // MEBIBYTE, "needed": needed // MEBIBYTE}
    return Finding("ok", OK) if free >= needed else Finding("wrong", LOW_DISK, numbers)


def _check_memory(_shop: Path) -> Finding:
    found = read_memory_bytes()
    if found < MIN_MEMORY_BYTES:
        numbers = (found // MEBIBYTE, MIN_MEMORY_BYTES // MEBIBYTE)
        return Finding("warning", LOW_MEMORY, {"found": numbers[0], "needed": numbers[1]})
    return Finding("ok", OK)


def _check_lock(shop: Path) -> Finding:
    pid = find_lock_holder(shop)
    return Finding("warning", IS_LOCKED, {"pid": pid}) if pid else Finding("ok", OK)


def _check_mappings(shop: Path) -> Finding:
    mappings = load_all_mappings(shop)
    names = ", ".join(sorted(one.name for one in (*mappings.shop, *mappings.shipped)))
    return Finding("ok", NAMED, {"name": names})


def _check_store(shop: Path) -> Finding:
    if not ShopFolder(shop).store.exists():
        return Finding("ok", NOTHING_YET)
    with open_store(shop, read_only=True) as connection:
        if needs_migration(connection):
            return Finding("warning", OLD_FORMAT)
        read_every_table(connection)
        ledger = Ledger.read(connection)
    unbalanced = [
        one.file_name
        for one in ledger.entries.values()
        if one.rows_in != one.rows_loaded + one.rows_quarantined + one.rows_erased
    ]
    if unbalanced:
        return Finding("wrong", UNBALANCED, {"files": ", ".join(unbalanced)})
    return Finding("ok", OK)


def _check_files(shop: Path) -> Finding:
    if not ShopFolder(shop).store.exists():
        return Finding("ok", NOTHING_YET)
    with open_store(shop, read_only=True) as connection:
        entries = Ledger.read(connection).entries.values()
    refused = sorted({one.file_name for one in entries if one.state == "refused"})
    if refused:
        return Finding("warning", REFUSED, {"files": ", ".join(refused)})
    return Finding("ok", OK)


def _check_last_run(shop: Path) -> Finding:
    if not ShopFolder(shop).store.exists():
        return Finding("ok", NOTHING_YET)
    with open_store(shop, read_only=True) as connection:
        run = read_last_run(connection)
    if run is None:
        return Finding("ok", NOTHING_YET)
    if run.finished_at is None:
        state: State = "ok" if find_lock_holder(shop) else "warning"
        return Finding(state, RUN_CUT, {"run_id": run.run_id})
    if run.exit_code:
        return Finding("wrong", RUN_FAILED, {"run_id": run.run_id, "message": run.message})
    return Finding("ok", NAMED, {"name": run.run_id})


def _check_published(shop: Path) -> Finding:
    publication = read_pointer(shop)
    if publication is None:
        return Finding("ok", NOTHING_YET)
    path = ShopFolder(shop).serving / publication.file
    broken = Finding("wrong", BROKEN_VERSION, {"file": publication.file})
    if not path.exists() or compute_sha256(path) != publication.sha256:
        return broken
    try:
        with connect_reader(path) as connection:
            read_every_table(connection)
    except duckdb.Error:
        return broken
    return Finding("ok", NAMED, {"name": publication.version})


def _check_notes(shop: Path) -> Finding:
    found = read_drift(shop)
    if found is None:
        return Finding("ok", NOTHING_YET)
    return Finding("warning", DRIFTED, found) if found["is_drifted"] else Finding("ok", OK)


CHECKS: Final[dict[str, Callable[[Path], Finding]]] = {
    "programs": _check_programs,
    "settings": _check_settings,
    "secret_key": _check_key,
    "folders": _check_folders,
    "disk": _check_disk,
    "memory": _check_memory,
    "lock": _check_lock,
    "mappings": _check_mappings,
    "store": _check_store,
    "files": _check_files,
    "last_run": _check_last_run,
    "published": _check_published,
    "notes": _check_notes,
}
