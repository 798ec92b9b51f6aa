"""Opening finished marts for questions: what they hold, and what a value of them is."""

from __future__ import annotations

import contextlib
import difflib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.folder import ShopFolder
from orchestration.publication import NOTHING_PUBLISHED, read_pointer
from orchestration.verifying import connect_reader
from orchestration.wording import KaeruError, Words, WrongUseError

SCHEMA: Final = "marts"
TIMEOUT_SECONDS: Final = 60.0
CASTS: Final[Mapping[str, str]] = {
    "VARCHAR": "select ?::varchar",
    "BIGINT": "select ?::bigint",
    "INTEGER": "select ?::integer",
    "DOUBLE": "select ?::double",
    "BOOLEAN": "select ?::boolean",
    "DATE": "select ?::date",
    "TIMESTAMP": "select ?::timestamp",
}

BAD_VALUE: Final = Words(
    ja="列 {column}（{data_type}）と値 {value!r} は比べられません。",
    en="Column {column} ({data_type}) cannot be compared with {value!r}.",
)
UNANSWERED: Final = Words(
    ja="答えが出せませんでした: {error}",
    en="The question could not be answered: {error}",
)


@dataclass(frozen=True)
class Mart:
    """A published table.

    Attributes
    ----------
    name : str
    grain : str
        What one row is.
    columns : mapping of str to str
        Name to description, in order.
    types : mapping of str to str
        Name to DuckDB type.
    """

    name: str
    grain: str
    columns: Mapping[str, str]
    types: Mapping[str, str]

    def to_document(self) -> dict[str, Any]:
        """Return what ``kaeru query --list`` answers."""
        return {"name": self.name, "grain": self.grain, "columns": dict(self.columns)}


@contextlib.contextmanager
def open_published(shop: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open what is published, for questions that end in time.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Yields
    ------
    DuckDBPyConnection
        Schema ``marts``.

    Raises
    ------
    KaeruError
        If nothing is published, or a question fails or takes longer than ``TIMEOUT_SECONDS``.
    """
    with answer_in_time(lambda: _connect_published(shop)) as connection:
        yield connection


@contextlib.contextmanager
def answer_in_time(
    connect: Callable[[], duckdb.DuckDBPyConnection],
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open finished marts and interrupt the questions that take too long.

    Parameters
    ----------
    connect : callable
        Opens the file.

    Yields
    ------
    DuckDBPyConnection

    Raises
    ------
    KaeruError
        If a question fails or takes longer than ``TIMEOUT_SECONDS``.
    """
    try:
        with connect() as connection:
            alarm = threading.Timer(TIMEOUT_SECONDS, connection.interrupt)
            alarm.daemon = True
            alarm.start()
            try:
                yield connection
            finally:
                alarm.cancel()
    except duckdb.Error as error:
        raise KaeruError(UNANSWERED, error=str(error).splitlines()[0]) from error


def _connect_published(shop: Path) -> duckdb.DuckDBPyConnection:
    """Open the published version; the next one may replace it between pointer and file."""
    publication = read_pointer(shop)
    while publication is not None:
        try:
            return connect_reader(ShopFolder(shop).serving / publication.file)
        except duckdb.IOException:
            latest = read_pointer(shop)
            if latest == publication:
                raise
            publication = latest
    raise KaeruError(NOTHING_PUBLISHED)


def read_marts(connection: duckdb.DuckDBPyConnection) -> dict[str, Mart]:
    """Read which marts a file holds, by name, from the file's own catalogue."""
    tables = connection.execute(
        "select table_name, coalesce(comment, '') from duckdb_tables()"
        " where schema_name = ? order by all",
        [SCHEMA],
    ).fetchall()
    columns = connection.execute(
        "select table_name, column_name, coalesce(comment, ''), data_type from duckdb_columns()"
        " where schema_name = ? order by table_name, column_index",
        [SCHEMA],
    ).fetchall()
    return {
        name: Mart(
            name=name,
            grain=_read_grain(comment),
            columns={column: text for table, column, text, _ in columns if table == name},
            types={column: kind for table, column, _, kind in columns if table == name},
        )
        for name, comment in tables
    }


def _read_grain(comment: str) -> str:
    found = re.search(r"One row per[^.\n]*\.?", comment)
    return found.group(0) if found else comment


def find_nearest(name: str, *, known: Iterable[str], count: int = 2) -> str:
    """Say which known names are nearest to one that is not known, the nearest first."""
    return ", ".join(difflib.get_close_matches(name, list(known), n=count, cutoff=0.0)) or "—"


def cast_value(
    connection: duckdb.DuckDBPyConnection, value: str, *, column: str, data_type: str
) -> object:
    """Cast a value to the type of the column that it is compared with.

    Raises
    ------
    WrongUseError
        If the value does not fit.
    """
    try:
        found = connection.execute(CASTS.get(data_type, CASTS["VARCHAR"]), [value]).fetchone()
    except (duckdb.ConversionException, duckdb.InvalidInputException) as error:
        raise WrongUseError(BAD_VALUE, column=column, data_type=data_type, value=value) from error
    return found[0] if found else None


def to_plain(value: object) -> object:
    """Turn dates and UTC timestamps into the text that JSON has for them."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value
