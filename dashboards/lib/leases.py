"""Read-only connections, one per published version, lent for the time of a page run."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb
import pandas as pd
import pyarrow as pa

from dashboards.lib.publication import Publication, ServingError

MEMORY_LIMIT: Final = "2GB"  # of one reader; marts are totals, the largest read is some 100 MB
NULLABLE: Final = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
CACHED_FRAMES: Final = 256  # frames of all versions that are leased
# A read-only connection alone is no sandbox: SQL in it could read other files.
READER_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "memory_limit": MEMORY_LIMIT,
    "lock_configuration": "true",
}


class ReadTimeoutError(ServingError):
    """A query took longer than a page may wait."""

    reason = "timeout"


@dataclass
class Reader:
    """One open version.

    Attributes
    ----------
    publication : Publication
    connection : duckdb.DuckDBPyConnection
    lease_count : int
        Page runs that read from it now.
    """

    publication: Publication
    connection: duckdb.DuckDBPyConnection
    lease_count: int = 0

    def fetch(self, sql: str, *, values: Sequence[Any], timeout_seconds: float) -> pd.DataFrame:
        """Run a query on a cursor of its own and stop it when it takes too long.

        Raises
        ------
        ReadTimeoutError
            If the query was stopped.
        """
        cursor = self.connection.cursor()
        timer = threading.Timer(timeout_seconds, cursor.interrupt)
        timer.start()
        try:
            rows = cursor.sql(sql, params=list(values)).to_arrow_table()
        except duckdb.InterruptException as error:
            raise ReadTimeoutError(f"stopped after {timeout_seconds} s") from error
        finally:
            timer.cancel()
            cursor.close()
        return build_frame(rows)


def build_frame(rows: pa.Table) -> pd.DataFrame:
    """Build the data frame of a result.

    By way of Arrow, text comes in one piece instead of value by value.

    Parameters
    ----------
    rows : pyarrow.Table

    Returns
    -------
    DataFrame
        Whole numbers and truth values of a column with nulls stay what they are, in pandas'
        nullable types.
    """
    frame: pd.DataFrame = rows.to_pandas(date_as_object=False)
    for name, column in zip(rows.column_names, rows.columns, strict=True):
        if column.null_count and column.type in NULLABLE:
            frame[name] = column.to_pandas(types_mapper=NULLABLE.get)
    return frame


@dataclass
class Library:
    """The open versions of all shops that this process serves, and what was read from them."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _readers: dict[str, Reader] = field(default_factory=dict)
    _newest: str = ""
    _frames: OrderedDict[Hashable, pd.DataFrame] = field(default_factory=OrderedDict)

    @contextlib.contextmanager
    def lend(self, publication: Publication) -> Iterator[Reader]:
        """Lend the connection of a version; versions that nobody holds are closed.

        Yields
        ------
        Reader
        """
        key = str(publication.path)
        with self._lock:
            reader = self._readers.get(key)
            if reader is None:
                reader = Reader(
                    publication,
                    duckdb.connect(key, read_only=True, config=READER_CONFIG),
                )
                self._readers[key] = reader
            self._newest = key
            reader.lease_count += 1
        try:
            yield reader
        finally:
            with self._lock:
                reader.lease_count -= 1
                self._close_unused()

    def remember(self, key: Hashable, *, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Return the frame of ``key``, reading it once.

        Parameters
        ----------
        key : hashable
            Begins with the path of the published file.
        read : callable
            Reads the frame.

        Returns
        -------
        DataFrame
            A copy on write: callers may add columns.
        """
        with self._lock:
            found = self._frames.get(key)
            if found is not None:
                self._frames.move_to_end(key)
        if found is None:
            found = read()
            with self._lock:
                self._frames[key] = found
                while len(self._frames) > CACHED_FRAMES:
                    self._frames.popitem(last=False)
        return found.copy(deep=False)

    def close(self) -> None:
        """Close every version and forget what was read."""
        with self._lock:
            for reader in self._readers.values():
                reader.connection.close()
            self._readers.clear()
            self._frames.clear()

    def _close_unused(self) -> None:
        """Close what nobody reads, but keep the version that was asked for last."""
        unused = [k for k, r in self._readers.items() if not r.lease_count and k != self._newest]
        for key in unused:
            self._readers.pop(key).connection.close()
            for name in [n for n in self._frames if isinstance(n, tuple) and n[0] == key]:
                del self._frames[name]
