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

TABLES: Final = """
create schema if not exists landing;
create table landing.schema_versions (schema_version bigint, applied_at timestamp);
create table landing.marks (mark_name varchar, mark_value varchar);
create table landing.files (
    load_id bigint, file_name varchar, sha256 varchar, size_bytes bigint, source_system varchar,
    entity varchar, mapping_sha256 varchar, reading_sha256 varchar, state varchar,
    rows_in bigint, rows_loaded bigint, rows_quarantined bigint, rows_erased bigint,
    lines_blank bigint, lines_preamble bigint, lines_repeated_header bigint, lines_total bigint,
    file_as_of varchar, encoding varchar, message_ja varchar, message_en varchar, run_id varchar,
    landed_at timestamp, first_landed_at timestamp
);
create table landing.seen_files (
    file_name varchar, size_bytes bigint, modified_ns bigint, changed_ns bigint, inode bigint,
    sha256 varchar
);
create table landing.quarantined_rows (
    load_id bigint, file_name varchar, line bigint, entity varchar, column_name varchar,
    value varchar, rule varchar, message_ja varchar, message_en varchar,
    way_out_ja varchar, way_out_en varchar, quarantined_at timestamp
);
create table landing.settings (setting_name varchar, setting_value varchar);
create table landing.source_settings (
    source_system varchar, lead_time_days bigint, has_delivery_data boolean
);
create table landing.erasures (kind varchar, id varchar, erased_at timestamp);
create table landing.runs (
    run_id varchar, started_at timestamp, finished_at timestamp, exit_code bigint, as_of varchar,
    model_count bigint, test_passed_count bigint, test_warned_count bigint,
    test_failed_count bigint, published_file varchar, input_sha256 varchar, message varchar
);
"""

# What a shop's own policy files say, written anew at every run like the settings.
REASON_TABLES: Final = """
create table landing.reason_taxonomy (
    reason_code varchar, group_code varchar, label_ja_text varchar, label_en_text varchar,
    definition_text varchar, owner_code varchar, second_owner_code varchar,
    fault_side_code varchar, size_direction_code varchar, is_controllable varchar,
    is_size_reason varchar, is_expectation_gap varchar, valid_from_date varchar,
    valid_to_date varchar
);
create table landing.reason_crosswalk (
    reason_system varchar, source_code varchar, reason_code varchar, is_ambiguous varchar
);
"""

CLOSINGS: Final = """
create table landing.closings (month varchar, metric varchar, amount bigint, closed_at timestamp)
"""

WORKLIST_DAYS: Final = """
create table landing.worklist_days (
    level_code varchar, style_id varchar, sku varchar, excess_count bigint, excess_amount bigint,
    is_alarm boolean, as_of_date date
)
"""

# A text is read once per model and kept by its hash; the model in use is the one of the reader.
READINGS: Final = """
create table landing.reason_readers (model_version varchar, reader_sha256 varchar);
create table landing.reason_readings (
    text_sha256 varchar, model_version varchar, language_code varchar, direction_code varchar,
    zones_text varchar, danger_spans_text varchar, is_abstained boolean, is_escalated boolean
);
create table landing.reason_reading_codes (
    text_sha256 varchar, model_version varchar, reason_code varchar, reason_probability double,
    evidence_spans_text varchar
);
"""

# How far people's labels of a random sample move the share of a reason, written at every run.
CORRECTIONS: Final = """
create table landing.reason_corrections (
    model_version varchar, reason_code varchar, correction_factor double, correction_doubt double,
    label_count bigint
)
"""

# A shop's own rules of returns, which stand for the shipped ones; written anew at every run.
POLICY_RULES: Final = """
create table landing.policy_rules (
    policy_id varchar, version varchar, valid_from varchar, valid_to varchar, rule_id varchar,
    priority varchar, effect varchar, day_basis varchar, counts_first_day varchar,
    max_days varchar, reason_side varchar, sale varchar, final_sale varchar, hygiene varchar,
    unworn_required varchar, gift varchar, tier_min varchar, max_returns_90d varchar,
    resolutions varchar, shipping_payer varchar, reason_code varchar, message_ja varchar,
    message_en varchar
)
"""

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


def create_readings(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of what free texts were read as."""
    connection.execute(READINGS)


def create_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of how far people and program agree."""
    connection.execute(CORRECTIONS)


def create_policy_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table of a shop's own rules of returns."""
    connection.execute(POLICY_RULES)


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
    create_policy_rules,
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
