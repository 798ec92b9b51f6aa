"""SQL of the questions that pages ask: names from the catalogue, values as parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dashboards.lib.publication import ServingError

SCHEMA: Final = "marts"
# Additive by the naming rules of the house; units may be parts of one.
SUMMED_ENDINGS: Final = {"BIGINT": ("_count", "_amount"), "DOUBLE": ("_units",)}

Value = str | int | bool | date | None


@dataclass(frozen=True)
class Since:
    """A condition: the column is at or after this day.

    Attributes
    ----------
    day : date
    """

    day: date


Condition = Value | Since | Sequence[str]


@dataclass(frozen=True)
class Question:
    """One query.

    Attributes
    ----------
    sql : str
        Holds quoted names of the catalogue and question marks.
    values : tuple
        What stands for the question marks.
    """

    sql: str
    values: tuple[Any, ...]


class UnknownNameError(ServingError):
    """A mart or a column that is not in the published catalogue."""

    reason = "unknown_name"


def build_select(
    mart: str,
    *,
    known: Mapping[str, str],
    columns: Sequence[str] | None,
    where: Mapping[str, Condition],
) -> Question:
    """Build the query for rows of a mart.

    Parameters
    ----------
    mart : str
        A name that was found in the catalogue.
    known : mapping of str to str
        Columns of the mart with their types.
    columns : sequence of str or None
        None: all.
    where : mapping of str to condition
        Column to a value (equal; None: is null), a list of texts (one of them), or ``Since``.

    Returns
    -------
    Question

    Raises
    ------
    UnknownNameError
        If a column is not known.
    """
    chosen = list(columns) if columns is not None else list(known)
    selected = ", ".join(_quote(column, known=known) for column in chosen)
    condition, values = _build_where(where, known=known)
    return Question(" ".join(("select", selected, "from", _quote_mart(mart), condition)), values)


def build_totals(
    mart: str, *, known: Mapping[str, str], by: Sequence[str], where: Mapping[str, Condition]
) -> Question:
    """Build the query that adds every count, amount and unit of a mart, per combination of ``by``.

    Parameters
    ----------
    mart, known, where
        As in ``build_select``.
    by : sequence of str
        Columns of the coarser grain, at least one.

    Returns
    -------
    Question
        Rows ordered by ``by``.

    Raises
    ------
    UnknownNameError
        If a column is not known.
    """
    keys = ", ".join(_quote(column, known=known) for column in by)
    sums = [
        f"sum({quoted})::{data_type.lower()} as {quoted}"
        for column, data_type in known.items()
        if column.endswith(SUMMED_ENDINGS.get(data_type, ())) and column not in by
        for quoted in (_quote(column, known=known),)
    ]
    condition, values = _build_where(where, known=known)
    selected = ", ".join([keys, *sums])
    parts = ("select", selected, "from", _quote_mart(mart), condition)
    return Question(" ".join((*parts, "group by", keys, "order by", keys)), values)


def _quote_mart(name: str) -> str:
    return f'"{SCHEMA}"."{name}"'


def _quote(column: str, *, known: Mapping[str, str]) -> str:
    if column not in known:
        raise UnknownNameError(f"no column {column!r}, expected one of {sorted(known)}")
    return f'"{column}"'


def _build_where(
    where: Mapping[str, Condition], *, known: Mapping[str, str]
) -> tuple[str, tuple[Any, ...]]:
    parts: list[str] = []
    values: list[Any] = []
    for column, condition in where.items():
        quoted = _quote(column, known=known)
        if condition is None:
            parts.append(f"{quoted} is null")
            continue
        if isinstance(condition, Since):
            parts.append(f"{quoted} >= ?")
            values.append(condition.day)
        elif isinstance(condition, str | int | date):
            parts.append(f"{quoted} = ?")
            values.append(condition)
        else:
            parts.append(f"{quoted} in (select unnest(?))")
            values.append(list(condition))
    return (f"where {' and '.join(parts)}" if parts else ""), tuple(values)
