"""Answers from the published file: names from its catalogue, values as parameters."""

from __future__ import annotations

import contextlib
import difflib
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.publication import read_pointer
from orchestration.verifying import connect_reader
from orchestration.wording import KaeruError, Words, WrongUseError

SCHEMA: Final = "marts"
SUMMED_ENDINGS: Final = ("_count", "_amount")
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

NOTHING_PUBLISHED: Final = Words(
    ja="まだ何も公開されていません。`kaeru run` を実行してください。",
    en="Nothing is published yet. Run `kaeru run`.",
)
UNKNOWN_MART: Final = Words(
    ja="{name} という表は公開されていません。近い名前: {nearest}。"
    "`kaeru query --list` で一覧できます。",
    en="No mart named {name} is published. Nearest: {nearest}. `kaeru query --list` lists all.",
)
UNKNOWN_COLUMN: Final = Words(
    ja="{mart} に {name} という列はありません。近い名前: {nearest}。",
    en="{mart} has no column {name}. Nearest: {nearest}.",
)
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


@dataclass(frozen=True)
class Answer:
    """Rows of a published table.

    Attributes
    ----------
    columns : tuple of str
    rows : tuple of dict
        Values as JSON has them: dates and UTC timestamps as text.
    """

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def list_marts(shop: Path) -> list[Mart]:
    """List the published tables with grain and columns.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    list of Mart
        By name.

    Raises
    ------
    KaeruError
        If nothing is published.
    """
    with _open_published(shop) as connection:
        return list(_read_catalogue(connection).values())


def query_mart(
    shop: Path, name: str, *, where: Mapping[str, Sequence[str]], by: Sequence[str] = ()
) -> Answer:
    """Read rows of a published table, or their sums.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    name : str
    where : mapping of column to values
        A row must have one of the values in each column; the empty text stands for null.
    by : sequence of str, optional
        Group by these columns and sum every ``_count`` and ``_amount``.

    Returns
    -------
    Answer
        Ordered by its columns from the left.

    Raises
    ------
    KaeruError
        If nothing is published.
    WrongUseError
        If the table or a column does not exist, or a value does not fit its column.
    """
    with _open_published(shop) as connection:
        catalogue = _read_catalogue(connection)
        if name not in catalogue:
            nearest = _find_nearest(name, known=catalogue)
            raise WrongUseError(UNKNOWN_MART, name=name, nearest=nearest)
        mart = catalogue[name]
        for column in (*where, *by):
            if column not in mart.columns:
                nearest = _find_nearest(column, known=mart.columns)
                raise WrongUseError(UNKNOWN_COLUMN, mart=name, name=column, nearest=nearest)
        condition, parameters = _build_condition(connection, mart, where=where)
        columns, selected = _build_selection(mart, by=by)
        source = compose("from $schema.$mart", schema=SCHEMA, mart=name)
        grouped = compose("group by $by", by=by) if by else ""
        sql = " ".join(("select", selected, source, condition, grouped, "order by all"))
        rows = connection.execute(sql, parameters).fetchall()
    plain = ({c: _to_plain(v) for c, v in zip(columns, row, strict=True)} for row in rows)
    return Answer(columns=columns, rows=tuple(plain))


def neutralise_formula(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay.

    Parameters
    ----------
    value : object

    Returns
    -------
    object
    """
    if isinstance(value, str) and re.match(r"[ \u3000]*[=+\-@\t\r\n\x00＝＋－＠]", value):
        return f"'{value}"
    return value


@contextlib.contextmanager
def _open_published(shop: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with _connect_published(shop) as connection:
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


def _read_catalogue(connection: duckdb.DuckDBPyConnection) -> dict[str, Mart]:
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


def _find_nearest(name: str, *, known: Mapping[str, object]) -> str:
    return ", ".join(difflib.get_close_matches(name, known, n=2, cutoff=0.0)) or "—"


def _build_condition(
    connection: duckdb.DuckDBPyConnection, mart: Mart, *, where: Mapping[str, Sequence[str]]
) -> tuple[str, list[object]]:
    """Build the condition with values cast to their column's type beforehand."""
    parts: list[str] = []
    parameters: list[object] = []
    for column, values in where.items():
        tests: list[str] = []
        for value in values:
            if value == "":
                tests.append(compose("$column is null", column=column))
                continue
            tests.append(compose("$column = ?", column=column))
            parameters.append(_cast(connection, value, column=column, mart=mart))
        parts.append(f"({' or '.join(tests)})")
    return (f"where {' and '.join(parts)}" if parts else ""), parameters


def _cast(connection: duckdb.DuckDBPyConnection, value: str, *, column: str, mart: Mart) -> object:
    data_type = mart.types[column]
    try:
        found = connection.execute(CASTS.get(data_type, CASTS["VARCHAR"]), [value]).fetchone()
    except (duckdb.ConversionException, duckdb.InvalidInputException) as error:
        raise WrongUseError(BAD_VALUE, column=column, data_type=data_type, value=value) from error
    return found[0] if found else None


def _build_selection(mart: Mart, *, by: Sequence[str]) -> tuple[tuple[str, ...], str]:
    if not by:
        columns = tuple(mart.columns)
        return columns, compose("$columns", columns=columns)
    summed = [c for c in mart.columns if c.endswith(SUMMED_ENDINGS) and c not in by]
    sums = [compose("sum($column)::bigint as $column", column=column) for column in summed]
    return (*by, *summed), ", ".join([compose("$by", by=by), *sums])


def _to_plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value
