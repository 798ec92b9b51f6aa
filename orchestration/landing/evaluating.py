"""Evaluate the expressions of a mapping on the records of a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.landing.conditions import Condition, Test, iterate_conditions
from orchestration.landing.distinct import read_column
from orchestration.landing.expressions import (
    Concat,
    Constant,
    Expression,
    FirstFilled,
    From,
    Identify,
    Number,
    list_parts,
)
from orchestration.landing.fast_reading import is_plain
from orchestration.landing.header_names import HeaderIndex
from orchestration.landing.identifying import OccurrenceCounter, identify
from orchestration.landing.text_arrays import (
    Flags,
    Rows,
    build_nulls,
    build_texts,
    encode_texts,
    join_keys,
    join_texts,
    list_texts,
    repeat_text,
    spread_texts,
    take_rows,
)
from orchestration.landing.value_reading import change_text


class Records:
    """Some records of a batch, column by column, with the counters of their file.

    Parameters
    ----------
    table : Table of shape (n_records, n_headers)
    index : HeaderIndex
        Of the table's columns.
    counters : dict
        Counters of running numbers by what is counted; kept over the batches of a file.
    """

    def __init__(
        self, table: pa.Table, *, index: HeaderIndex, counters: dict[str, OccurrenceCounter]
    ) -> None:
        self._table = table
        self._index = index
        self._counters = counters
        self._columns: dict[str, pa.StringArray] = {}
        self._numbered: dict[str, pa.StringArray] = {}
        self._all: tuple[Records, Rows] | None = None

    def __len__(self) -> int:
        """Count the records."""
        return int(self._table.num_rows)

    def take(self, rows: Rows) -> Records:
        """Return some of the records; what is counted stays counted over all of them."""
        taken = Records(self._table.take(rows), index=self._index, counters=self._counters)
        taken._all = (self, rows)
        return taken

    def get_column(self, name: str) -> pa.StringArray:
        """Return a column by the name that the file gives it."""
        if name not in self._columns:
            self._columns[name] = cast("pa.StringArray", self._table[name].combine_chunks())
        return self._columns[name]

    def find_column(self, alternatives: Sequence[str]) -> pa.StringArray:
        """Return the first column that the file has; nulls where it has none of them."""
        found = self._index.find(alternatives)
        return self.get_column(found) if found is not None else build_nulls(len(self))

    def evaluate(self, expression: Expression) -> pa.StringArray:
        """Compute the source values of an expression, before its own changes.

        Parameters
        ----------
        expression : Expression

        Returns
        -------
        StringArray of shape (n_records,)
        """
        source = expression.source
        if isinstance(source, From):
            if source.otherwise is not None and self._index.find(source.headers) is None:
                return self._read_text(source.otherwise)
            return self.find_column(source.headers)
        if isinstance(source, Constant):
            return repeat_text(source.text, count=len(self))
        if isinstance(source, Identify | Number):
            return self._count(expression)
        parts = [self._read_text(part) for part in list_parts(expression)]
        if isinstance(source, FirstFilled):
            return pc.coalesce(*parts)
        skips = isinstance(source, Concat)
        return join_texts(parts, separator=source.separator, skips_nulls=skips)

    def _count(self, expression: Expression) -> pa.StringArray:
        """Give each record its number, or its id, among all of the file.

        Entities that say the same get the same numbers, whichever records feed them.
        """
        if self._all is not None:
            records, rows = self._all
            return take_rows(records._count(expression), rows)
        counted = repr(expression.source)
        if counted not in self._numbered:
            keys = join_keys([self._read_text(part) for part in list_parts(expression)])
            counter = self._counters.setdefault(counted, OccurrenceCounter())
            self._numbered[counted] = (
                identify(keys, counter=counter)
                if isinstance(expression.source, Identify)
                else cast("pa.StringArray", pa.array(counter.count(keys)).cast(pa.string()))
            )
        return self._numbered[counted]

    def _read_text(self, expression: Expression) -> pa.StringArray:
        """Compute the values of an expression inside another one: changed and trimmed text."""
        values = self.evaluate(expression)
        changes = expression.changes
        if changes.is_empty and (isinstance(expression.source, Number) or is_plain(values)):
            return values
        read = read_column(values, read=lambda text: change_text(text, changes=changes), fast=None)
        return read.values

    def test(self, tests: Sequence[Test]) -> Flags:
        """Mark the records for which all tests hold.

        Returns
        -------
        bool array of shape (n_records,)
        """
        holds = np.ones(len(self), dtype=bool)
        for test in tests:
            any_holds = np.zeros(len(self), dtype=bool)
            for condition in iterate_conditions((test,)):
                any_holds |= self._test_condition(condition)
            holds &= any_holds
        return holds

    def _test_condition(self, condition: Condition) -> Flags:
        distinct, places = encode_texts(self.find_column(condition.headers))
        answers = [condition.holds(text) for text in list_texts(distinct)]
        table = np.array([*answers, condition.holds(None)], dtype=bool)
        return cast("Flags", table[places])

    def build_extra(self, headers: Sequence[str]) -> pa.StringArray:
        """Gather columns into one JSON object per record, empty fields left out.

        Returns
        -------
        StringArray of shape (n_records,)
            Null where all are empty.
        """
        members = []
        for header in headers:
            found = self._index.find((header,))
            if found is None:
                continue
            distinct, places = encode_texts(self.get_column(found))
            quoted = [
                f"{json.dumps(found, ensure_ascii=False)}: {json.dumps(text, ensure_ascii=False)}"
                for text in list_texts(distinct)
            ]
            members.append(spread_texts(build_texts(quoted), places))
        if not members:
            return build_nulls(len(self))
        joined = join_texts(members, separator=", ", skips_nulls=True)
        braces = (repeat_text(brace, count=len(self)) for brace in "{}")
        return join_texts([next(braces), joined, next(braces)], separator="")
