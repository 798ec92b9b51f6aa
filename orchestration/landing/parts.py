"""Fill one entity from the records of a batch, and build the rows that land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.landing.canonical import Entity
from orchestration.landing.evaluating import Records
from orchestration.landing.holding import Field, Holding
from orchestration.landing.identifying import RowFilter
from orchestration.landing.plans import EntityPlan, fill_column
from orchestration.landing.severing import sever_columns
from orchestration.landing.text_arrays import (
    Flags,
    Rows,
    blank_rows,
    build_nulls,
    flag_nulls,
    take_rows,
)


@dataclass(frozen=True)
class Part:
    """The rows of one entity that a batch feeds, before any is held back.

    Attributes
    ----------
    plan : EntityPlan
    rows : int64 array of shape (n_rows,)
        Number of the record behind each row, ascending.
    columns : mapping of str to StringArray of shape (n_rows,)
        Canonical columns that the file fills.
    extra : StringArray of shape (n_rows,) or None
    """

    plan: EntityPlan
    rows: Rows
    columns: Mapping[str, pa.StringArray]
    extra: pa.StringArray | None


def fill_part(
    plan: EntityPlan,
    *,
    records: Records,
    rows: Rows,
    holding: Holding,
    extra_headers: Sequence[str] = (),
) -> Part:
    """Read the columns of one entity and note what holds its records back.

    Parameters
    ----------
    plan : EntityPlan
    records : Records
        All of the batch.
    rows : int64 array of shape (n_rows,)
        Records that feed the entity.
    holding : Holding
        Gets the problems.
    extra_headers : sequence of str

    Returns
    -------
    Part
    """
    chosen = records if len(rows) == len(records) else records.take(rows)
    columns: dict[str, pa.StringArray] = {}
    refused_anywhere = np.zeros(len(rows), dtype=bool)
    for planned in plan.columns:
        reading, sources = fill_column(planned, records=chosen)
        name = planned.column.name
        field = Field(planned.label, plan.entity.name, sources, planned.is_personal)
        holding.add_reading(reading, field=field, rows=rows)
        columns[name] = reading.values
        if planned.column.is_required:
            is_missing = flag_nulls(reading.values)
            is_missing[reading.refused_rows] = False
            holding.add_rule("value_missing", field=field, rows=rows[is_missing])
        if name in plan.entity.any_of:
            refused_anywhere[reading.refused_rows] = True
    if plan.entity.any_of:
        is_empty = _find_empty(plan, columns) & ~refused_anywhere
        field = Field(" / ".join(plan.entity.any_of), plan.entity.name)
        holding.add_rule("one_of_missing", field=field, rows=rows[is_empty])
    extra = chosen.build_extra(extra_headers) if extra_headers else None
    return Part(plan=plan, rows=rows, columns=columns, extra=extra)


def _find_empty(plan: EntityPlan, columns: Mapping[str, pa.StringArray]) -> Flags:
    """Mark the rows in which none of the entity's alternative columns has a value."""
    names = [name for name in plan.entity.any_of if name in columns]
    is_empty = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for name in names:
        is_empty &= flag_nulls(columns[name])
    return is_empty


@dataclass(frozen=True)
class BatchFacts:
    """What all parts of a batch share, by record.

    Attributes
    ----------
    lines : int64 array
    as_of : StringArray
    is_filtered, is_erased, is_held : bool array
    """

    lines: Rows
    as_of: pa.StringArray
    is_filtered: Flags
    is_erased: Flags
    is_held: Flags


def build_table(part: Part, *, facts: BatchFacts, row_filter: RowFilter | None) -> pa.Table:
    """Build the rows of an entity that land.

    Parameters
    ----------
    part : Part
    facts : BatchFacts
    row_filter : RowFilter or None
        Lets each distinct row through once per file; None lands every row.

    Returns
    -------
    Table of shape (n_landed, n_columns + 5)
        Canonical columns, ``source_updated_at``, ``extra``, ``file_line``, ``file_as_of``,
        ``is_filtered``.
    """
    is_kept = ~facts.is_held[part.rows]
    is_erased = facts.is_erased[part.rows]
    if part.plan.entity.name == "customers":
        is_kept &= ~is_erased
    columns = {**part.columns, "extra": part.extra or build_nulls(len(part.rows))}
    if is_erased.any():
        columns = sever_columns(columns, entity=part.plan.entity, is_erased=is_erased)
        columns["extra"] = blank_rows(columns["extra"], is_erased)
    kept, rows = np.flatnonzero(is_kept), part.rows
    if len(kept) < len(rows):
        columns = {name: take_rows(values, kept) for name, values in columns.items()}
        rows = rows[kept]
    columns["file_as_of"] = (
        facts.as_of if len(rows) == len(facts.as_of) else take_rows(facts.as_of, rows)
    )
    if row_filter is not None and not part.plan.is_identified and len(rows):
        first = np.flatnonzero(row_filter.find_first(list(columns.values())))
        if len(first) < len(rows):
            columns = {name: take_rows(values, first) for name, values in columns.items()}
            rows = rows[first]
    return _assemble(columns, entity=part.plan.entity, rows=rows, facts=facts)


def _assemble(
    columns: Mapping[str, pa.StringArray], *, entity: Entity, rows: Rows, facts: BatchFacts
) -> pa.Table:
    absent = build_nulls(len(rows))
    named = {name: columns.get(name, absent) for name in entity.mappable_columns}
    return pa.table(
        {
            **named,
            "extra": columns["extra"],
            "file_line": pa.array(facts.lines[rows], pa.int64()),
            "file_as_of": columns["file_as_of"],
            "is_filtered": pa.array(facts.is_filtered[rows], pa.bool_()),
        }
    )
