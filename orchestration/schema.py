"""The tables of the store and how an older store becomes a newer one."""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Callable, Sequence
from typing import Final

import duckdb

from orchestration.clock import read_utc_now
from orchestration.identifiers import compose
from orchestration.landing.canonical import load_model
from orchestration.schema_tables import (
    CHECKS,
    CLOSINGS,
    CORRECTIONS,
    DISPOSITION_RULES,
    FIT_TABLES,
    POLICY_DRAFTS,
    POLICY_RULES,
    READINGS,
    REASON_TABLES,
    TABLES,
    WORKLIST_DAYS,
)
from orchestration.wording import KaeruError, Words

# Beside the canonical columns, every entity carries where its rows came from.
TEXT_COLUMNS: Final = ("source_updated_at", "extra", "source_system", "file_as_of")
NUMBER_COLUMNS: Final = ("load_id", "file_line")
FLAG_COLUMNS: Final = ("is_filtered", "is_own_file")

# Names in landing.marks.
CANONICAL_MARK: Final = "canonical_sha256"
MAPPINGS_MARK: Final = "mappings_sha256"
KEY_MARK: Final = "hash_key_check"
# What is hashed with the key so that another key is noticed; it says nothing of the key.
KEY_CHECK_TEXT: Final = b"kaeru hash key check"

TOO_NEW: Final = Words(
    ja="データは新しい版の Kaeru で作られています（形式 {found}、この版は {known} まで）。"
    "Kaeru を新しくしてください。",
    en="The data were written by a newer Kaeru (format {found}; this one knows {known}). "
    "Upgrade Kaeru.",
)

Migration = Callable[[duckdb.DuckDBPyConnection], None]


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of an empty store; the entities follow in ``add_entities``."""
    connection.execute(TABLES)


def create_reason_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of a shop's own reasons and reason codes."""
    connection.execute(REASON_TABLES)


def create_closings(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of the months that were closed."""
    connection.execute(CLOSINGS)


def create_worklist_days(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of what stood on the worklist of a day."""
    connection.execute(WORKLIST_DAYS)


def create_fit_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of past verdicts on fit and of a shop's own advice."""
    connection.execute(FIT_TABLES)


def create_readings(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of what free texts were read as."""
    connection.execute(READINGS)


def create_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of how far people and program agree."""
    connection.execute(CORRECTIONS)


def create_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of what addresses of parcels were checked as."""
    connection.execute(CHECKS)


def create_policy_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of a shop's own rules of returns."""
    connection.execute(POLICY_RULES)


def create_disposition_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of a shop's own rules of what becomes of graded units."""
    connection.execute(DISPOSITION_RULES)


def create_policy_drafts(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of drafts of a shop's rules of returns."""
    connection.execute(POLICY_DRAFTS)


def add_entities(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the tables and columns of the canonical model that the store does not have yet."""
    for entity in load_model().entities.values():
        create = "create table if not exists landing.$entity (load_id bigint)"
        connection.execute(compose(create, entity=entity.name))
        typed = [(name, "varchar") for name in (*entity.columns, *TEXT_COLUMNS)]
        typed += [(name, "bigint") for name in NUMBER_COLUMNS]
        typed += [(name, "boolean") for name in FLAG_COLUMNS]
        for column, data_type in typed:
            statement = "alter table landing.$entity add column if not exists $column " + data_type
            connection.execute(compose(statement, entity=entity.name, column=column))


def mark_own_files(connection: duckdb.DuckDBPyConnection) -> None:
    """Say of every landed row whether its file is the entity's own, as new loads do."""
    add_entities(connection)
    for entity in load_model().entities:
        statement = (
            "update landing.$entity as landed set is_own_file = files.entity = ?"
            " from landing.files where landed.load_id = files.load_id"
        )
        connection.execute(compose(statement, entity=entity), [entity])


# Forward only: a migration that was released is never edited, the next one is appended.
MIGRATIONS: Final[tuple[Migration, ...]] = (
    create_tables,
    mark_own_files,
    create_reason_tables,
    create_closings,
    create_worklist_days,
    create_readings,
    create_corrections,
    create_fit_tables,
    create_checks,
    create_policy_rules,
    create_disposition_rules,
    create_policy_drafts,
)


def compute_canonical_sha256() -> str:
    """Compute the hash of the canonical model: another one means new tables or columns."""
    model = importlib.resources.files("orchestration.landing").joinpath("canonical.yml")
    return hashlib.sha256(model.read_bytes()).hexdigest()


def read_schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Read the format of an open store; 0 when it is empty."""
    exists = connection.execute(
        "select count(*) from duckdb_tables()"
        " where schema_name = 'landing' and table_name = 'schema_versions'"
    ).fetchone()
    if exists is None or exists[0] == 0:
        return 0
    found = connection.execute("select max(schema_version) from landing.schema_versions").fetchone()
    return int(found[0]) if found and found[0] is not None else 0


def read_mark(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Read one remembered value of the store; None when it was never written."""
    found = connection.execute(
        "select mark_value from landing.marks where mark_name = ?", [name]
    ).fetchone()
    return None if found is None else str(found[0])


def write_mark(connection: duckdb.DuckDBPyConnection, name: str, *, value: str) -> None:
    """Remember one value in the store."""
    connection.execute("delete from landing.marks where mark_name = ?", [name])
    connection.execute("insert into landing.marks values (?, ?)", [name, value])


def needs_migration(
    connection: duckdb.DuckDBPyConnection, *, migrations: Sequence[Migration] = MIGRATIONS
) -> bool:
    """Say whether ``migrate`` would change the store.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    migrations : sequence of callables, optional

    Returns
    -------
    bool

    Raises
    ------
    KaeruError
        If the store is newer than this program.
    """
    found = read_schema_version(connection)
    if found > len(migrations):
        raise KaeruError(TOO_NEW, found=found, known=len(migrations))
    if found < len(migrations):
        return True
    return read_mark(connection, CANONICAL_MARK) != compute_canonical_sha256()


def migrate(
    connection: duckdb.DuckDBPyConnection, *, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring an open store to the newest format, in one transaction.

    Parameters
    ----------
    connection : DuckDBPyConnection
        Opened for writing.
    migrations : sequence of callables, optional
        All that ever were, oldest first.

    Raises
    ------
    KaeruError
        If the store is newer than this program.
    """
    if not needs_migration(connection, migrations=migrations):
        return
    connection.begin()
    try:
        for version in range(read_schema_version(connection), len(migrations)):
            migrations[version](connection)
            connection.execute(
                "insert into landing.schema_versions values (?, ?)", [version + 1, read_utc_now()]
            )
        add_entities(connection)
        write_mark(connection, CANONICAL_MARK, value=compute_canonical_sha256())
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
