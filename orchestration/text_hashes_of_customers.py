"""Which texts only an erased customer wrote: their labels leave with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import duckdb

from models_ml.reasons.labels import hash_text
from orchestration.erasing import KIND_COLUMNS, Erasures
from orchestration.identifiers import compose, quote_name
from orchestration.landing.canonical import Entity, load_model

FREE_TEXT: Final = "free_text"


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
    known = [
        (name, sorted(erased.get(kind, frozenset())))
        for kind, names in KIND_COLUMNS.items()
        for name in names
        if name in entity.columns
    ]
    tests = " or ".join(
        f"coalesce({quote_name(name)} in (select unnest(?)), false)" for name, _ in known
    )
    ids = [listed for _, listed in known]
    for column in columns:
        statement = compose(
            "from landing.$entity where $column is not null", entity=entity.name, column=column
        )
        selected = f"select distinct {quote_name(column)}, {tests or 'false'} {statement}"
        yield from connection.execute(selected, ids).fetchall()
