"""The only door to data: published marts, read-only, names from the catalogue, values bound.

Only this module reads the environment of this room. A page never mixes two published versions:
the pointer is read once per page run, and everything of that run comes from one file.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from dashboards.lib.leases import Library, Reader
from dashboards.lib.publication import (
    Publication,
    ServingError,
    ShopMissingError,
    read_publication_of,
)
from dashboards.lib.questions import (
    SCHEMA,
    Condition,
    UnknownNameError,
    build_select,
    build_totals,
)
from dashboards.lib.records import list_records

TIMEOUT_SECONDS: Final = 20.0  # of one query; a page change should take 0.3 s
VARIABLES: Final = frozenset(
    {"KAERU_SHOP", "KAERU_HASH_KEY", "KAERU_ALERT_WEBHOOK", "KAERU_API_KEY"}
)

_library: Final = Library()
_lease: ContextVar[Reader | None] = ContextVar("kaeru_lease", default=None)


@dataclass(frozen=True)
class Description:
    """What the catalogue says about a mart.

    Attributes
    ----------
    grain : str
    columns : mapping of str to str
        Name to description, in order.
    """

    grain: str
    columns: Mapping[str, str]


def read_shop_folder() -> Path:
    """Return the shop that this process serves.

    Raises
    ------
    ShopMissingError
        If ``KAERU_SHOP`` is not set: a service has no default path.
    ValueError
        If a variable begins with ``KAERU_`` and is not one of ours.
    """
    unknown = sorted(k for k in os.environ if k.startswith("KAERU_") and k not in VARIABLES)
    if unknown:
        raise ValueError(f"unknown variables {unknown}, expected some of {sorted(VARIABLES)}")
    found = os.environ.get("KAERU_SHOP", "")
    if not found:
        raise ShopMissingError("KAERU_SHOP is not set")
    return Path(found)


def build_environment(shop: Path) -> dict[str, str]:
    """Build the environment of a process that serves a shop, from the one of this process.

    Returns
    -------
    dict of str to str
        With the shop, and with this package where Python finds it.
    """
    paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "KAERU_SHOP": str(shop.resolve()),
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }


@contextlib.contextmanager
def lease(shop: Path | None = None) -> Iterator[Publication]:
    """Hold the published version for the time of a page run.

    Parameters
    ----------
    shop : Path, optional
        The shop's folder; the one that this process serves when left out.

    Yields
    ------
    Publication

    Raises
    ------
    ServingError
        If there is no shop, or nothing readable is published.
    """
    publication = read_publication_of(shop or read_shop_folder())
    with _library.lend(publication) as reader:
        token = _lease.set(reader)
        try:
            yield publication
        finally:
            _lease.reset(token)


def read_publication() -> Publication:
    """Return the version that this page run reads."""
    with _hold() as reader:
        return reader.publication


def has_mart(name: str) -> bool:
    """Say whether a mart is published."""
    with _hold() as reader:
        return name in _read_catalogue(reader)


def read_mart(
    name: str,
    *,
    where: Mapping[str, Condition] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Read rows of a published mart.

    Parameters
    ----------
    name : str
        A mart of the catalogue.
    where : mapping of str to condition, optional
        Column to a value (equal; None: is null), a list of texts (one of them), or ``Since``.
    columns : sequence of str, optional
        All when left out.

    Returns
    -------
    DataFrame
        In the order of the published file.

    Raises
    ------
    UnknownNameError
        If the mart or a column is not in the catalogue.
    ReadTimeoutError
        If the query takes longer than ``TIMEOUT_SECONDS``.
    """
    with _hold() as reader:
        question = build_select(
            name, known=_find_columns(reader, name), columns=columns, where=where or {}
        )
        return _fetch(reader, question.sql, values=question.values)


def read_totals(
    name: str, *, by: Sequence[str], where: Mapping[str, Condition] | None = None
) -> pd.DataFrame:
    """Read a mart summed up to a coarser grain: every count and amount, added.

    Parameters
    ----------
    name : str
        A mart of the catalogue.
    by : sequence of str
        Columns of the coarser grain.
    where : mapping of str to condition, optional
        As in ``read_mart``.

    Returns
    -------
    DataFrame
        One row per combination of ``by``, ordered by it.

    Raises
    ------
    UnknownNameError
        If the mart or a column is not in the catalogue.
    """
    with _hold() as reader:
        question = build_totals(name, known=_find_columns(reader, name), by=by, where=where or {})
        return _fetch(reader, question.sql, values=question.values)


def read_description(name: str) -> Description:
    """Read what the catalogue says about a mart.

    Raises
    ------
    UnknownNameError
        If the mart is not published.
    """
    with _hold() as reader:
        _find_columns(reader, name)
        grain = _fetch(
            reader,
            "select comment from duckdb_tables() where schema_name = ? and table_name = ?",
            values=[SCHEMA, name],
        )
        columns = _fetch(
            reader,
            "select column_name, comment from duckdb_columns()"
            " where schema_name = ? and table_name = ? order by column_index",
            values=[SCHEMA, name],
        ).fillna({"comment": ""})
    return Description(
        grain=str(grain["comment"].iloc[0] or ""),
        columns=dict(zip(columns["column_name"], columns["comment"], strict=True)),
    )


def close() -> None:
    """Close every published file; for tests and for the end of a process."""
    _library.close()


@contextlib.contextmanager
def _hold() -> Iterator[Reader]:
    """Use the lease of this page run, or take one for this call."""
    reader = _lease.get()
    if reader is not None:
        yield reader
        return
    with lease():
        held = _lease.get()
        if held is None:
            raise ServingError("no lease")
        yield held


def _fetch(reader: Reader, sql: str, *, values: Sequence[Any]) -> pd.DataFrame:
    key = (str(reader.publication.path), sql, tuple(map(repr, values)))
    return _library.remember(
        key, read=lambda: reader.fetch(sql, values=values, timeout_seconds=TIMEOUT_SECONDS)
    )


def _read_catalogue(reader: Reader) -> dict[str, dict[str, str]]:
    found = _fetch(
        reader,
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = ? order by table_name, column_index",
        values=[SCHEMA],
    )
    catalogue: dict[str, dict[str, str]] = {}
    for row in list_records(found):
        catalogue.setdefault(row["table_name"], {})[row["column_name"]] = row["data_type"]
    return catalogue


def _find_columns(reader: Reader, name: str) -> dict[str, str]:
    catalogue = _read_catalogue(reader)
    if name not in catalogue:
        raise UnknownNameError(f"no mart {name!r}, expected one of {sorted(catalogue)}")
    return catalogue[name]
