"""A handful of bad rows, such as every shop has, so that quarantine has something to show."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

# Entity, column, bad value, and the row by which it is written.
FLAWS: Final[tuple[tuple[str, str, str, dict[str, str]], ...]] = (
    (
        "delivery_events",
        "event_type",
        "配完了？",
        {"shipment_id": "S99999991-A", "event_at": "2026-10-12 10:00:00", "event_type": "配完了？"},
    ),
    (
        "orders",
        "ordered_at",
        "2026-02-30",
        {"order_id": "O99999991", "ordered_at": "2026-02-30"},
    ),
    (
        "order_lines",
        "order_line_id",
        "1.23457E+15",
        {
            "order_line_id": "1.23457E+15",
            "order_id": "O99999992",
            "sku": "1000-BK-M",
            "quantity": "1",
            "unit_price": "4900",
        },
    ),
    (
        "refunds",
        "amount",
        "1540.5",
        {"refund_id": "F99999991", "method": "bank_transfer", "amount": "1540.5"},
    ),
    (
        "return_requests",
        "quantity",
        "0",
        {
            "return_line_id": "R99999991",
            "order_line_id": "L000000000",
            "requested_at": "2026-10-12 09:00:00",
            "quantity": "0",
        },
    ),
)


def list_flaws() -> list[dict[str, str]]:
    """List the planted flaws: entity, column and value."""
    return [
        {"entity": entity, "column": column, "value": value} for entity, column, value, _ in FLAWS
    ]


def add_flaws(table: pa.Table, *, entity: str) -> pa.Table:
    """Append the flawed row of an entity, if one is planted."""
    for flawed, _, _, row in FLAWS:
        if flawed == entity:
            text = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
            bad = pa.table({name: [row.get(name)] for name in table.column_names}, text.schema)
            table = pa.concat_tables([text, bad])
    return table
