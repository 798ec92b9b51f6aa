"""Apply a mapping to the records of one file, batch by batch."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, cast
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from orchestration.landing.canonical import ID_TYPES, Column
from orchestration.landing.contracts import (
    FileRefusedError,
    LandingSettings,
    MappedBatch,
    Problem,
    RecordBatch,
)
from orchestration.landing.dates import DAYS_AHEAD, parse_timestamp
from orchestration.landing.distinct import read_column
from orchestration.landing.evaluating import Records
from orchestration.landing.expressions import Changes, Expression, From, find_headers
from orchestration.landing.file_names import parse_file_moment
from orchestration.landing.filling import FillDownState
from orchestration.landing.header_names import HeaderIndex
from orchestration.landing.holding import Field, Holding, mask_problem
from orchestration.landing.identifying import OccurrenceCounter, RowFilter
from orchestration.landing.mapping_model import Mapping
from orchestration.landing.parts import BatchFacts, Part, build_table, fill_part
from orchestration.landing.plans import EntityPlan, build_plans, fill_column, plan_column
from orchestration.landing.refusals import Refused, fold
from orchestration.landing.severing import ErasedPeople
from orchestration.landing.text_arrays import Flags, Rows, repeat_text
from orchestration.landing.value_reading import ReadingSettings

_SOURCE_TYPE: Final = b"kaeru_type"  # written by the Parquet reader
_FLOAT: Final = b"float"
_AS_OF: Final = Column("file_as_of", "timestamp")
_CUSTOMER: Final = Column("customer_id", "customer")


class MappingApplier:
    """Turns the records of one file into canonical rows.

    It has the state of one file: running numbers, what was filled down, and which rows of
    secondary entities the file has shown before. Use a new one per file.

    Parameters
    ----------
    mapping : Mapping
        Bound to the file by ``choose_mapping`` or ``Mapping.bind``.
    settings : LandingSettings

    Raises
    ------
    FileRefusedError
        ``currency_of_mapping`` if the mapping declares another currency than the shop's;
        ``as_of_not_in_file_name`` if it takes the day from the file's name, which has none.
    """

    def __init__(self, mapping: Mapping, settings: LandingSettings) -> None:
        self._mapping = mapping
        self._erased = ErasedPeople.from_settings(settings)
        self._settings = _build_reading_settings(mapping, settings=settings)
        self._file_as_of = _read_file_as_of(mapping, settings=self._settings)
        self._fill_down = FillDownState(mapping.fill_down) if mapping.fill_down else None
        self._counters: dict[str, OccurrenceCounter] = {}
        self._filters = {name: RowFilter() for name in list(mapping.entities)[1:]}
        self._index = HeaderIndex(())
        self._plans: tuple[EntityPlan, ...] = ()

    def apply(self, batch: RecordBatch) -> MappedBatch:
        """Map one batch; batches come in file order.

        Parameters
        ----------
        batch : RecordBatch

        Returns
        -------
        MappedBatch
            Counts the batch's own problems too, each of which is one record.

        Raises
        ------
        FileRefusedError
            ``id_in_float_column`` if a float column of a Parquet file feeds an id.
        """
        self._prepare(batch.table)
        table = batch.table
        if self._fill_down is not None:
            table = self._fill_down.apply(table, index=self._index)
        records = Records(table, index=self._index, counters=self._counters)
        lines = cast("Rows", batch.lines.to_numpy())
        feeds, is_filtered = self._sort_out(records)
        holding = Holding(lines, is_exempt=is_filtered)
        as_of = self._read_as_of(records, holding=holding)
        self._check_currency(records, holding=holding)
        parts = [
            fill_part(
                plan,
                records=records,
                rows=rows,
                holding=holding,
                extra_headers=() if number else self._mapping.allow_extra,
            )
            for number, (plan, rows) in enumerate(zip(self._plans, feeds, strict=True))
        ]
        is_erased = self._find_erased(records, parts=parts)
        facts = BatchFacts(lines, as_of, is_filtered, is_erased, holding.is_held)
        return self._gather(parts, facts=facts, unread=batch.problems, problems=holding.problems)

    def finish(self) -> MappedBatch:
        """End the file: no row waits for what follows it, so the last batch is empty."""
        return MappedBatch(rows={}, problems=(), rows_in=0, rows_loaded=0, rows_quarantined=0)

    def _prepare(self, table: pa.Table) -> None:
        names = tuple(table.column_names)
        if self._plans and names == self._index.names:
            return
        self._index = HeaderIndex(names)
        self._plans = build_plans(self._mapping, index=self._index, settings=self._settings)
        for plan in self._plans:
            for planned in plan.columns:
                if planned.column.type in ID_TYPES:
                    self._refuse_floats(planned.expression, table=table)

    def _refuse_floats(self, expression: Expression, *, table: pa.Table) -> None:
        for name in find_headers(expression, index=self._index):
            metadata = table.schema.field(name).metadata or {}
            if metadata.get(_SOURCE_TYPE) == _FLOAT:
                raise FileRefusedError(Problem(rule="id_in_float_column", column=name))

    def _sort_out(self, records: Records) -> tuple[list[Rows], Flags]:
        """Find the records that feed each entity, and those that feed none.

        The latter are filtered: they land in the first entity.
        """
        is_kept = records.test(self._mapping.keep_rows_where)
        feeds = [is_kept & records.test(plan.where) for plan in self._plans]
        is_filtered = ~np.logical_or.reduce(feeds)
        feeds[0] = feeds[0] | is_filtered
        return [np.flatnonzero(feed) for feed in feeds], is_filtered

    def _read_as_of(self, records: Records, *, holding: Holding) -> pa.StringArray:
        if self._mapping.as_of.kind != "column":
            return repeat_text(self._file_as_of, count=len(records))
        expression = Expression(From((self._mapping.as_of.text,)))
        plan = plan_column(
            _AS_OF, expression=expression, index=self._index, settings=self._settings
        )
        reading, sources = fill_column(plan, records=records)
        field = Field(plan.label, self._mapping.first_entity, sources, plan.is_personal)
        everything = np.arange(len(records))
        holding.add_reading(reading, field=field, rows=everything)
        return reading.values

    def _check_currency(self, records: Records, *, holding: Holding) -> None:
        headers = self._mapping.reading.currency_column
        if not headers:
            return
        wanted = self._settings.currency

        def read(text: str) -> str | Refused:
            found = fold(text).upper()
            is_fine = found in {"", wanted}
            return found if is_fine else Refused("record_of_other_currency", {"currency": wanted})

        sources = records.find_column(headers)
        field = Field(self._index.find(headers) or "", self._mapping.first_entity, sources)
        reading = read_column(sources, read=read, fast=None)
        everything = np.arange(len(records))
        holding.add_reading(reading, field=field, rows=everything)

    def _find_erased(self, records: Records, *, parts: list[Part]) -> Flags:
        """Mark the records of erased customers and of their orders."""
        is_erased = np.zeros(len(records), dtype=bool)
        if self._erased.is_empty:
            return is_erased
        for part in parts:
            if part.columns:
                found = self._erased.find_rows(part.columns, entity=part.plan.entity)
                is_erased[part.rows[found]] = True
        if self._mapping.customer is not None:
            plan = plan_column(
                _CUSTOMER,
                expression=self._mapping.customer,
                index=self._index,
                settings=self._settings,
            )
            reading, _ = fill_column(plan, records=records)
            is_erased |= self._erased.find_customers(reading.values)
        return is_erased

    def _gather(
        self,
        parts: list[Part],
        *,
        facts: BatchFacts,
        unread: tuple[Problem, ...],
        problems: list[Problem],
    ) -> MappedBatch:
        """Build the tables and the counts of a batch; ``unread`` records never reached it."""
        count = len(facts.lines)
        lands = np.zeros(count, dtype=bool)
        for part in parts:
            is_customer = part.plan.entity.name == "customers"
            lands[part.rows] |= ~facts.is_erased[part.rows] if is_customer else True
        loaded = int((lands & ~facts.is_held).sum())
        held = int(facts.is_held.sum())
        return MappedBatch(
            rows={
                part.plan.entity.name: build_table(
                    part, facts=facts, row_filter=self._filters.get(part.plan.entity.name)
                )
                for part in parts
            },
            problems=(*map(mask_problem, unread), *problems),
            rows_in=count + len(unread),
            rows_loaded=loaded,
            rows_quarantined=held + len(unread),
            rows_erased=count - held - loaded,
        )


def _build_reading_settings(mapping: Mapping, *, settings: LandingSettings) -> ReadingSettings:
    reading = mapping.reading
    if reading.currency is not None and reading.currency != settings.currency:
        parameters = {"found": reading.currency, "currency": settings.currency}
        raise FileRefusedError(Problem(rule="currency_of_mapping", parameters=parameters))
    return ReadingSettings(
        time_zone=ZoneInfo(reading.time_zone or settings.time_zone),
        latest=date.fromisoformat(settings.loaded_on) + timedelta(days=DAYS_AHEAD),
        date_order=reading.date_order,
        currency=settings.currency,
        decimal_mark=reading.decimal_mark,
        hash_key=settings.hash_key,
    )


def _read_file_as_of(mapping: Mapping, *, settings: ReadingSettings) -> str | None:
    if mapping.as_of.kind != "filename":
        return None
    template = mapping.as_of.text
    moment = parse_file_moment(mapping.file_name or "", template=template)
    parsed: str | Refused = Refused("as_of_not_in_file_name")
    if moment is not None:
        rules = settings.build_date_rules(Changes())
        parsed = parse_timestamp(f"{moment:%Y-%m-%d %H:%M:%S}", rules=rules)
    if isinstance(parsed, Refused):
        if mapping.as_of.is_optional:
            return None
        parameters = {"expected": template}
        raise FileRefusedError(Problem(rule="as_of_not_in_file_name", parameters=parameters))
    return parsed
