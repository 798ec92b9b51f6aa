"""Landing one file: its rows, its quarantine and its line of the ledger, all or nothing."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import duckdb

from orchestration.clock import read_utc_now
from orchestration.inbox_scan import InboxFile, require_unchanged
from orchestration.landing.applying import MappingApplier
from orchestration.landing.contracts import (
    FileChangedError,
    FileRefusedError,
    LandingSettings,
    MappedBatch,
    Problem,
    SkipKind,
)
from orchestration.landing.mapping_model import Mapping
from orchestration.landing.reading import iterate_records
from orchestration.ledger import LedgerEntry, insert_entry, remove_load
from orchestration.mapping_choice import render_both
from orchestration.row_writing import write_problems, write_rows
from orchestration.wording import KaeruError, Progress, Words

PROGRESS_SECONDS: Final = 2.0

LANDING: Final = Words(
    ja="取り込み中: {file}（{rows:,} 行）",
    en="Landing {file}: {rows:,} rows",
)
UNBALANCED: Final = Words(
    ja="{file} の行数が合いません（読んだ行 {rows_in}、取り込み {loaded}、保留 {quarantined}、"
    "消去 {erased}）。取り込みを取り消しました。",
    en="The rows of {file} do not balance (read {rows_in}, loaded {loaded}, held back "
    "{quarantined}, erased {erased}). Its landing was undone.",
)


@dataclass
class _Tally:
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

    def land(
        self,
        file: InboxFile,
        *,
        mapping: Mapping,
        reading_sha256: str,
        load_id: int,
        replaced: LedgerEntry | None,
    ) -> LedgerEntry:
        """Land a file in one transaction.

        Parameters
        ----------
        file : InboxFile
        mapping : Mapping
            Bound to the file.
        reading_sha256 : str
        load_id : int
        replaced : LedgerEntry or None
            The load of the same file that leaves in the same transaction.

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
            if replaced is not None:
                remove_load(self.connection, replaced.load_id)
            tally = self._land_rows(file, mapping=mapping, load_id=load_id)
            require_unchanged(file)
            _require_balance(file, rows=tally.rows)
            entry = self._describe(
                file,
                tally=tally,
                mapping=mapping,
                reading_sha256=reading_sha256,
                load_id=load_id,
                replaced=replaced,
            )
            insert_entry(self.connection, entry)
            self.connection.commit()
        except FileRefusedError as error:
            self.connection.rollback()
            return self.refuse(
                file,
                problem=error.problem,
                reading_sha256=reading_sha256,
                load_id=load_id,
                replaced=replaced,
                mapping=mapping,
            )
        except BaseException:
            self.connection.rollback()
            raise
        return entry

    def refuse(  # noqa: PLR0913  what a refusal says of a file
        self,
        file: InboxFile,
        *,
        problem: Problem,
        reading_sha256: str,
        load_id: int,
        replaced: LedgerEntry | None,
        mapping: Mapping | None = None,
    ) -> LedgerEntry:
        """Take down that a file cannot be read, in one transaction.

        Parameters
        ----------
        file : InboxFile
        problem : Problem
        reading_sha256 : str
        load_id : int
        replaced : LedgerEntry or None
            The load of the same file that leaves in the same transaction.
        mapping : Mapping, optional
            The one that was tried.

        Returns
        -------
        LedgerEntry
        """
        words = render_both(problem)
        entry = LedgerEntry(
            **_name(file),
            **self._date(replaced),
            load_id=load_id,
            state="refused",
            source_system=mapping.source if mapping else None,
            entity=mapping.first_entity if mapping else None,
            mapping_sha256=mapping.sha256 if mapping else None,
            reading_sha256=reading_sha256,
            message_ja=f"{words['message_ja']} {words['way_out_ja']}",
            message_en=f"{words['message_en']} {words['way_out_en']}",
        )
        self._replace(entry, replaced=replaced, problems=(problem,))
        return entry
