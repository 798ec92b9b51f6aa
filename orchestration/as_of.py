"""The last day that the figures cover, and the settings that a build reads as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import duckdb

from orchestration.clock import read_utc_now, to_shop_day
from orchestration.identifiers import compose
from orchestration.settings import ShopSettings, SourceSettings

TIMESTAMP_FORMAT: Final = "%Y-%m-%d %H:%M:%S"
# Where a shop's days show: orders, and what happens to them.
EVENT_COLUMNS: Final = (
    ("orders", "ordered_at"),
    ("shipments", "shipped_at"),
    ("shipments", "delivered_at"),
    ("delivery_events", "event_at"),
    ("return_requests", "requested_at"),
    ("return_receipts", "received_at"),
    ("refunds", "initiated_at"),
    ("refunds", "paid_at"),
    ("exchanges", "shipped_at"),
)


def compute_as_of(connection: duckdb.DuckDBPyConnection, settings: ShopSettings) -> date:
    """Compute the latest shop day with landed orders or events before the newest load's day.

    The day of a load is rarely whole; when no day lies before it, the latest day is taken.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    settings : ShopSettings

    Returns
    -------
    date
        With nothing landed, the shop's day of the newest load.
    """
    loaded_at = read_newest_load(connection)
    load_day = to_shop_day(loaded_at, time_zone=settings.time_zone)
    zone = ZoneInfo(settings.time_zone)
    midnight = datetime.combine(date.fromisoformat(load_day), time(), tzinfo=zone)
    bound = midnight.astimezone(UTC).strftime(TIMESTAMP_FORMAT)
    latest = _read_latest(connection, before=bound) or _read_latest(connection, before=None)
    if latest is None:
        return date.fromisoformat(load_day)
    moment = datetime.fromisoformat(latest)
    return date.fromisoformat(to_shop_day(moment, time_zone=settings.time_zone))


def read_newest_load(connection: duckdb.DuckDBPyConnection) -> datetime:
    """Read when the newest file was first landed (UTC); now, when there is none.

    A file that is read again under another mapping is no new delivery.
    """
    found = connection.execute(
        "select max(first_landed_at) from landing.files"
        " where state in ('loaded', 'loaded_with_quarantine')"
    ).fetchone()
    newest: datetime | None = found[0] if found else None
    return newest or read_utc_now()


def _read_latest(connection: duckdb.DuckDBPyConnection, *, before: str | None) -> str | None:
    """Read the latest moment of all event columns; landed text sorts as time does."""
    latest: list[str] = []
    for entity, column in EVENT_COLUMNS:
        # 'unknown' sorts behind every year, so the bound leaves it out as well.
        statement = "select max($column) from landing.$entity where not is_filtered and $column < ?"
        sql = compose(statement, entity=entity, column=column)
        found = connection.execute(sql, [before or "u"]).fetchone()
        if found and found[0] is not None:
            latest.append(found[0])
    return max(latest, default=None)


@dataclass(frozen=True)
class SourceFacts:
    """What the mappings say of their sources.

    Attributes
    ----------
    lead_times : mapping of source system to int
        Days from shipping (else ordering) to delivery.
    delivering : frozenset of str
        Source systems whose mapping says when parcels arrive; others count as such as soon as a
        delivery of theirs is landed.
    """

    lead_times: Mapping[str, int] = field(default_factory=dict)
    delivering: frozenset[str] = frozenset()


def write_settings(
    connection: duckdb.DuckDBPyConnection,
    settings: ShopSettings,
    *,
    as_of: date,
    run_id: str,
    sources: SourceFacts,
) -> None:
    """Write what changes per run or per shop as rows, in one transaction.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    settings : ShopSettings
    as_of : date
    run_id : str
    sources : SourceFacts
    """
    rows = {
        "name": settings.name,
        "time_zone": settings.time_zone,
        "currency": settings.currency,
        "language": settings.language,
        "return_window_days": str(settings.return_window_days),
        "tax": settings.tax,
        # What is published says the shop's own; only a build beside it says the other.
        "tax_shown": settings.tax,
        "lead_time_days": str(settings.lead_time_days),
        "is_synthetic": str(settings.is_synthetic).lower(),
        "address_days": str(settings.address_days),
        "asleep_days": str(settings.asleep_days),
        "alarm_ratio": str(settings.alarms.ratio),
        "alarm_false_share": str(settings.alarms.false_share),
        "alarm_minimum_units": str(settings.alarms.minimum_units),
        "as_of": as_of.isoformat(),
        "run_id": run_id,
        "newest_load_at": read_newest_load(connection).strftime(TIMESTAMP_FORMAT),
        **{f"cost_{name}": str(value) for name, value in settings.costs.items()},
        **{f"exchange_{name}": str(value) for name, value in settings.exchanges.items()},
        **{f"fit_{name}": str(value) for name, value in settings.fit.items()},
    }
    described = [
        _describe_source(
            source,
            settings=settings,
            lead_times=sources.lead_times,
            has_deliveries=source in sources.delivering or _has_deliveries(connection, source),
        )
        for source in _list_sources(connection)
    ]
    connection.begin()
    connection.execute("delete from landing.settings")
    connection.executemany("insert into landing.settings values (?, ?)", list(rows.items()))
    connection.execute("delete from landing.source_settings")
    if described:
        connection.executemany("insert into landing.source_settings values (?, ?, ?)", described)
    connection.commit()


def _list_sources(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select distinct source_system from landing.files"
        " where state in ('loaded', 'loaded_with_quarantine') order by all"
    ).fetchall()
    return [str(row[0]) for row in rows]


def _describe_source(
    source: str,
    *,
    settings: ShopSettings,
    lead_times: Mapping[str, int],
    has_deliveries: bool,
) -> list[object]:
    """Say a source's lead time and whether it records deliveries; kaeru.toml has the last word."""
    said = settings.sources.get(source, SourceSettings())
    days = lead_times.get(source, settings.lead_time_days)
    return [
        source,
        days if said.lead_time_days is None else said.lead_time_days,
        has_deliveries if said.has_deliveries is None else said.has_deliveries,
    ]


def _has_deliveries(connection: duckdb.DuckDBPyConnection, source: str) -> bool:
    found = connection.execute(
        "select exists (select 1 from landing.shipments"
        " where source_system = $source and delivered_at is not null)"
        " or exists (select 1 from landing.delivery_events"
        " where source_system = $source and event_type = 'delivered')",
        {"source": source},
    ).fetchone()
    return bool(found and found[0])
