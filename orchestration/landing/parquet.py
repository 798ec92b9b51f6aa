"""Read Parquet files as text, exactly, and say what each column was."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import (
    FileRefusedError,
    Problem,
    ReadOptions,
    RecordBatch,
    SkipKind,
)
from orchestration.landing.header_lines import fold_headers, name_columns
from orchestration.landing.refusals import fold_name
from orchestration.landing.sifting import RowSifter
from orchestration.landing.splitting import empty_to_null

ROWS_AT_ONCE: Final = 250_000
KAERU_TYPE: Final = b"kaeru_type"


class ParquetReader:
    """Reads one Parquet file.

    Parameters
    ----------
    file : io.BufferedReader
    options : ReadOptions

    Raises
    ------
    FileRefusedError
        ``parquet_damaged``, ``duplicate_header``, ``too_many_columns``.
    """

    def __init__(self, file: io.BufferedReader, *, options: ReadOptions) -> None:
        try:
            self._file = pq.ParquetFile(file)
            schema = _flatten(self._file.schema_arrow.empty_table()).schema
        except (pa.ArrowException, OSError, ValueError) as error:
            raise FileRefusedError(Problem(rules.PARQUET_DAMAGED)) from error
        self.header = fold_headers(schema.names, line=None)
        self._options = options

    def read(self) -> Iterator[RecordBatch]:
        """Read the rows.

        Yields
        ------
        RecordBatch
            ``lines`` are row numbers from 1. The metadata of every field of the table hold
            ``kaeru_type``: text, boolean, integer, float, decimal, date, timestamp (without
            zone), instant (with one), time or json.

        Raises
        ------
        FileRefusedError
            ``parquet_damaged``, ``parquet_not_text``.
        """
        names = name_columns(self.header, options=self._options, line=None)
        sifter = RowSifter(names, spelled=(), options=self._options)
        start = 1
        try:
            for batch in self._file.iter_batches(batch_size=ROWS_AT_ONCE):
                raw = _flatten(pa.Table.from_batches([batch]))
                yield self._build(raw, names=names, sifter=sifter, start=start)
                start += raw.num_rows
        except (pa.ArrowException, OSError) as error:
            raise FileRefusedError(Problem(rules.PARQUET_DAMAGED)) from error

    def _build(
        self, raw: pa.Table, *, names: Sequence[str], sifter: RowSifter, start: int
    ) -> RecordBatch:
        arrays: list[pa.Array] = []
        fields: list[pa.Field] = []
        for column, name in zip(raw.columns, names, strict=True):
            array = column.combine_chunks()
            kind = name_type(array.type)
            if kind == "binary" and not self._is_read(name):
                continue
            texts = write_texts(array, kind=kind, column=name)
            arrays.append(empty_to_null(texts))
            fields.append(pa.field(name, pa.string(), metadata={KAERU_TYPE: kind.encode()}))
        table = pa.table(arrays, schema=pa.schema(fields))
        lines = pa.array(range(start, start + raw.num_rows), pa.int64())
        table, lines, problems = _hold_back(table, lines=lines)
        table, lines, sifted = sifter.sift(table, lines=lines)
        skipped: Counter[SkipKind] = sifted
        return RecordBatch(table, lines, problems=tuple(problems), lines_skipped=dict(skipped))

    def _is_read(self, name: str) -> bool:
        mapped = self._options.mapped_headers
        return mapped is None or fold_name(name) in {fold_name(other) for other in mapped}


def _flatten(table: pa.Table) -> pa.Table:
    """Give the fields of structs columns of their own, with dotted names."""
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def name_type(type: pa.DataType) -> str:
    """Name the physical type of a column, as ``kaeru_type`` spells it.

    Parameters
    ----------
    type : pyarrow.DataType

    Returns
    -------
    str
    """
    if pa.types.is_dictionary(type):
        return name_type(type.value_type)
    tests = (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "float"),
        (pa.types.is_decimal, "decimal"),
        (pa.types.is_date, "date"),
        (pa.types.is_time, "time"),
        (pa.types.is_binary, "binary"),
        (pa.types.is_large_binary, "binary"),
        (pa.types.is_fixed_size_binary, "binary"),
        (pa.types.is_nested, "json"),
    )
    if pa.types.is_timestamp(type):
        return "timestamp" if type.tz is None else "instant"
    return next((name for test, name in tests if test(type)), "text")


def write_texts(array: pa.Array, *, kind: str, column: str) -> pa.StringArray:
    """Write the values of a column as text.

    Parameters
    ----------
    array : pyarrow.Array of shape (n,)
    kind : str
        Of ``name_type``.
    column : str
        For the message.

    Returns
    -------
    pyarrow.StringArray of shape (n,)
        Numbers exactly; NaN is null; instants in UTC with their offset, in ISO 8601.

    Raises
    ------
    FileRefusedError
        ``parquet_not_text``.
    """
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    try:
        if kind == "json":
            return pa.array([_write_json(value) for value in array.to_pylist()], pa.string())
        if kind == "float":
            array = pc.if_else(pc.is_nan(array), pa.scalar(None, array.type), array)
        if kind == "instant":
            array = array.cast(pa.timestamp(array.type.unit))
        texts = array.cast(pa.string())
        texts.validate(full=True)
    except (pa.ArrowException, TypeError, ValueError) as error:
        parameters = {"type": str(array.type)}
        problem = Problem(rules.PARQUET_NOT_TEXT, column=column, parameters=parameters)
        raise FileRefusedError(problem) from error
    if kind in {"timestamp", "instant"}:
        texts = pc.replace_substring_regex(texts, r"\.0+$", "")
    return pc.binary_join_element_wise(texts, "+00:00", "") if kind == "instant" else texts


def _write_json(value: object) -> str | None:
    return json.dumps(value, ensure_ascii=False, default=str) if value else None


def _hold_back(
    table: pa.Table, *, lines: pa.Int64Array
) -> tuple[pa.Table, pa.Int64Array, list[Problem]]:
    """Take out the rows with a NUL, or with a text longer than any that a shop writes."""
    problems: dict[int, Problem] = {}
    for name in table.column_names:
        column = table.column(name)
        nul = pc.fill_null(pc.match_substring(column, "\x00"), fill_value=False)
        length = pc.fill_null(pc.utf8_length(column), 0)
        long = pc.greater(length, rules.MAX_FIELD_CHARACTERS)
        limit = {"limit": f"{rules.MAX_FIELD_CHARACTERS:,}"}
        for mask, rule, parameters in (
            (nul, rules.NUL_BYTE, {}),
            (long, rules.FIELD_TOO_LONG, limit),
        ):
            for row in pc.indices_nonzero(mask).to_pylist():
                line = lines[row].as_py()
                problems[row] = Problem(rule, line=line, column=name, parameters=parameters)
    if not problems:
        return table, lines, []
    keep = pa.array([row not in problems for row in range(table.num_rows)])
    found = [problems[row] for row in sorted(problems)]
    return table.filter(keep), lines.filter(keep), found
