"""Reading a finished file, and nothing else: for answers and for proof that it is whole."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import duckdb

from orchestration.identifiers import compose
from orchestration.limits import ConnectionSettings

READ_BYTES: Final = 2**22
# A read-only connection alone is no sandbox: without these it reads any file of the machine.
READER_SETTINGS: Final[ConnectionSettings] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def connect_reader(path: Path, *, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open a finished file for reading, and for nothing else.

    Parameters
    ----------
    path : Path
    threads : int, optional
        That a question may use; all cores where nothing is said.

    Returns
    -------
    DuckDBPyConnection
        Closed by ``with`` or ``close``.

    Raises
    ------
    duckdb.Error
        If the file is no database or is damaged.
    """
    settings: ConnectionSettings = {**READER_SETTINGS}
    if threads is not None:
        settings["threads"] = str(threads)
    return duckdb.connect(str(path), read_only=True, config=settings)


def compute_sha256(path: Path) -> str:
    """Compute the sha256 of a file, reading it once."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(READ_BYTES):
            digest.update(block)
    return digest.hexdigest()


def read_every_table(connection: duckdb.DuckDBPyConnection) -> int:
    """Read every value of every table; DuckDB checks the sum of each block as it reads it.

    Parameters
    ----------
    connection : DuckDBPyConnection

    Returns
    -------
    int
        How many tables there are.

    Raises
    ------
    duckdb.Error
        If a block is damaged.
    """
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() order by all"
    ).fetchall()
    for schema, table in tables:
        statement = "select bit_xor(hash(whole)) from $schema.$table as whole"
        connection.execute(compose(statement, schema=schema, table=table)).fetchall()
    return len(tables)
