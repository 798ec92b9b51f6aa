"""What addresses of parcels were checked as, in the store: codes and flags, never the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb

if TYPE_CHECKING:
    import pyarrow as pa

CHECKS: Final = "shipment_checks"
# The address of a parcel is the one that landed last; a later file may say nothing of it.
UNCHECKED: Final = """
select
    landed.shipment_id,
    landed.load_id,
    any_value(landed.country) as country,
    any_value(landed.postal_code) as postal_code,
    any_value(landed.prefecture) as prefecture,
    any_value(landed.city) as city,
    any_value(landed.address_line_1) as address_line_1,
    any_value(landed.address_line_2) as address_line_2
from landing.shipments as landed
inner join (
    select shipment_id, max(load_id) as load_id
    from landing.shipments
    where is_filtered is not true
      and coalesce(postal_code, prefecture, city, address_line_1, address_line_2) is not null
    group by shipment_id
) as newest using (shipment_id, load_id)
left join landing.shipment_checks as known
    on landed.shipment_id = known.shipment_id
    and landed.load_id = known.load_id
    and known.rules_version = ?
    and known.data_month = ?
where known.shipment_id is null
group by landed.shipment_id, landed.load_id
order by landed.shipment_id
"""
# A keyed hash of an address is personal still: it leaves with the address.
FORGET: Final = (
    """
    delete from landing.shipment_checks
    where shipment_id not in (select shipment_id from landing.shipments)
    """,
    """
    update landing.shipment_checks set address_hash = null
    where address_hash is not null and shipment_id not in (
        select shipment_id from landing.shipments
        where coalesce(postal_code, prefecture, city, address_line_1, address_line_2) is not null
    )
    """,
)


def find_unchecked(
    store: duckdb.DuckDBPyConnection, *, rules_version: int, data_month: str
) -> pa.Table:
    """Find the parcels whose newest address these rules and this table have not checked.

    Parameters
    ----------
    store : DuckDBPyConnection
        An open store.
    rules_version : int
    data_month : str
        Of the postal table.

    Returns
    -------
    Table
        One row per parcel, in the order of their numbers.
    """
    # Apart: opening a store may leave an answer on its connection that was not read to its end.
    apart = store.cursor()
    return apart.sql(UNCHECKED, params=[rules_version, data_month]).to_arrow_table()


def write_checks(store: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    """Keep a batch of checks in place of older ones of the same parcels, whole or not at all."""
    store.begin()
    store.register("checked_rows", rows)
    store.execute(
        "delete from landing.shipment_checks"
        " where shipment_id in (select shipment_id from checked_rows)"
    )
    store.execute("insert into landing.shipment_checks by name from checked_rows")
    store.unregister("checked_rows")
    store.commit()


def forget_checks(store: duckdb.DuckDBPyConnection) -> None:
    """Delete checks of parcels that are no longer landed, and hashes of purged addresses.

    Parameters
    ----------
    store : DuckDBPyConnection
        Opened for writing, inside a transaction.
    """
    for statement in FORGET:
        store.execute(statement)
