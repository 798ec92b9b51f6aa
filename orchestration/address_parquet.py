"""Parquet for ``kaeru address check``; apart, since Arrow costs more to load than a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.address_files import NO_TABLE, Pair, find_column, to_text
from orchestration.wording import WrongUseError

ROWS_AT_ONCE: Final = 10_000
SCHEMA: Final = pa.schema(
    [
        ("row", pa.int64()),
        ("lane", pa.string()),
        ("codes", pa.list_(pa.string())),
        ("corrected_postal", pa.string()),
        ("corrected_address", pa.string()),
        ("confidence", pa.float64()),
        ("candidates", pa.list_(pa.string())),
        ("data_month", pa.string()),
    ]
)


def iterate_columns(path: Path, *, columns: tuple[str, str]) -> Iterator[Pair]:
    """Read two columns row by row.

    Raises
    ------
    WrongUseError
        If a column is not there, or the file is not Parquet.
    """
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowException as error:
        raise WrongUseError(NO_TABLE, file=path.name, error=error) from error
    with file:
        for column in columns:
            find_column(path, column, known=file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=list(set(columns))):
            found = [batch.column(column).to_pylist() for column in columns]
            for postal, address in zip(*found, strict=True):
                yield to_text(postal), to_text(address)


def write_parquet(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write records as Parquet, some thousand at a time."""
    with pq.ParquetWriter(path, SCHEMA) as writer:
        rows: list[dict[str, Any]] = []
        for record in records:
            rows.append(record)
            if len(rows) == ROWS_AT_ONCE:
                writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
