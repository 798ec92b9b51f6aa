"""What free texts were read as, in the store: kept by the hash of the text and the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from orchestration.identifiers import compose

if TYPE_CHECKING:
    import pyarrow as pa

READERS: Final = "reason_readers"
READINGS: Final = "reason_readings"
CODES: Final = "reason_reading_codes"
CORRECTIONS: Final = "reason_corrections"
KEPT: Final = (READERS, READINGS, CODES, CORRECTIONS)
# Every text that landed, also of versions that another one has replaced: as-of days read them.
UNREAD: Final = """
select text_sha256, min(reason_text) as reason_text
from (
    select sha256(reason_text) as text_sha256, reason_text
    from landing.return_requests
    where trim(reason_text) <> '' and is_filtered is not true
)
where text_sha256 not in (
    select text_sha256 from landing.reason_readings where model_version = ?
)
group by text_sha256
order by text_sha256
"""
FORGET: Final = """
delete from landing.$table
where text_sha256 not in (
    select sha256(reason_text) from landing.return_requests where reason_text is not null
)
"""


@dataclass(frozen=True)
class Batch:
    """Readings as the rows that are kept."""

    readings: pa.Table
    codes: pa.Table


def find_unread(store: duckdb.DuckDBPyConnection, *, version: str) -> pa.Table:
    """Find the distinct texts that a model has not read.

    Parameters
    ----------
    store : DuckDBPyConnection
        An open store.
    version : str
        Of the model.

    Returns
    -------
    Table
        ``text_sha256`` and ``reason_text``, in the order of the hash.
    """
    return store.sql(UNREAD, params=[version]).to_arrow_table()


def find_version(store: duckdb.DuckDBPyConnection, *, reader_sha256: str) -> str | None:
    """Find the version under which the same reader has read before."""
    found = store.execute(
        "select model_version from landing.reason_readers where reader_sha256 = ?",
        [reader_sha256],
    ).fetchall()
    return str(found[0][0]) if found else None


def write_batch(store: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Keep a batch of readings, whole or not at all."""
    store.begin()
    for table, rows in ((READINGS, batch.readings), (CODES, batch.codes)):
        store.register("read_rows", rows)
        store.execute(compose("insert into landing.$table by name from read_rows", table=table))
        store.unregister("read_rows")
    store.commit()


def write_reader(store: duckdb.DuckDBPyConnection, *, version: str, reader_sha256: str) -> None:
    """Say which model reads from now on."""
    store.begin()
    store.execute("delete from landing.reason_readers")
    store.execute("insert into landing.reason_readers values (?, ?)", [version, reader_sha256])
    store.commit()


def count_rows(store: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table of ``landing``."""
    [count] = store.execute(compose("select count(*) from landing.$table", table=table)).fetchall()
    return int(count[0])


def forget_readings(store: duckdb.DuckDBPyConnection) -> None:
    """Delete the readings of texts that are no longer landed, inside a transaction.

    Parameters
    ----------
    store : DuckDBPyConnection
        Opened for writing.
    """
    for table in (READINGS, CODES):
        store.execute(compose(FORGET, table=table))
