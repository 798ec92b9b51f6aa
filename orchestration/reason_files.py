"""Files of texts for ``kaeru reasons``: CSV, TSV or JSON Lines, every record kept in its place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from orchestration.wording import Words, WrongUseError

LONGEST_FIELD: Final = 2**27  # bytes that one field may have; a text is read up to its first part
_ENCODINGS: Final = ("utf-8-sig", "cp932")

NO_COLUMN: Final = Words(
    ja="{file} に列「{column}」がありません。ある列: {known}",
    en="{file} has no column {column!r}. It has: {known}",
)
NO_RECORD: Final = Words(
    ja="{file} の {line} 行目を記録として読めません: {error}",
    en="{file}, line {line} cannot be read as a record: {error}",
)


def iterate_texts(path: Path, *, column: str) -> Iterator[str]:
    """Read one column of a file.

    Parameters
    ----------
    path : Path
        ``.jsonl`` holds an object a line, ``.tsv`` is separated by tabs, anything else by commas.
        UTF-8, else CP932; what is neither is read with replacement signs.
    column : str
        Of the header, or a key of the objects.

    Yields
    ------
    str
        In the order of the file; empty where a record has none.

    Raises
    ------
    WrongUseError
        If the column is not there, or a line holds no record.
    OSError
    """
    if path.suffix.lower() == ".jsonl":
        for line, record in iterate_objects(path):
            if column not in record:
                raise WrongUseError(
                    NO_COLUMN, file=f"{path.name}:{line}", column=column, known=", ".join(record)
                )
            yield "" if record[column] is None else str(record[column])
        return
    csv.field_size_limit(LONGEST_FIELD)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    rows = csv.reader(io.StringIO(_decode(path), newline=""), delimiter=delimiter)
    header = [name.strip() for name in next(rows, [])]
    if column not in header:
        raise WrongUseError(NO_COLUMN, file=path.name, column=column, known=", ".join(header))
    place = header.index(column)
    for row in rows:
        if row or len(header) == 1:
            yield row[place] if place < len(row) else ""


def iterate_objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the objects of JSON Lines with their line numbers from 1; blank lines are none.

    Raises
    ------
    WrongUseError
        If a line is no JSON object.
    OSError
    """
    for line, text in enumerate(_decode(path).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            record = json.loads(text)
        except ValueError as error:
            raise WrongUseError(NO_RECORD, file=path.name, line=line, error=error) from error
        if not isinstance(record, dict):
            raise WrongUseError(NO_RECORD, file=path.name, line=line, error=type(record).__name__)
        yield line, record


def _decode(path: Path) -> str:
    data = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8-sig", errors="replace")
