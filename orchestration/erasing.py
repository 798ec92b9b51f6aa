"""Cutting a customer out of landed rows, and keeping the rows from coming back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import duckdb

from orchestration.clock import read_utc_now
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose, quote_name
from orchestration.kept_checks import forget_checks
from orchestration.kept_readings import forget_readings
from orchestration.landing.canonical import PERSONAL_TYPES, Entity, load_model
from orchestration.reason_labels import erase_labels
from orchestration.schema import read_mark, write_mark
from orchestration.store import open_store, replace_file, rewrite_store

# Kind of an erased id → the columns that carry such ids.
KIND_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "customer": ("customer_id",),
    "order": ("order_id",),
    "order_line": ("order_line_id", "replacement_order_line_id"),
    "return_line": ("return_line_id",),
    "shipment": ("shipment_id",),
}
KIND_TESTS: Final[Mapping[str, str]] = {
    "customer": "$column in (select id from landing.erasures where kind = 'customer')",
    "order": "$column in (select id from landing.erasures where kind = 'order')",
    "order_line": "$column in (select id from landing.erasures where kind = 'order_line')",
    "return_line": "$column in (select id from landing.erasures where kind = 'return_line')",
    "shipment": "$column in (select id from landing.erasures where kind = 'shipment')",
}
# How the ids of a customer follow from each other: kind, table, its column, known kind, column.
STEPS: Final = (
    ("order", "orders", "order_id", "customer", "customer_id"),
    ("order_line", "order_lines", "order_line_id", "order", "order_id"),
    ("shipment", "shipments", "shipment_id", "order", "order_id"),
    ("return_line", "return_requests", "return_line_id", "order", "order_id"),
    ("return_line", "return_requests", "return_line_id", "order_line", "order_line_id"),
)

TEXT_KIND: Final = "text"  # the keyed hash of a text that only erased customers wrote

# Set with the severing: the old bytes are still in the file, and in the published versions.
REWRITE_MARK: Final = "rewrite_store"
FORGET_VERSIONS_MARK: Final = "forget_older_versions"
YES: Final = "yes"

Erasures = Mapping[str, frozenset[str]]


def collect_ids(connection: duckdb.DuckDBPyConnection, customer_id: str) -> Erasures:
    """Collect the ids of everything that belongs to a customer.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    customer_id : str
        Hashed.

    Returns
    -------
    mapping of kind to frozenset of str
    """
    found: dict[str, set[str]] = {kind: set() for kind in KIND_COLUMNS}
    found["customer"].add(customer_id)
    for kind, table, column, known_kind, known_column in STEPS:
        statement = (
            "select distinct $column from landing.$table"
            " where $known in (select unnest(?)) and $column is not null"
        )
        sql = compose(statement, table=table, column=column, known=known_column)
        rows = connection.execute(sql, [sorted(found[known_kind])]).fetchall()
        found[kind].update(row[0] for row in rows)
    return {kind: frozenset(ids) for kind, ids in found.items()}


def write_erasures(connection: duckdb.DuckDBPyConnection, erased: Erasures) -> None:
    """Add ids to ``landing.erasures``, inside a transaction; known ones stay as they are."""
    known = read_store_erasures(connection)
    now = read_utc_now()
    rows = [
        [kind, one, now]
        for kind, ids in erased.items()
        for one in sorted(ids - known.get(kind, frozenset()))
    ]
    if rows:
        connection.executemany("insert into landing.erasures values (?, ?, ?)", rows)


def read_store_erasures(connection: duckdb.DuckDBPyConnection) -> Erasures:
    """Read the erased ids of an open store, by kind."""
    rows = connection.execute("select kind, id from landing.erasures").fetchall()
    return _group(rows)


def read_erasures(shop: Path) -> Erasures:
    """Read the erased ids of a shop from its store and from the list beside it.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    mapping of kind to frozenset of str
    """
    folder = ShopFolder(shop)
    rows = list(_read_list(folder.erasure_list))
    if folder.store.exists():
        with open_store(shop, read_only=True) as connection:
            found = connection.execute("select kind, id from landing.erasures").fetchall()
            rows += [(kind, one) for kind, one in found]
    return _group(rows)


def append_erasure_list(shop: Path, erased: Erasures) -> None:
    """Add ids to the list beside the store, which outlives a store that is replaced.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    erased : mapping of kind to ids
        Those on the list are not written again.
    """
    path = ShopFolder(shop).erasure_list
    listed = _read_list(path)
    now = f"{read_utc_now():%Y-%m-%dT%H:%M:%SZ}"
    rows = [
        {"kind": kind, "id": one, "erased_at": now}
        for kind, ids in erased.items()
        for one in sorted(ids)
        if (kind, one) not in listed
    ]
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    added = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(before + added, encoding="utf-8")
    replace_file(temporary, target=path)


def _read_list(path: Path) -> set[tuple[str, str]]:
    if not path.exists():
        return set()
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {(line["kind"], line["id"]) for line in lines}


def sever(connection: duckdb.DuckDBPyConnection, erased: Erasures) -> int:
    """Null everything personal in the rows of erased ids, in one transaction; money stays.

    Parameters
    ----------
    connection : DuckDBPyConnection
        A store opened for writing. The old bytes leave with ``rewrite_store``.
    erased : mapping of kind to ids

    Returns
    -------
    int
        Rows that were changed or removed.
    """
    connection.begin()
    try:
        write_erasures(connection, erased)
        changed = sum(_sever_entity(connection, one) for one in load_model().entities.values())
        forget_readings(connection)
        forget_checks(connection)
        write_mark(connection, REWRITE_MARK, value=YES)
        write_mark(connection, FORGET_VERSIONS_MARK, value=YES)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return changed


def finish_erasures(shop: Path) -> int:
    """Do what the list of erased ids demands and the store has not had done yet.

    An erasure or a restoring that was cut off is finished by whatever writes next.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has the store closed.

    Returns
    -------
    int
        Rows that were changed or removed.
    """
    changed = 0
    listed = read_erasures(shop)
    with open_store(shop) as connection:
        stored = read_store_erasures(connection)
        if any(ids - stored.get(kind, frozenset()) for kind, ids in listed.items()):
            # Before the store says that all is done: a crash between the two does it again.
            erase_labels(shop, listed.get(TEXT_KIND, frozenset()))
            changed = sever(connection, listed)
        is_due = read_mark(connection, REWRITE_MARK) == YES
    if is_due:
        rewrite_store(shop)
        with open_store(shop) as connection:
            write_mark(connection, REWRITE_MARK, value="")
    return changed


def build_guard(entity: Entity) -> tuple[str, tuple[str, ...]]:
    """Build the condition under which a row belongs to an erased customer.

    Parameters
    ----------
    entity : Entity

    Returns
    -------
    condition : str
        SQL over the columns of the entity; empty where no row can belong to a customer.
    personal : tuple of str
        The columns that such a row loses.
    """
    personal = tuple(c.name for c in entity.columns.values() if c.type in PERSONAL_TYPES)
    tests = [
        compose(KIND_TESTS[kind], column=column)
        for kind, columns in KIND_COLUMNS.items()
        for column in columns
        if column in entity.columns
    ]
    if not personal or not tests:
        return "", ()
    return f"({' or '.join(tests)})", (*personal, "extra")


def build_severed_selection(entity: Entity) -> str:
    """Build the columns of a select in which rows of erased customers lose what is personal."""
    guard, personal = build_guard(entity)
    masked = (
        f"case when {guard} then null else {quote_name(column)} end as {quote_name(column)}"
        for column in personal
    )
    return f"* replace ({', '.join(masked)})" if guard else "*"


def _sever_entity(connection: duckdb.DuckDBPyConnection, entity: Entity) -> int:
    guard, personal = build_guard(entity)
    if not guard:
        return 0
    if any(entity.columns[column].type == "customer" for column in entity.key):
        return _remove_rows(connection, entity, guard=guard)
    changes = ", ".join(compose("$column = null", column=column) for column in personal)
    filled = " or ".join(compose("$column is not null", column=column) for column in personal)
    statement = compose("update landing.$entity", entity=entity.name)
    done = connection.execute(f"{statement} set {changes} where {guard} and ({filled})").fetchone()
    return int(done[0]) if done else 0


def _remove_rows(connection: duckdb.DuckDBPyConnection, entity: Entity, *, guard: str) -> int:
    """Remove rows that are nothing but the customer; their records are counted as erased."""
    statement = compose("select load_id, count(*) from landing.$entity", entity=entity.name)
    counts = connection.execute(f"{statement} where {guard} group by load_id").fetchall()
    for load_id, count in counts:
        connection.execute(
            "update landing.files set rows_loaded = rows_loaded - ?, rows_erased = rows_erased + ?"
            " where load_id = ? and entity = ?",
            [count, count, load_id, entity.name],
        )
    statement = compose("delete from landing.$entity", entity=entity.name)
    done = connection.execute(f"{statement} where {guard}").fetchone()
    return int(done[0]) if done else 0


def _group(rows: Iterable[tuple[str, str]]) -> Erasures:
    found: dict[str, set[str]] = {}
    for kind, one in rows:
        found.setdefault(kind, set()).add(one)
    return {kind: frozenset(ids) for kind, ids in found.items()}
