"""Writing the rows and the problems of one load, inside its transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import duckdb
import pyarrow as pa

from orchestration.clock import read_utc_now
from orchestration.erasing import build_severed_selection
from orchestration.identifiers import compose
from orchestration.landing.canonical import load_model
from orchestration.landing.contracts import Problem
from orchestration.mapping_choice import render_both

BATCH: Final = "rows_of_batch"
QUARANTINE: Final = pa.schema(
    [
        ("load_id", pa.int64()),
        ("file_name", pa.string()),
        ("line", pa.int64()),
        ("entity", pa.string()),
        ("column_name", pa.string()),
        ("value", pa.string()),
        ("rule", pa.string()),
        ("message_ja", pa.string()),
        ("message_en", pa.string()),
        ("way_out_ja", pa.string()),
        ("way_out_en", pa.string()),
        ("quarantined_at", pa.timestamp("us")),
    ]
)


def write_rows(
    connection: duckdb.DuckDBPyConnection,
    rows: Mapping[str, pa.Table],
    *,
    load_id: int,
    source: str,
    first_entity: str,
    has_erasures: bool,
) -> None:
    """Append canonical rows to their tables.

    Parameters
    ----------
    connection : DuckDBPyConnection
        Inside a transaction.
    rows : mapping of entity to Table
        As ``MappedBatch.rows``.
    load_id : int
    source : str
        Source system.
    first_entity : str
        The mapping's first: the file is its own, the rows of other entities came beside it.
    has_erasures : bool
        Then rows of erased customers lose what is personal on their way in: the mapping knows
        erased orders, the store also knows their parcels and returns.
    """
    for name, table in rows.items():
        if table.num_rows == 0:
            continue
        selected = build_severed_selection(load_model().entities[name]) if has_erasures else "*"
        target = compose("insert into landing.$entity by name select", entity=name)
        added = "? as source_system, ?::bigint as load_id, ?::boolean as is_own_file"
        values: list[object] = [source, load_id, name == first_entity]
        sql = f"{target} {selected}, {added} from rows_of_batch"
        _insert(connection, table, sql=sql, values=values)


def write_problems(
    connection: duckdb.DuckDBPyConnection,
    problems: Sequence[Problem],
    *,
    load_id: int,
    file_name: str,
    entity: str | None,
) -> None:
    """Append held-back records to the quarantine.

    Parameters
    ----------
    connection : DuckDBPyConnection
        Inside a transaction.
    problems : sequence of Problem
    load_id : int
    file_name : str
    entity : str or None
        The mapping's first; None where no mapping was found.
    """
    if not problems:
        return
    now = read_utc_now()
    rows = [
        (
            *(load_id, file_name, problem.line, entity),
            *(problem.column, problem.value, problem.rule),
            *render_both(problem).values(),
            now,
        )
        for problem in problems
    ]
    columns = zip(*rows, strict=True)
    arrays = [pa.array(c, type=f.type) for c, f in zip(columns, QUARANTINE, strict=True)]
    table = pa.Table.from_arrays(arrays, schema=QUARANTINE)
    sql = "insert into landing.quarantined_rows by name select * from rows_of_batch"
    _insert(connection, table, sql=sql, values=[])


def _insert(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, *, sql: str, values: list[object]
) -> None:
    connection.register(BATCH, table)
    try:
        connection.execute(sql, values)
    finally:
        connection.unregister(BATCH)
