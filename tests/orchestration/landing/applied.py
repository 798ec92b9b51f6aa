"""Apply the text of a mapping to rows written in a test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from orchestration.landing.applying import MappingApplier
from orchestration.landing.contracts import LandingSettings, MappedBatch, Problem, RecordBatch
from orchestration.landing.mapping import Mapping, parse_mapping

SETTINGS = LandingSettings(
    time_zone="Asia/Tokyo", currency="JPY", hash_key=b"a key for tests", loaded_on="2026-11-24"
)
NO_COLUMN = ("extra", "file_line", "file_as_of", "is_filtered", "source_updated_at")


def build_batch(
    header: Sequence[str], *rows: Sequence[str | None], first_line: int = 2
) -> RecordBatch:
    """Build a batch as a reader would: empty fields are null, lines count from the header on."""
    columns = {
        name: pa.array([row[place] or None for row in rows], pa.string())
        for place, name in enumerate(header)
    }
    lines = pa.array(range(first_line, first_line + len(rows)), pa.int64())
    return RecordBatch(table=pa.table(columns), lines=lines)


@dataclass(frozen=True)
class Applied:
    """The outcome of a test's file."""

    batches: tuple[MappedBatch, ...]

    @property
    def batch(self) -> MappedBatch:
        return self.batches[0]

    @property
    def problems(self) -> list[Problem]:
        return [problem for batch in self.batches for problem in batch.problems]

    @property
    def rules(self) -> list[str]:
        return [problem.rule for problem in self.problems]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """rows_in, loaded, quarantined, erased."""
        return (
            sum(batch.rows_in for batch in self.batches),
            sum(batch.rows_loaded for batch in self.batches),
            sum(batch.rows_quarantined for batch in self.batches),
            sum(batch.rows_erased for batch in self.batches),
        )

    def rows(self, entity: str) -> list[dict[str, Any]]:
        """Landed rows without empty columns and bookkeeping."""
        return [
            {k: v for k, v in row.items() if v is not None and k not in NO_COLUMN}
            for row in self.full_rows(entity)
        ]

    def full_rows(self, entity: str) -> list[dict[str, Any]]:
        return [row for batch in self.batches for row in batch.rows[entity].to_pylist()]


def apply_mapping(
    mapping: Mapping | str,
    header: Sequence[str],
    *rows: Sequence[str | None],
    file_name: str = "file.csv",
    batch_size: int = 1_000,
    **changes: Any,
) -> Applied:
    """Apply a mapping, or its text, to rows; ``changes`` replace settings."""
    parsed = parse_mapping(mapping, name="test.yml") if isinstance(mapping, str) else mapping
    bound = parsed.bind(file_name=file_name, header=header)
    applier = MappingApplier(bound, replace(SETTINGS, **changes))
    batches = [
        applier.apply(build_batch(header, *rows[start : start + batch_size], first_line=start + 2))
        for start in range(0, max(len(rows), 1), batch_size)
    ]
    finished = applier.finish()
    assert finished.rows_in == 0
    return Applied(tuple(batches))


def read_one(
    target: tuple[str, str], value: str, *, spec: str = "from: x", **changes: Any
) -> Applied:
    """Read one value as a canonical column, given as (entity, column), through a whole mapping."""
    entity, column = target
    others = [one for one in OTHERS[entity].split(", ") if not one.startswith(f"{column}:")]
    columns = ", ".join([*others, f"{column}: {{{spec}}}"])
    text = f"source: one\nentities: {{{entity}: {{columns: {{{columns}}}}}}}"
    return apply_mapping(text, ("x",), (value,), **changes)


# Constants for whatever else an entity requires.
OTHERS = {
    "orders": "order_id: {constant: O-1}, ordered_at: {constant: 2026-01-01}",
    "products": "sku: {constant: S-1}",
    "return_requests": "return_line_id: {constant: R-1}, sku: {constant: S-1}, "
    "requested_at: {constant: 2026-01-01}",
    "order_lines": "order_line_id: {constant: L-1}, order_id: {constant: O-1}, "
    "sku: {constant: S-1}, quantity: {constant: 1}, unit_price: {constant: 1}",
    "inventory_snapshots": "snapshot_date: {constant: 2026-01-01}, location_id: {constant: W}, "
    "sku: {constant: S-1}",
    "shipments": "shipment_id: {constant: P-1}, order_id: {constant: O-1}, "
    "shipped_at: {constant: 2026-01-01}",
    "size_charts": "style_id: {constant: T}, size_label: {constant: M}, measure: {constant: waist}",
}
