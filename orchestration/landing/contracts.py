"""The types that the parts of landing hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa


FileFormat = Literal["csv", "jsonl", "parquet"]
FileState = Literal[
    "loaded", "loaded_with_quarantine", "refused", "duplicate", "waiting", "ignored"
]
SkipKind = Literal["blank", "preamble", "repeated_header", "total"]


@dataclass(frozen=True)
class Problem:
    """Say why a record, or a whole file, was held back.

    Attributes
    ----------
    rule : str
        Name of the broken rule; a key of ``messages.RULES``.
    line : int or None
        Physical line number from 1 (row number for Parquet); None for a whole file.
    column : str or None
        Header as the file spells it; None where no single column is to blame.
    value : str or None
        Offending value, already masked where it may be personal.
    parameters : mapping of str to str
        What the message of the rule needs besides: expected, nearest, limit, ...
    """

    rule: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)


class FileRefusedError(Exception):
    """A whole file cannot be landed; nothing of it enters the store."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class FileChangedError(Exception):
    """The file changed while it was read: it waits for the next run."""


@dataclass(frozen=True)
class Candidate:
    """One plain file in the inbox.

    Attributes
    ----------
    path : Path
    size_bytes : int
    modified_at : float
        Seconds since the epoch.
    is_waiting : bool
        Younger than the settling time, or still changing.
    """

    path: Path
    size_bytes: int
    modified_at: float
    is_waiting: bool


@dataclass(frozen=True)
class ReadOptions:
    """What a mapping declares about the bytes of its files; None means detect.

    Attributes
    ----------
    format : {"csv", "jsonl", "parquet"} or None
    encoding : str or None
        Only these are detected: UTF-8 (with or without BOM) and CP932, line by line.
    delimiter : str or None
    header_line : int or None
        Physical line of the header, from 1.
    explode : str or None
        JSON Lines: dotted path of the list whose items become one record each.
    required_headers : frozenset of str
        Headers that mark the header line after a preamble.
    key_headers : tuple of str
        Headers that feed the key of the mapping's first entity: an empty one, or a word for total,
        marks a total row when no other required header has a value.
    required_value_headers : tuple of str
        The other required headers, for the same test.
    mapped_headers : frozenset of str or None
        Every header that the mapping reads: another one may occur twice. None: none may.
    """

    format: FileFormat | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    explode: str | None = None
    required_headers: frozenset[str] = frozenset()
    key_headers: tuple[str, ...] = ()
    required_value_headers: tuple[str, ...] = ()
    mapped_headers: frozenset[str] | None = None


@dataclass(frozen=True)
class Head:
    """The beginning of a file: enough to choose its mapping.

    Attributes
    ----------
    format : {"csv", "jsonl", "parquet"}
    encoding : str
    delimiter : str or None
    header_line : int
    header : tuple of str
        Header names, trimmed and NFKC-folded for comparison by the chooser, in file order.
    """

    format: FileFormat
    encoding: str
    delimiter: str | None
    header_line: int
    header: tuple[str, ...]


@dataclass(frozen=True)
class RecordBatch:
    """Records of a file as text, before any mapping.

    Attributes
    ----------
    table : pyarrow.Table of shape (n_records, n_headers)
        Every column ``string``; an empty field is null.
    lines : pyarrow.Array of int64, shape (n_records,)
        Physical line on which each record begins.
    problems : tuple of Problem
        Records held back for their syntax; each is one record of the file that is not in table.
    lines_skipped : mapping of {"blank", "preamble", "repeated_header", "total"} to int
        Lines of this batch that are no records.
    """

    table: pa.Table
    lines: pa.Array
    problems: tuple[Problem, ...] = ()
    lines_skipped: Mapping[SkipKind, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LandingSettings:
    """What of a shop's settings decides how its files are read.

    Attributes
    ----------
    time_zone : str
        IANA name; naive timestamps are read in it.
    currency : str
        ISO 4217 code; money lands in its minor units.
    hash_key : bytes
        Secret key of the customer hash.
    loaded_on : str
        Day of the load in the shop's time zone, YYYY-MM-DD: no date may lie more than 400 days
        after it.
    erased_customer_ids : frozenset of str
        Hashed ids whose personal data must not come back.
    erased_order_ids : frozenset of str
        Orders of those customers: their free text and addresses must not come back either.
    """

    time_zone: str
    currency: str
    hash_key: bytes
    loaded_on: str
    erased_customer_ids: frozenset[str] = frozenset()
    erased_order_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MappedBatch:
    """Canonical rows of a batch, ready for the store.

    Attributes
    ----------
    rows : mapping of entity name to pyarrow.Table
        All canonical columns of the entity as string, then source_updated_at, extra (string),
        file_line (int64), file_as_of (string), is_filtered (bool). Source system and load id are
        added by the store.
    problems : tuple of Problem
        Every problem of every record held back; a record with two problems appears twice.
    rows_in, rows_loaded, rows_quarantined, rows_erased : int
        Records, not entity rows: rows_in = rows_loaded + rows_quarantined + rows_erased.
    """

    rows: Mapping[str, pa.Table]
    problems: tuple[Problem, ...]
    rows_in: int
    rows_loaded: int
    rows_quarantined: int
    rows_erased: int = 0
