"""Prepare, once per header, how each entity of a mapping is filled from a file's columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from orchestration.landing.canonical import Column, Entity
from orchestration.landing.conditions import Test
from orchestration.landing.distinct import (
    ColumnReading,
    FastRead,
    Read,
    keep_column,
    read_column,
)
from orchestration.landing.entity_mapping import EntityMapping
from orchestration.landing.evaluating import Records
from orchestration.landing.expressions import (
    Expression,
    Identify,
    find_headers,
    find_missing,
    iterate_expressions,
)
from orchestration.landing.fast_reading import is_plain
from orchestration.landing.header_names import HeaderIndex
from orchestration.landing.mapping_model import Mapping
from orchestration.landing.masking import is_personal_header
from orchestration.landing.value_reading import ReadingSettings, build_fast, build_read

_KEPT_AS_WRITTEN: Final = frozenset({"id", "text", "address"})


@dataclass(frozen=True)
class ColumnPlan:
    """How one canonical column is filled.

    Attributes
    ----------
    column : Column
    expression : Expression
    label : str
        The headers that feed it, as the file spells them; the column's name where none does.
    is_personal : bool
        Whether its source values are masked in messages.
    read : callable
    fast : callable or None
    """

    column: Column
    expression: Expression
    label: str
    is_personal: bool
    read: Read
    fast: FastRead | None


@dataclass(frozen=True)
class EntityPlan:
    """How one entity is filled.

    Attributes
    ----------
    entity : Entity
    where : tuple of Test
    columns : tuple of ColumnPlan
        Those that the file has headers for.
    is_identified : bool
        Whether an id counts occurrences, so that no two rows are alike.
    """

    entity: Entity
    where: tuple[Test, ...]
    columns: tuple[ColumnPlan, ...]
    is_identified: bool


def build_plans(
    mapping: Mapping, *, index: HeaderIndex, settings: ReadingSettings
) -> tuple[EntityPlan, ...]:
    """Build the plans of a mapping's entities for one header.

    Parameters
    ----------
    mapping : Mapping
    index : HeaderIndex
    settings : ReadingSettings

    Returns
    -------
    tuple of EntityPlan
        In the order of the mapping, without the optional ones that the header cannot feed.
    """
    return tuple(
        _build_plan(mapped, index=index, settings=settings)
        for mapped in mapping.entities.values()
        if not (mapped.is_optional and mapped.find_missing(index=index))
    )


def _build_plan(
    mapped: EntityMapping, *, index: HeaderIndex, settings: ReadingSettings
) -> EntityPlan:
    known = mapped.entity.mappable_columns
    present = {
        name: expression
        for name, expression in mapped.columns.items()
        if not find_missing(expression, index=index)
    }
    return EntityPlan(
        entity=mapped.entity,
        where=mapped.where,
        columns=tuple(
            plan_column(known[name], expression=expression, index=index, settings=settings)
            for name, expression in present.items()
        ),
        is_identified=any(
            isinstance(inner.source, Identify)
            for expression in present.values()
            for inner in iterate_expressions(expression)
        ),
    )


def plan_column(
    column: Column, *, expression: Expression, index: HeaderIndex, settings: ReadingSettings
) -> ColumnPlan:
    """Plan one column for one header."""
    headers = find_headers(expression, index=index)
    return ColumnPlan(
        column=column,
        expression=expression,
        label=" + ".join(headers) or column.name,
        is_personal=column.is_personal or any(map(is_personal_header, headers)),
        read=build_read(column, changes=expression.changes, settings=settings),
        fast=build_fast(column, changes=expression.changes, settings=settings),
    )


def fill_column(plan: ColumnPlan, *, records: Records) -> tuple[ColumnReading, pa.StringArray]:
    """Read a planned column.

    Parameters
    ----------
    plan : ColumnPlan
    records : Records

    Returns
    -------
    reading : ColumnReading
    sources : StringArray of shape (n_records,)
        The values before they were changed and read.
    """
    sources = records.evaluate(plan.expression)
    is_kept = plan.column.type in _KEPT_AS_WRITTEN and plan.expression.changes.is_empty
    if is_kept and is_plain(sources):
        return keep_column(sources), sources
    return read_column(sources, read=plan.read, fast=plan.fast), sources
