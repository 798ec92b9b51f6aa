"""Small tables of one version in memory, and what the queries over them call by name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from orchestration.endpoint.decision_sql import GIVEN
from orchestration.endpoint.keyed_marts import (
    DAY_COLUMNS,
    LINE_COLUMNS,
    REQUEST_COLUMNS,
    TERM_COLUMNS,
    KeyedMarts,
)
from orchestration.endpoint.offer_question import KINDS, REQUESTS, VARIANTS
from orchestration.identifiers import quote_name

Row = dict[str, Any]

# Read whole when a version is opened: some thousands of rows.
KEPT: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "products": ("dim_products", ("sku", "is_final_sale", "is_hygiene")),
    "reasons": (
        "rpt_reason_labels",
        ("reason_code", "is_size_reason", "size_direction_code", "fault_side_code"),
    ),
    "rules_now": (
        "rpt_policy_rules",
        (
            *("policy_id", "policy_version", "rule_id", "effect_code", "day_basis_code"),
            *("reason_side_code", "tiers_text", "resolutions_text", "shipping_payer_code"),
            *("decision_reason_code", "priority_number", "max_days", "max_returns_count"),
            *("has_tiers", "is_sale", "is_final_sale", "is_hygiene", "is_gift"),
            *("is_unworn_required", "is_first_day_counted", "is_catch_all"),
            *("valid_from_date", "valid_to_date"),
        ),
    ),
    "offer_variants": ("fct_offer_variants", VARIANTS),
    "offer_kinds": ("fct_offer_kinds", KINDS),
}
# Filled anew for every question.
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "given": GIVEN,
    "lines": LINE_COLUMNS,
    "terms": TERM_COLUMNS,
    "customer_days": DAY_COLUMNS,
    "line_requests": REQUEST_COLUMNS,
    "offers_asked": REQUESTS,
    "variants_asked": VARIANTS,
}
KEYS: Final = (
    *(("products", "sku"), ("reasons", "reason_code")),
    *(("offer_variants", "sku"), ("offer_variants", "style_id")),
)
LEAD_TIMES: Final = ("source_system", "lead_time_days")


@dataclass(frozen=True)
class DecisionTables:
    """Tables that a question is asked of. Used by one thread at a time.

    Attributes
    ----------
    connection : sqlite3.Connection
    """

    connection: sqlite3.Connection

    def fill(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Put the rows of one question into a table of ``ASKED``, instead of those before."""
        self.connection.execute(" ".join(("delete from", quote_name(table))))
        _insert(self.connection, table, columns=ASKED[table], rows=rows)

    def run(self, statement: str) -> None:
        """Run a statement without an answer."""
        self.connection.execute(statement)

    def ask(self, question: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Ask a query; columns that begin with ``is_`` are true or false."""
        found = self.connection.execute(question, parameters)
        names = [column[0] for column in found.description]
        flags = [name for name in names if name.startswith("is_")]
        rows = [dict(zip(names, row, strict=True)) for row in found]
        for row in rows:
            row.update({name: bool(row[name]) for name in flags if row[name] is not None})
        return rows

    def close(self) -> None:
        """Leave the memory."""
        self.connection.close()


def make_tables(marts: KeyedMarts, *, lead_times: Iterable[tuple[str, int]]) -> DecisionTables:
    """Copy what is small of a version into memory.

    Parameters
    ----------
    marts : KeyedMarts
    lead_times : iterable of (str, int)
        Days of the sources that have their own.

    Returns
    -------
    DecisionTables

    Raises
    ------
    duckdb.Error
        If the version lacks what decides.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _create_functions(connection)
    for table, (mart, columns) in KEPT.items():
        names = ", ".join(quote_name(name) for name in columns)
        query = " ".join(("select", names, "from marts.", quote_name(mart)))
        _create(connection, table, columns=columns)
        _insert(connection, table, columns=columns, rows=marts.read_all(query))
    _create(connection, "lead_times", columns=LEAD_TIMES)
    _insert(connection, "lead_times", columns=LEAD_TIMES, rows=list(lead_times))
    for table, columns in ASKED.items():
        _create(connection, table, columns=columns)
    for table, column in KEYS:
        quoted_index = quote_name(f"{table}_by_{column}")
        connection.execute(
            f"create index {quoted_index} on {quote_name(table)} ({quote_name(column)})"
        )
    return DecisionTables(connection)


def _create(connection: sqlite3.Connection, table: str, *, columns: Sequence[str]) -> None:
    """Create a table whose columns keep what is put in: no type turns a text into a number."""
    quoted_names = ", ".join(quote_name(name) for name in columns)
    connection.execute(f"create table {quote_name(table)} ({quoted_names})")


def _insert(
    connection: sqlite3.Connection,
    table: str,
    *,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> None:
    if not rows:
        return
    marks = ", ".join("?" for _ in columns)
    statement = " ".join(("insert into", quote_name(table), "values (", marks, ")"))
    connection.executemany(statement, [[_write(value) for value in row] for row in rows])


def _write(value: object) -> object:
    """Write days and moments so that they sort as they follow each other."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _create_functions(connection: sqlite3.Connection) -> None:
    """Create the functions of standard SQL that the macros call and SQLite lacks, and our own."""
    functions: dict[tuple[str, int], Callable[..., str | int | None]] = {
        ("concat", -1): lambda *parts: "".join(str(part) for part in parts if part is not None),
        ("concat_ws", -1): lambda mark, *parts: mark.join(
            str(part) for part in parts if part is not None
        ),
        ("sha256", 1): lambda text: sha256(text.encode()).hexdigest(),
        ("count_days", 2): _count_days,
        ("add_days", 2): _add_days,
    }
    for (name, arguments), function in functions.items():
        connection.create_function(name, arguments, function, deterministic=True)


def _count_days(first: str | None, last: str | None) -> int | None:
    if first is None or last is None:
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _add_days(day: str | None, count: int | None) -> str | None:
    """Move a day; None beyond the days that there are."""
    if day is None or count is None:
        return None
    try:
        return (date.fromisoformat(day) + timedelta(days=count)).isoformat()
    except OverflowError:
        return None
