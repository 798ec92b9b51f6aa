"""Files of the inbox become landed rows, exactly once."""

from __future__ import annotations

import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from orchestration.as_of import SourceFacts, compute_as_of, write_settings
from orchestration.clock import read_utc_now, to_shop_day
from orchestration.erasing import read_store_erasures
from orchestration.expiry import expire_personal_data
from orchestration.fingerprint import compute_mappings_sha256, compute_reading_sha256
from orchestration.folder import ShopFolder
from orchestration.inbox_scan import InboxFile, InboxScan, scan_inbox
from orchestration.landing.contracts import FileChangedError, FileRefusedError, LandingSettings
from orchestration.landing.file_names import parse_file_moment
from orchestration.landing.mapping_model import Mapping
from orchestration.landing_file import PROGRESS_SECONDS, FileLander, Task
from orchestration.ledger import Ledger, LedgerEntry, read_seen_files, write_seen_files
from orchestration.limits import MEBIBYTE, require_free_disk
from orchestration.locking import hold_lock
from orchestration.mapping_choice import Mappings, choose_for_file, load_all_mappings
from orchestration.policy_drafts import say_refused
from orchestration.schema import KEY_CHECK_TEXT, KEY_MARK, MAPPINGS_MARK, read_mark, write_mark
from orchestration.settings import ShopSettings, load_hash_key, load_settings
from orchestration.shop_policies import load_policies, write_policies
from orchestration.store import open_store
from orchestration.wording import KaeruError, Progress, Words, keep_quiet

# Landed text is about as large as the file; a packed file grows about eightfold.
GROWTH_PLAIN: Final = 2
GROWTH_PACKED: Final = 10
PACKED: Final = frozenset({".gz", ".parquet"})
SPARE_BYTES: Final = 256 * MEBIBYTE

OTHER_KEY: Final = Words(
    ja="ハッシュ鍵が、これまでの取り込みに使った鍵と違います。同じ顧客が別人になってしまうため、"
    "何も取り込みません。元の secret.key（または KAERU_HASH_KEY）に戻してください。",
    en="The hash key is not the one that earlier files were landed with. The same customer would "
    "become two, so nothing is landed. Put the old secret.key (or KAERU_HASH_KEY) back.",
)
LANDED: Final = Words(
    ja="取り込み: {done} / {total} ファイル",
    en="Landing: {done} of {total} files",
)
HELD_BACK: Final = Words(
    ja="{file}: {rows:,} 行のうち {quarantined:,} 行を保留",
    en="{file}: {quarantined:,} of {rows:,} rows held back",
)
REFUSED: Final = Words(ja="{file}: 受け付けず", en="{file}: refused")


@dataclass(frozen=True)
class LandingSummary:
    """What one landing did.

    Attributes
    ----------
    run_id : str
    files : tuple of LedgerEntry
        Files that were landed, refused or found to be duplicates now.
    waiting : tuple of str
        Names of files that wait for the next run.
    as_of : date
        The last day that the figures cover.
    """

    run_id: str
    files: tuple[LedgerEntry, ...]
    waiting: tuple[str, ...]
    as_of: date


def land_inbox(
    shop: Path,
    *,
    run_id: str,
    progress: Progress = keep_quiet,
    as_of: date | None = None,
    wait_seconds: float = 0.0,
) -> LandingSummary:
    """Land what is new in the inbox, and write down the settings that the build reads.

    A file's rows and its line of the ledger commit together, so a process that is killed at any
    moment has landed whole files or nothing of them.

    Parameters
    ----------
    shop : Path
        The shop's folder; its lock is taken, again where the caller has it.
    run_id : str
    progress : Progress, optional
    as_of : date, optional
        The last day that the figures cover; by default the latest one that is whole.
    wait_seconds : float, default 0
        How long files that may still be written are waited for.

    Returns
    -------
    LandingSummary

    Raises
    ------
    WrongUseError
        If settings, key, a mapping or a policy file are wrong.
    KaeruError
        If another process works on the shop, the disk is too full, the hash key is another one
        than before, or the store cannot be written.
    """
    settings = load_settings(shop)
    key = load_hash_key(shop)
    mappings = load_all_mappings(shop)
    policies = load_policies(shop)
    folder = ShopFolder(shop)
    with hold_lock(shop):
        with open_store(shop) as connection:
            _require_same_key(connection, key)
            known = read_seen_files(connection)
            scan = scan_inbox(
                folder.inbox, known=known, progress=progress, wait_seconds=wait_seconds
            )
            landing = _Landing(
                shop=shop,
                settings=settings,
                mappings=mappings,
                ledger=Ledger.read(connection),
                lander=_make_lander(
                    connection, settings, key=key, run_id=run_id, progress=progress
                ),
            )
            files, changed = landing.land_all(scan)
            write_seen_files(
                connection, [one.seen for one in scan.files if one.path.name not in changed]
            )
            write_policies(connection, policies)
            say_refused(policies.drafts, progress)
            day = as_of or compute_as_of(connection, settings)
            write_settings(
                connection,
                settings,
                as_of=day,
                run_id=run_id,
                sources=SourceFacts(mappings.lead_times, mappings.delivering_sources),
            )
        expire_personal_data(shop, settings)
    waiting = tuple(sorted({*scan.waiting, *changed}))
    return LandingSummary(run_id=run_id, files=files, waiting=waiting, as_of=day)


@dataclass(frozen=True)
class _Landing:
    """One pass over the inbox."""

    shop: Path
    settings: ShopSettings
    mappings: Mappings
    ledger: Ledger
    lander: FileLander

    def land_all(self, scan: InboxScan) -> tuple[tuple[LedgerEntry, ...], frozenset[str]]:
        """Land every file that needs it; say what was written and what changed meanwhile."""
        digest = compute_mappings_sha256(self.shop, self.settings)
        is_read_alike = read_mark(self.lander.connection, MAPPINGS_MARK) == digest
        todo = [one for one in scan.files if not (is_read_alike and self._find(one))]
        _require_room(self.shop, todo)
        written: list[LedgerEntry] = []
        changed: set[str] = set()
        # Duplicates last: whether they still are some is known when the others were read again.
        said_at = time.monotonic()
        for done, file in enumerate(sorted(todo, key=self._is_duplicate), start=1):
            try:
                entry = self._land_one(file, digest=digest)
            except FileChangedError:
                changed.add(file.path.name)
                continue
            if entry is not None:
                written.append(entry)
            if done == len(todo) or time.monotonic() - said_at >= PROGRESS_SECONDS:
                said_at = time.monotonic()
                self.lander.progress(LANDED, done=done, total=len(todo))
        write_mark(self.lander.connection, MAPPINGS_MARK, value=digest)
        return tuple(written), frozenset(changed)

    def _find(self, file: InboxFile) -> LedgerEntry | None:
        return self.ledger.find(file_name=file.path.name, sha256=file.seen.sha256)

    def _is_duplicate(self, file: InboxFile) -> bool:
        known = self._find(file)
        return known is not None and known.state == "duplicate"

    def _land_one(self, file: InboxFile, *, digest: str) -> LedgerEntry | None:
        """Land a file unless the ledger already has what today's reading would give."""
        known = self._find(file)
        task = Task(
            file=file, load_id=self.ledger.make_load_id(), reading_sha256=digest, replaced=known
        )
        try:
            choice = choose_for_file(file.path, mappings=self.mappings)
        except FileRefusedError as error:
            return self._remember(self.lander.refuse(task, problem=error.problem), known=known)
        mapping = choice.mapping
        reading = compute_reading_sha256(self.settings, mapping_sha256=mapping.sha256)
        task = replace(task, mapping=mapping, reading_sha256=reading)
        original = self._find_original(file, mapping=mapping)
        if original is not None:
            if known is not None and known.state == "duplicate":
                return None
            return self._remember(self.lander.mark_duplicate(task, original=original), known=known)
        if known is not None and known.state != "duplicate" and known.reading_sha256 == reading:
            return None
        return self._remember(self.lander.land(task, choice=choice), known=known)

    def _find_original(self, file: InboxFile, *, mapping: Mapping) -> LedgerEntry | None:
        """Find the load of the same bytes under another name.

        Where the name says when a file was made, the same bytes of another day are another fact:
        what changed and changed back is back.
        """
        loads = self.ledger.find_loaded(sha256=file.seen.sha256)
        if mapping.as_of.kind == "filename":
            template = mapping.as_of.text
            moment = parse_file_moment(file.path.name, template=template)
            loads = [
                e for e in loads if parse_file_moment(e.file_name, template=template) == moment
            ]
        return next((e for e in loads if e.file_name != file.path.name), None)

    def _remember(self, entry: LedgerEntry, *, known: LedgerEntry | None) -> LedgerEntry:
        if known is not None:
            del self.ledger.entries[known.load_id]
        self.ledger.entries[entry.load_id] = entry
        if entry.state == "refused":
            self.lander.progress(REFUSED, file=entry.file_name)
        elif entry.rows_quarantined:
            rows, held = entry.rows_in, entry.rows_quarantined
            self.lander.progress(HELD_BACK, file=entry.file_name, rows=rows, quarantined=held)
        return entry


def _make_lander(
    connection: duckdb.DuckDBPyConnection,
    settings: ShopSettings,
    *,
    key: bytes,
    run_id: str,
    progress: Progress,
) -> FileLander:
    erased = read_store_erasures(connection)
    return FileLander(
        connection=connection,
        settings=LandingSettings(
            time_zone=settings.time_zone,
            currency=settings.currency,
            hash_key=key,
            loaded_on=to_shop_day(read_utc_now(), time_zone=settings.time_zone),
            erased_customer_ids=erased.get("customer", frozenset()),
            erased_order_ids=erased.get("order", frozenset()),
        ),
        run_id=run_id,
        has_erasures=bool(erased),
        progress=progress,
    )


def _require_same_key(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Refuse another hash key than the one of the first landing."""
    check = hmac.digest(key, KEY_CHECK_TEXT, "sha256").hex()
    known = read_mark(connection, KEY_MARK)
    if known is None:
        write_mark(connection, KEY_MARK, value=check)
    elif known != check:
        raise KaeruError(OTHER_KEY)


def _require_room(shop: Path, files: Sequence[InboxFile]) -> None:
    """Make sure that the landed rows and two copies of them for the build fit on the disk."""
    folder = ShopFolder(shop)
    growth = sum(one.seen.size_bytes * _grow(one.path) for one in files)
    stored = folder.store.stat().st_size if folder.store.exists() else 0
    require_free_disk(folder.data, needed_bytes=growth + stored + SPARE_BYTES)


def _grow(path: Path) -> int:
    return GROWTH_PACKED if path.suffix.lower() in PACKED else GROWTH_PLAIN
