"""Which records of the inbox belong to an erased customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.erasing import KIND_COLUMNS, Erasures
from orchestration.folder import ShopFolder
from orchestration.landing.canonical import Column
from orchestration.landing.conditions import iterate_conditions
from orchestration.landing.contracts import FileChangedError, FileRefusedError, RecordBatch
from orchestration.landing.evaluating import Records
from orchestration.landing.expressions import Expression, find_headers
from orchestration.landing.filling import FillDownState
from orchestration.landing.header_names import HeaderIndex
from orchestration.landing.identifying import OccurrenceCounter
from orchestration.landing.inbox import list_candidates
from orchestration.landing.mapping_model import Mapping
from orchestration.landing.plans import fill_column, plan_column
from orchestration.landing.reading import iterate_records
from orchestration.landing.text_arrays import Flags
from orchestration.landing.value_reading import ReadingSettings
from orchestration.mapping_choice import Choice, Mappings, choose_for_file
from orchestration.settings import ShopSettings

CUSTOMERS: Final = "customers"


@dataclass(frozen=True)
class InboxHit:
    """A file of the inbox that holds something personal of an erased customer.

    Attributes
    ----------
    path : Path
    choice : Choice
        How the file is read.
    columns : tuple of str
        Names of its columns, in order.
    lines : frozenset of int
        Physical lines on which the records of the customer begin.
    kept : frozenset of str
        Columns that a record keeps: what it is about, but not whom.
    """

    path: Path
    choice: Choice
    columns: tuple[str, ...]
    lines: frozenset[int]
    kept: frozenset[str]

    @property
    def is_about_people(self) -> bool:
        """Tell whether a record of the file is nothing but a customer, and leaves whole."""
        return set(self.choice.mapping.entities) == {CUSTOMERS}


@dataclass(frozen=True)
class InboxSearch:
    """What the inbox holds of an erased customer.

    Attributes
    ----------
    hits : tuple of InboxHit
    unread : tuple of str
        Names of files that no mapping reads: nobody can say whom they hold.
    """

    hits: tuple[InboxHit, ...]
    unread: tuple[str, ...]


def search_inbox(
    shop: Path, settings: ShopSettings, *, mappings: Mappings, erased: Erasures, hash_key: bytes
) -> InboxSearch:
    """Search every file of the inbox, record by record, quarantined ones included.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    settings : ShopSettings
    mappings : Mappings
    erased : mapping of kind to ids
    hash_key : bytes

    Returns
    -------
    InboxSearch
    """
    hits: list[InboxHit] = []
    unread: list[str] = []
    for candidate in list_candidates(ShopFolder(shop).inbox, now=0.0):
        try:
            choice = choose_for_file(candidate.path, mappings=mappings)
            reading = _build_reading(choice.mapping, settings=settings, hash_key=hash_key)
            hit = _search_file(candidate.path, choice=choice, erased=erased, reading=reading)
        except (FileRefusedError, FileChangedError, FileNotFoundError):
            unread.append(candidate.path.name)
            continue
        if hit is not None:
            hits.append(hit)
    return InboxSearch(hits=tuple(hits), unread=tuple(unread))


def _build_reading(mapping: Mapping, *, settings: ShopSettings, hash_key: bytes) -> ReadingSettings:
    return ReadingSettings(
        time_zone=ZoneInfo(mapping.reading.time_zone or settings.time_zone),
        latest=date.max,
        date_order=mapping.reading.date_order,
        currency=settings.currency,
        decimal_mark=mapping.reading.decimal_mark,
        hash_key=hash_key,
    )


def _search_file(
    path: Path, *, choice: Choice, erased: Erasures, reading: ReadingSettings
) -> InboxHit | None:
    mapping = choice.mapping
    fill_down = FillDownState(mapping.fill_down) if mapping.fill_down else None
    counters: dict[str, OccurrenceCounter] = {}
    lines: set[int] = set()
    columns: dict[str, None] = {}
    kept: set[str] = set()
    for batch in iterate_records(path, options=mapping.read_options()):
        index = HeaderIndex(tuple(batch.table.column_names))
        columns.update(dict.fromkeys(batch.table.column_names))
        kept.update(_list_kept(mapping, index=index))
        filled = fill_down.apply(batch.table, index=index) if fill_down else batch.table
        records = Records(filled, index=index, counters=counters)
        is_erased = np.zeros(len(records), dtype=bool)
        for kind, column, expression in _list_ids(mapping):
            plan = plan_column(column, expression=expression, index=index, settings=reading)
            found, _ = fill_column(plan, records=records)
            is_erased |= _mark(found.values, ids=erased.get(kind, frozenset()))
        lines.update(_find_lines(batch, is_erased=is_erased, kept=kept, mapping=mapping))
    if not lines:
        return None
    return InboxHit(
        path=path,
        choice=choice,
        columns=tuple(columns),
        lines=frozenset(lines),
        kept=frozenset(kept),
    )


def _list_ids(mapping: Mapping) -> Iterator[tuple[str, Column, Expression]]:
    """List the columns by which a record can belong to a customer, filters left aside."""
    if mapping.customer is not None:
        yield "customer", Column("customer_id", "customer"), mapping.customer
    for mapped in mapping.entities.values():
        for kind, names in KIND_COLUMNS.items():
            for name in names:
                if name in mapped.columns and name in mapped.entity.columns:
                    yield kind, mapped.entity.columns[name], mapped.columns[name]


def _list_kept(mapping: Mapping, *, index: HeaderIndex) -> Iterator[str]:
    """List the headers that a record needs to be landed as what it is."""
    for mapped in mapping.entities.values():
        for name, expression in mapped.columns.items():
            column = mapped.entity.columns.get(name)
            if column is None or not column.is_personal:
                yield from find_headers(expression, index=index)
    tests = [mapping.keep_rows_where, *(one.where for one in mapping.entities.values())]
    alternatives = [c.headers for one in tests for c in iterate_conditions(one)]
    alternatives += [mapping.reading.currency_column]
    alternatives += [mapping.fill_down.within] if mapping.fill_down else []
    alternatives += [(mapping.as_of.text,)] if mapping.as_of.kind == "column" else []
    yield from (found for one in alternatives if (found := index.find(one)))


def _mark(values: pa.StringArray, *, ids: frozenset[str]) -> Flags:
    found = pc.is_in(values, value_set=pa.array(sorted(ids), pa.string()))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _find_lines(
    batch: RecordBatch, *, is_erased: Flags, kept: set[str], mapping: Mapping
) -> list[int]:
    """Find the lines of records that hold anything they would have to lose."""
    if set(mapping.entities) != {CUSTOMERS}:
        lost = [name for name in batch.table.column_names if name not in kept]
        has_lost = np.zeros(len(is_erased), dtype=bool)
        for name in lost:
            has_lost |= batch.table[name].is_valid().to_numpy()
        is_erased = is_erased & has_lost
    return [int(line) for line in batch.lines.to_numpy()[is_erased]]
