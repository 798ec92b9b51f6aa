"""Answers from the published file: names from its catalogue, values as parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.answering import (
    SCHEMA,
    Mart,
    cast_value,
    find_nearest,
    open_published,
    read_marts,
    to_plain,
)
from orchestration.identifiers import compose
from orchestration.wording import Words, WrongUseError

SUMMED_ENDINGS: Final = ("_count", "_amount")
UNKNOWN_MART: Final = Words(
    ja="{name} という表は公開されていません。近い名前: {nearest}。"
    "`kaeru query --list` で一覧できます。",
    en="No mart named {name} is published. Nearest: {nearest}. `kaeru query --list` lists all.",
)
UNKNOWN_COLUMN: Final = Words(
    ja="{mart} に {name} という列はありません。近い名前: {nearest}。",
    en="{mart} has no column {name}. Nearest: {nearest}.",
)


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
    with open_published(shop) as connection:
        return list(read_marts(connection).values())


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
    with open_published(shop) as connection:
        catalogue = read_marts(connection)
        if name not in catalogue:
            nearest = find_nearest(name, known=catalogue)
            raise WrongUseError(UNKNOWN_MART, name=name, nearest=nearest)
        mart = catalogue[name]
        for column in (*where, *by):
            if column not in mart.columns:
                nearest = find_nearest(column, known=mart.columns)
                raise WrongUseError(UNKNOWN_COLUMN, mart=name, name=column, nearest=nearest)
        condition, parameters = _build_condition(connection, mart, where=where)
        columns, selected = _build_selection(mart, by=by)
        source = compose("from $schema.$mart", schema=SCHEMA, mart=name)
        grouped = compose("group by $by", by=by) if by else ""
        sql = " ".join(("select", selected, source, condition, grouped, "order by all"))
        rows = connection.execute(sql, parameters).fetchall()
    plain = ({c: to_plain(v) for c, v in zip(columns, row, strict=True)} for row in rows)
    return Answer(columns=columns, rows=tuple(plain))


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
            parameters.append(
                cast_value(connection, value, column=column, data_type=mart.types[column])
            )
        parts.append(f"({' or '.join(tests)})")
    return (f"where {' and '.join(parts)}" if parts else ""), parameters


def _build_selection(mart: Mart, *, by: Sequence[str]) -> tuple[tuple[str, ...], str]:
    if not by:
        columns = tuple(mart.columns)
        return columns, compose("$columns", columns=columns)
    summed = [c for c in mart.columns if c.endswith(SUMMED_ENDINGS) and c not in by]
    sums = [compose("sum($column)::bigint as $column", column=column) for column in summed]
    return (*by, *summed), ", ".join([compose("$by", by=by), *sums])
