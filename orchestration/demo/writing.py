"""Write the files of the synthetic shop."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from orchestration.demo.returning_files import Events

FileFormat = Literal["csv", "parquet"]
# As a Japanese shop has them: one export in Shift_JIS, one zipped.
CP932_ENTITIES: Final = frozenset({"targets", "product_actions"})
GZIP_ENTITIES: Final = frozenset({"inventory_snapshots", "ad_costs"})
# Only notes hold commas; files without quotes take the fast path of the reader.
QUOTED_ENTITIES: Final = frozenset({"return_requests"})


def _choose_options(entity: str) -> pacsv.WriteOptions:
    style = "needed" if entity in QUOTED_ENTITIES else "none"
    return pacsv.WriteOptions(quoting_style=style, quoting_header="none")


def write_table(table: pa.Table, *, inbox: Path, entity: str, part: str, to: FileFormat) -> Path:
    """Write one file ``<entity>-<part>.<ext>`` and return its path."""
    if to == "parquet":
        path = inbox / f"{entity}-{part}.parquet"
        pq.write_table(table, path)
        return path
    if entity in CP932_ENTITIES or entity in GZIP_ENTITIES:
        sink = io.BytesIO()
        pacsv.write_csv(table, sink, _choose_options(entity))
        data = sink.getvalue()
        if entity in CP932_ENTITIES:
            path = inbox / f"{entity}-{part}.csv"
            path.write_bytes(data.decode("utf-8").encode("cp932"))
            return path
        path = inbox / f"{entity}-{part}.csv.gz"
        # No time and no name in the header: same arguments, same bytes.
        path.write_bytes(gzip.compress(data, compresslevel=6, mtime=0))
        return path
    path = inbox / f"{entity}-{part}.csv"
    pacsv.write_csv(table, path, _choose_options(entity))
    return path


class EventShelf:
    """Events wait here until the month in which they become known is written.

    Parameters
    ----------
    month_ends : list of int
        Seconds at which each month ends, ascending; the last one is the end of the data.
    """

    def __init__(self, month_ends: list[int]) -> None:
        self._ends = np.array(month_ends)
        self._waiting: dict[int, dict[str, list[pa.Table]]] = {
            number: {} for number in range(len(month_ends))
        }

    def put(self, events: Events) -> None:
        """Shelve events by month; what happens behind the end of the data is dropped."""
        month = np.searchsorted(self._ends, events.moments, side="right")
        for number in np.unique(month):
            if number < len(self._ends):
                rows = events.table.filter(pa.array(month == number))
                self._waiting[int(number)].setdefault(events.entity, []).append(rows)

    def take(self, number: int) -> dict[str, pa.Table]:
        """Take the rows of a month off the shelf, by entity."""
        return {
            entity: pa.concat_tables(tables, promote_options="default")
            for entity, tables in self._waiting.pop(number).items()
        }
