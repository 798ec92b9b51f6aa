"""Which texts only an erased customer wrote: their labels leave with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import duckdb

from models_ml.reasons.labels import hash_text
from orchestration.erasing import KIND_COLUMNS, Erasures
from orchestration.identifiers import compose
from orchestration.landing.canonical import Entity, load_model

FREE_TEXT: Final = "free_text"
ROWS: Final = 10_000  # that are held at once
READ_TEXTS: Final = "select distinct $read from landing.$entity where $column is not null"


def collect_text_hashes(connection: duckdb.DuckDBPyConnection, erased: Erasures) -> frozenset[str]:
    """Collect the hashes of the free texts that stand in a customer's rows and in no others.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store, before the rows are severed.
    erased : mapping of kind to ids

    Returns
    -------
    frozenset of str
        A text that others wrote word for word is nobody's own and stays.
    """
    theirs: set[str] = set()
    others: set[str] = set()
    for entity in load_model().entities.values():
        for text, is_theirs in _read_texts(connection, entity, erased=erased):
            (theirs if is_theirs else others).add(text)
    return frozenset(hash_text(text) for text in theirs - others)


def _read_texts(
    connection: duckdb.DuckDBPyConnection, entity: Entity, *, erased: Erasures
) -> Iterator[tuple[str, bool]]:
    columns = [name for name, column in entity.columns.items() if column.type == FREE_TEXT]
    known = {
        name: erased.get(kind, frozenset())
        for kind, names in KIND_COLUMNS.items()
        for name in names
        if name in entity.columns
    }
    for column in columns:
        statement = compose(READ_TEXTS, entity=entity.name, column=column, read=[column, *known])
        found = connection.execute(statement)
        while rows := found.fetchmany(ROWS):
            for text, *ids in rows:
                is_theirs = any(
                    one in listed for one, listed in zip(ids, known.values(), strict=True)
                )
                yield text, is_theirs
