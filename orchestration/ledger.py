"""Which bytes were landed under which name, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Final, Self

import duckdb

from orchestration.identifiers import compose
from orchestration.landing.canonical import load_model
from orchestration.landing.contracts import FileState

LOADED_STATES: Final = frozenset({"loaded", "loaded_with_quarantine"})


@dataclass(frozen=True)
class LedgerEntry:
    """One version of a file that was seen: a row of ``landing.files``.

    Attributes
    ----------
    load_id : int
    file_name, sha256 : str
        Together they name a version of a file.
    size_bytes : int
    state : FileState
    source_system, entity, mapping_sha256, reading_sha256 : str or None
        None where no mapping was found. ``reading_sha256`` also covers the settings and the code
        that read the file: another one means that it would be read differently today.
    rows_in, rows_loaded, rows_quarantined, rows_erased : int
        Records; rows_in is the sum of the others.
    lines_blank, lines_preamble, lines_repeated_header, lines_total : int
        Lines that are no records.
    file_as_of, encoding, message_ja, message_en : str or None
    run_id : str
    landed_at, first_landed_at : datetime
        UTC without a zone; reading a file again does not move the first.
    """

    load_id: int
    file_name: str
    sha256: str
    size_bytes: int
    state: FileState
    run_id: str
    landed_at: datetime
    first_landed_at: datetime
    source_system: str | None = None
    entity: str | None = None
    mapping_sha256: str | None = None
    reading_sha256: str | None = None
    rows_in: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    rows_erased: int = 0
    lines_blank: int = 0
    lines_preamble: int = 0
    lines_repeated_header: int = 0
    lines_total: int = 0
    file_as_of: str | None = None
    encoding: str | None = None
    message_ja: str | None = None
    message_en: str | None = None

    @property
    def is_loaded(self) -> bool:
        """Tell whether rows of the file are in the store."""
        return self.state in LOADED_STATES

    def to_document(self, *, language: str) -> dict[str, Any]:
        """Return what commands answer about the file.

        Parameters
        ----------
        language : {"ja", "en"}
            Of the message.

        Returns
        -------
        dict
        """
        return {
            "name": self.file_name,
            "sha256": self.sha256,
            "source": self.source_system,
            "entity": self.entity,
            "rows_in": self.rows_in,
            "rows_loaded": self.rows_loaded,
            "rows_quarantined": self.rows_quarantined,
            "rows_erased": self.rows_erased,
            "lines_skipped": {
                "blank": self.lines_blank,
                "preamble": self.lines_preamble,
                "repeated_header": self.lines_repeated_header,
                "total": self.lines_total,
            },
            "state": self.state,
            "message": self.message_ja if language == "ja" else self.message_en,
        }


COLUMNS: Final = tuple(one.name for one in fields(LedgerEntry))


@dataclass
class Ledger:
    """The rows of ``landing.files`` in memory, for looking up bytes.

    Attributes
    ----------
    entries : dict of load id to LedgerEntry
    """

    entries: dict[int, LedgerEntry] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> Self:
        """Read the whole ledger; it has one row per delivered file."""
        statement = "select $columns from landing.files order by load_id"
        rows = connection.execute(compose(statement, columns=COLUMNS)).fetchall()
        entries = (LedgerEntry(**dict(zip(COLUMNS, row, strict=True))) for row in rows)
        return cls({entry.load_id: entry for entry in entries})

    def find(self, *, file_name: str, sha256: str) -> LedgerEntry | None:
        """Find the entry of these bytes under this name."""
        return next(
            (e for e in self.entries.values() if (e.file_name, e.sha256) == (file_name, sha256)),
            None,
        )

    def find_loaded(self, *, sha256: str) -> list[LedgerEntry]:
        """Find the loads of these bytes, under whatever name."""
        return [e for e in self.entries.values() if e.sha256 == sha256 and e.is_loaded]

    def make_load_id(self) -> int:
        """Make the number of the next load; numbers are never used twice within a ledger."""
        return max(self.entries, default=0) + 1


def insert_entry(connection: duckdb.DuckDBPyConnection, entry: LedgerEntry) -> None:
    """Write one entry, inside the transaction that writes the rows of its file."""
    places = ", ".join("?" * len(COLUMNS))
    statement = compose("insert into landing.files ($columns)", columns=COLUMNS)
    connection.execute(f"{statement} values ({places})", list(asdict(entry).values()))


def remove_load(connection: duckdb.DuckDBPyConnection, load_id: int) -> None:
    """Remove a load with its rows and its quarantine, inside a transaction."""
    for entity in load_model().entities:
        statement = "delete from landing.$entity where load_id = ?"
        connection.execute(compose(statement, entity=entity), [load_id])
    connection.execute("delete from landing.quarantined_rows where load_id = ?", [load_id])
    connection.execute("delete from landing.files where load_id = ?", [load_id])


@dataclass(frozen=True)
class SeenFile:
    """How a file of the inbox looked when its hash was computed.

    Unchanged size, times and inode mean unchanged bytes: the file need not be read again.

    Attributes
    ----------
    file_name : str
    size_bytes, modified_ns, changed_ns, inode : int
    sha256 : str
    """

    file_name: str
    size_bytes: int
    modified_ns: int
    changed_ns: int
    inode: int
    sha256: str


def read_seen_files(connection: duckdb.DuckDBPyConnection) -> dict[str, SeenFile]:
    """Read how the files of the inbox looked, by name."""
    columns = tuple(one.name for one in fields(SeenFile))
    statement = compose("select $columns from landing.seen_files", columns=columns)
    rows = connection.execute(statement).fetchall()
    return {row[0]: SeenFile(*row) for row in rows}


def write_seen_files(connection: duckdb.DuckDBPyConnection, seen: Iterable[SeenFile]) -> None:
    """Replace what is remembered of the files of the inbox, in one transaction."""
    found = list(seen)
    connection.begin()
    connection.execute("delete from landing.seen_files")
    if found:
        rows = [list(asdict(one).values()) for one in found]
        connection.executemany("insert into landing.seen_files values (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
