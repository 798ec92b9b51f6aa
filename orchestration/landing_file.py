"""Landing one file: its rows, its quarantine and its line of the ledger, all or nothing."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import duckdb

from orchestration.clock import read_utc_now
from orchestration.inbox_scan import InboxFile, require_unchanged
from orchestration.landing.applying import MappingApplier
from orchestration.landing.contracts import (
    FileRefusedError,
    LandingSettings,
    MappedBatch,
    Problem,
    SkipKind,
)
from orchestration.landing.mapping_model import Mapping
from orchestration.landing.reading import iterate_records
from orchestration.ledger import LedgerEntry, insert_entry, remove_load
from orchestration.mapping_choice import Choice, render_both
from orchestration.row_writing import write_problems, write_rows
from orchestration.wording import KaeruError, Progress, Words

PROGRESS_SECONDS: Final = 2.0

LANDING: Final = Words(
    ja="取り込み中: {file}（{rows:,} 行）",
    en="Landing {file}: {rows:,} rows",
)
UNBALANCED: Final = Words(
    ja="{file} の行数が合いません（{counts}）。取り込みを取り消しました。",
    en="The rows of {file} do not balance ({counts}). Its landing was undone.",
)


@dataclass(frozen=True)
class Task:
    """One file to land, and how.

    Attributes
    ----------
    file : InboxFile
    load_id : int
        Of the load that is to come.
    reading_sha256 : str
        Hash of everything that decides how the file is read.
    mapping : Mapping or None
        Bound to the file; None where none was found.
    replaced : LedgerEntry or None
        What was known of the same bytes under the same name; leaves in the same transaction.
    """

    file: InboxFile
    load_id: int
    reading_sha256: str
    mapping: Mapping | None = None
    replaced: LedgerEntry | None = None

    def describe(self, *, run_id: str) -> dict[str, Any]:
        """Return what every line of the ledger says of a file, whatever came of it."""
        seen, now = self.file.seen, read_utc_now()
        first: datetime = self.replaced.first_landed_at if self.replaced else now
        return {
            "load_id": self.load_id,
            "file_name": seen.file_name,
            "sha256": seen.sha256,
            "size_bytes": seen.size_bytes,
            "run_id": run_id,
            "landed_at": now,
            "first_landed_at": first,
            "source_system": self.mapping.source if self.mapping else None,
            "entity": self.mapping.first_entity if self.mapping else None,
            "mapping_sha256": self.mapping.sha256 if self.mapping else None,
            "reading_sha256": self.reading_sha256,
        }


@dataclass
class _Tally:
    """What was counted while a file was read."""

    rows: Counter[str] = field(default_factory=Counter)
    lines: Counter[SkipKind] = field(default_factory=Counter)
    file_as_of: str | None = None

    def add(self, mapped: MappedBatch) -> None:
        self.rows.update(
            rows_in=mapped.rows_in,
            rows_loaded=mapped.rows_loaded,
            rows_quarantined=mapped.rows_quarantined,
            rows_erased=mapped.rows_erased,
        )
        for table in mapped.rows.values():
            found = [one for one in table.column("file_as_of").unique().to_pylist() if one]
            self.file_as_of = max([*found, self.file_as_of or ""]) or None

    def to_columns(self) -> dict[str, Any]:
        counted = ("rows_in", "rows_loaded", "rows_quarantined", "rows_erased")
        return {
            "state": "loaded_with_quarantine" if self.rows["rows_quarantined"] else "loaded",
            "file_as_of": self.file_as_of,
            **{name: self.rows[name] for name in counted},
            "lines_blank": self.lines["blank"],
            "lines_preamble": self.lines["preamble"],
            "lines_repeated_header": self.lines["repeated_header"],
            "lines_total": self.lines["total"],
        }


@dataclass(frozen=True)
class FileLander:
    """Lands files into one open store.

    Attributes
    ----------
    connection : DuckDBPyConnection
        Opened for writing.
    settings : LandingSettings
    run_id : str
    has_erasures : bool
    progress : Progress
    """

    connection: duckdb.DuckDBPyConnection
    settings: LandingSettings
    run_id: str
    has_erasures: bool
    progress: Progress

    def land(self, task: Task, *, choice: Choice) -> LedgerEntry:
        """Land a file in one transaction.

        Parameters
        ----------
        task : Task
        choice : Choice
            How the task's file is read.

        Returns
        -------
        LedgerEntry
            As it was written; ``refused`` when the file cannot be read after all.

        Raises
        ------
        FileChangedError
            If the file changed meanwhile; nothing of it was landed.
        KaeruError
            If its rows do not balance; nothing of it was landed.
        """
        self.connection.begin()
        try:
            self._remove(task)
            tally = self._land_rows(task, mapping=choice.mapping)
            require_unchanged(task.file)
            _require_balance(task.file, tally=tally)
            facts = task.describe(run_id=self.run_id)
            entry = LedgerEntry(**facts, **tally.to_columns(), encoding=choice.encoding)
            insert_entry(self.connection, entry)
            self.connection.commit()
        except FileRefusedError as error:
            self.connection.rollback()
            return self.refuse(task, problem=error.problem)
        except BaseException:
            self.connection.rollback()
            raise
        return entry

    def refuse(self, task: Task, *, problem: Problem) -> LedgerEntry:
        """Take down that a file cannot be read, in one transaction."""
        words = render_both(problem)
        entry = LedgerEntry(
            **task.describe(run_id=self.run_id),
            state="refused",
            message_ja=f"{words['message_ja']}。{words['way_out_ja']}",
            message_en=f"{words['message_en']}. {words['way_out_en']}",
        )
        # A whole file is refused: no line of it is to blame, wherever the reader stopped.
        return self._write(task, entry=entry, problems=(replace(problem, line=None),))

    def mark_duplicate(self, task: Task, *, original: LedgerEntry) -> LedgerEntry:
        """Take down that a file's bytes were landed under another name, in one transaction."""
        entry = LedgerEntry(
            **task.describe(run_id=self.run_id),
            state="duplicate",
            message_ja=f"{original.file_name} と同じ内容です",
            message_en=f"Same bytes as {original.file_name}",
        )
        return self._write(task, entry=entry, problems=())

    def _write(
        self, task: Task, *, entry: LedgerEntry, problems: tuple[Problem, ...]
    ) -> LedgerEntry:
        self.connection.begin()
        try:
            self._remove(task)
            self._write_problems(task, problems=problems, entity=entry.entity)
            insert_entry(self.connection, entry)
            self.connection.commit()
        except BaseException:
            self.connection.rollback()
            raise
        return entry

    def _remove(self, task: Task) -> None:
        if task.replaced is not None:
            remove_load(self.connection, task.replaced.load_id)

    def _land_rows(self, task: Task, *, mapping: Mapping) -> _Tally:
        tally = _Tally()
        applier = MappingApplier(mapping, self.settings)
        said_at = time.monotonic()
        for batch in iterate_records(task.file.path, options=mapping.read_options()):
            tally.lines.update(batch.lines_skipped)
            self._land_batch(task, mapped=applier.apply(batch), mapping=mapping, tally=tally)
            if time.monotonic() - said_at >= PROGRESS_SECONDS:
                said_at = time.monotonic()
                name = task.file.seen.file_name
                self.progress(LANDING, file=name, rows=tally.rows["rows_in"])
        self._land_batch(task, mapped=applier.finish(), mapping=mapping, tally=tally)
        return tally

    def _land_batch(
        self, task: Task, *, mapped: MappedBatch, mapping: Mapping, tally: _Tally
    ) -> None:
        tally.add(mapped)
        write_rows(
            self.connection,
            mapped.rows,
            load_id=task.load_id,
            source=mapping.source,
            first_entity=mapping.first_entity,
            has_erasures=self.has_erasures,
        )
        self._write_problems(task, problems=mapped.problems, entity=mapping.first_entity)

    def _write_problems(
        self, task: Task, *, problems: tuple[Problem, ...], entity: str | None
    ) -> None:
        write_problems(
            self.connection,
            problems,
            load_id=task.load_id,
            file_name=task.file.seen.file_name,
            entity=entity,
        )


def _require_balance(file: InboxFile, *, tally: _Tally) -> None:
    rows = tally.rows
    parts = ("rows_loaded", "rows_quarantined", "rows_erased")
    if rows["rows_in"] != sum(rows[part] for part in parts):
        raise KaeruError(UNBALANCED, file=file.seen.file_name, counts=dict(rows))
