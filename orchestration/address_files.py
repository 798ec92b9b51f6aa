"""Files of addresses for ``kaeru address check``: read row by row, answered row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from models_ml.addresses.checking import check_address
from models_ml.addresses.postal_index import PostalIndex
from orchestration.address_words import describe_check
from orchestration.landing.blocks import iterate_blocks, open_text
from orchestration.landing.contracts import FileRefusedError
from orchestration.landing.decoding import LineDecoder
from orchestration.spreadsheet_text import neutralise_formula
from orchestration.wording import Words, WrongUseError

FORMATS: Final = ("jsonl", "csv", "parquet")
LONGEST_FIELD: Final = 2**27  # characters; what is too long for an address is answered as such
FIELDS: Final = (
    *("row", "lane", "codes", "corrected_postal", "corrected_address", "confidence"),
    *("candidates", "data_month"),
)
LIST_SEPARATOR: Final = ";"  # of codes and candidates in a CSV field

NO_COLUMN: Final = Words(
    ja="{file} に列「{column}」がありません。ある列: {known}",
    en="{file} has no column {column!r}. It has: {known}",
)
NO_TABLE: Final = Words(
    ja="{file} を表として読めません: {error}", en="{file} cannot be read as a table: {error}"
)

Pair = tuple[str, str]  # postal code, address


def iterate_pairs(path: Path, *, postal_column: str, address_column: str) -> Iterator[Pair]:
    """Read postal code and address of every row, one block of the file in memory at a time.

    Parameters
    ----------
    path : Path
        ``.parquet``, ``.jsonl``, else separated text; the latter two also ``.gz``. Text is UTF-8
        or CP932, told line by line as landing tells it.
    postal_column, address_column : str

    Yields
    ------
    (str, str)
        In the order of the file; empty where a row has none.

    Raises
    ------
    WrongUseError
        If a column is not there, or the file is no table.
    OSError
    """
    columns = (postal_column, address_column)
    kind = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    try:
        if kind == "parquet":
            from orchestration.address_parquet import iterate_columns

            yield from iterate_columns(path, columns=columns)
        elif kind == "jsonl":
            yield from _iterate_objects(path, columns=columns)
        else:
            yield from _iterate_separated(path, columns=columns)
    except (csv.Error, FileRefusedError, json.JSONDecodeError) as error:
        raise WrongUseError(NO_TABLE, file=path.name, error=error) from error


def check_pairs(index: PostalIndex, pairs: Iterable[Pair]) -> Iterator[dict[str, Any]]:
    """Check each pair; the record of a row counts rows from 0."""
    for row, (postal, address) in enumerate(pairs):
        yield describe_check(check_address(index, address, postal=postal), row=row)


def write_records(file: IO[str], records: Iterable[dict[str, Any]], *, output_format: str) -> None:
    """Write records as text.

    Parameters
    ----------
    file : IO of str
    records : iterable of dict
    output_format : {"jsonl", "csv"}
        In CSV, text that a spreadsheet would run as a formula gets an apostrophe.
    """
    if output_format == "jsonl":
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        return
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FIELDS)
    for record in records:
        writer.writerow([_flatten(record[name]) for name in FIELDS])


def _iterate_lines(path: Path) -> Iterator[str]:
    decoder = LineDecoder(declared=None)
    with path.open("rb") as file:
        is_zipped = path.suffix.lower() == ".gz"
        for block in iterate_blocks(open_text(file, is_zipped=is_zipped, encoding=None)):
            yield from decoder.decode(block.data).lines


def _iterate_separated(path: Path, *, columns: tuple[str, str]) -> Iterator[Pair]:
    csv.field_size_limit(LONGEST_FIELD)
    lines = _iterate_lines(path)
    first = next(lines, "")
    header: list[str] = []
    for delimiter in ",\t;|":
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        if set(columns) <= set(header):
            break
    else:
        header = [name.strip() for name in next(csv.reader([first]), [])]
    places = [find_column(path, one, known=header) for one in columns]
    for row in csv.reader(lines, delimiter=delimiter):
        if row or len(header) == 1:
            postal, address = (row[place] if place < len(row) else "" for place in places)
            yield postal, address


def _iterate_objects(path: Path, *, columns: tuple[str, str]) -> Iterator[Pair]:
    for number, line in enumerate(_iterate_lines(path)):
        if not line.strip():
            continue
        record = json.loads(line)
        if not isinstance(record, dict):
            error = f"line {number + 1} is no object"
            raise WrongUseError(NO_TABLE, file=path.name, error=error)
        if number == 0:
            for column in columns:
                find_column(path, column, known=list(record))
        postal, address = (record.get(column) for column in columns)
        yield to_text(postal), to_text(address)


def find_column(path: Path, column: str, *, known: list[str]) -> int:
    """Find the place of a column.

    Raises
    ------
    WrongUseError
        If it is not there; the columns that are there are named.
    """
    if column not in known:
        raise WrongUseError(NO_COLUMN, file=path.name, column=column, known=", ".join(known))
    return known.index(column)


def to_text(value: object) -> str:
    """Write a value of a cell; nothing is the empty text."""
    return "" if value is None else str(value)


def _flatten(value: object) -> object:
    if isinstance(value, list):
        value = LIST_SEPARATOR.join(value)
    return "" if value is None else neutralise_formula(value)
