"""Rows of a published version by their keys: found by place, never by reading a mart through.

A scan for a handful of order lines takes as long as the shop is large. When a version is opened,
the places of what is asked for by key are sorted by a hash of the key; a hash is only where to
look, and what is found there is compared with the key.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from orchestration.verifying import connect_reader

TIMEOUT_SECONDS: Final = 10.0

LINE_COLUMNS: Final = (
    *("order_line_id", "order_id", "sku", "customer_id", "source_system", "net_amount"),
    *("ordered_count", "is_estimated_delivery", "is_sale", "is_final_sale", "is_gift"),
    *("ordered_date", "shipped_date", "delivered_date"),
)
TERM_COLUMNS: Final = ("order_id", "policy_id", "member_tier_name", "is_policy_shown")
DAY_COLUMNS: Final = ("customer_id", "event_date")
REQUEST_COLUMNS: Final = (*("order_line_id", "return_line_id", "requested_count", "requested_at"),)

# Made when a version is opened. Customers' ids are long: of each request its hash stays, 128 bits
# of it, of which no two customers share all.
PREPARED: Final = (
    """
    create temp table line_places as
    select hash(order_line_id) as key_hash, rowid as place
    from marts.fct_order_lines
    order by key_hash
    """,
    """
    create temp table term_places as
    select hash(order_id) as key_hash, rowid as place
    from marts.fct_order_terms
    order by key_hash
    """,
    """
    create temp table customer_days as
    select md5_number(lines.customer_id) as key_hash, decisions.event_date
    from marts.fct_return_decisions as decisions
    inner join marts.fct_order_lines as lines on decisions.order_line_id = lines.order_line_id
    where lines.customer_id is not null and decisions.event_date is not null
    order by key_hash
    """,
    """
    create temp table line_requests as
    select
        hash(decisions.order_line_id) as key_hash,
        decisions.order_line_id,
        decisions.return_line_id,
        case
            when returned.decision_code in ('denied', 'cancelled') then 0
            else returned.requested_count
        end as requested_count,
        decisions.requested_at
    from marts.fct_return_decisions as decisions
    inner join marts.fct_return_lines as returned
        on decisions.return_line_id = returned.return_line_id
    inner join marts.fct_order_lines as lines on decisions.order_line_id = lines.order_line_id
    order by key_hash
    """,
)
LINES: Final = """
select
    order_line_id, order_id, sku, customer_id, source_system, net_amount, ordered_count,
    is_estimated_delivery, is_sale, is_final_sale, is_gift,
    ordered_date, shipped_date, delivered_date
from marts.fct_order_lines
where rowid in (
    select place from line_places where key_hash in (select hash(unnest(?::varchar[])))
)
"""
TERMS: Final = """
select order_id, policy_id, member_tier_name, is_policy_shown
from marts.fct_order_terms
where rowid in (
    select place from term_places where key_hash in (select hash(unnest(?::varchar[])))
)
"""
DAYS: Final = """
select asked.customer_id, customer_days.event_date
from customer_days
inner join (select unnest(?::varchar[]) as customer_id) as asked
    on customer_days.key_hash = md5_number(asked.customer_id)
"""
REQUESTS: Final = """
select order_line_id, return_line_id, requested_count, requested_at
from line_requests
where key_hash in (select hash(unnest(?::varchar[])))
"""


@dataclass(frozen=True)
class KeyedMarts:
    """Looks up what is known of order lines. Used by one thread at a time.

    Attributes
    ----------
    connection : duckdb.DuckDBPyConnection
    """

    connection: duckdb.DuckDBPyConnection

    def find_lines(self, ids: Iterable[str | None]) -> list[tuple[Any, ...]]:
        """Find order lines by their ids; columns as ``LINE_COLUMNS``."""
        return self._find(LINES, ids)

    def find_terms(self, orders: Iterable[str | None]) -> list[tuple[Any, ...]]:
        """Find what orders say of their terms; columns as ``TERM_COLUMNS``."""
        return self._find(TERMS, orders)

    def find_days(self, customers: Iterable[str | None]) -> list[tuple[Any, ...]]:
        """Find on which days customers asked for returns; columns as ``DAY_COLUMNS``."""
        return self._find(DAYS, customers)

    def find_requests(self, lines: Iterable[str | None]) -> list[tuple[Any, ...]]:
        """Find the requests so far of order lines; columns as ``REQUEST_COLUMNS``."""
        return self._find(REQUESTS, lines)

    def read_all(self, query: str) -> list[tuple[Any, ...]]:
        """Read a small mart whole."""
        return self._ask(query, ())

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def _find(self, query: str, keys: Iterable[str | None]) -> list[tuple[Any, ...]]:
        known = sorted({key for key in keys if key is not None})
        return self._ask(query, [known]) if known else []

    def _ask(self, query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        alarm = threading.Timer(TIMEOUT_SECONDS, self.connection.interrupt)
        alarm.start()
        try:
            return self.connection.execute(query, parameters).fetchall()
        finally:
            alarm.cancel()


def open_marts(file: Path) -> KeyedMarts:
    """Open a published file, and sort the places of what is asked for by key.

    Parameters
    ----------
    file : Path

    Returns
    -------
    KeyedMarts

    Raises
    ------
    duckdb.Error
        If the file cannot be read or lacks what decides.
    """
    # A question of a few rows has nothing to share out: other threads would only be woken.
    connection = connect_reader(file, threads=1)
    try:
        for statement in PREPARED:
            connection.execute(statement)
    except duckdb.Error:
        connection.close()
        raise
    return KeyedMarts(connection)
