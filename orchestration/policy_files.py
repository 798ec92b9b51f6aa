"""Files of a shop's policies folder: rows of a CSV whose every cell is judged and answered for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from orchestration.wording import Words, WrongUseError

Row = dict[str, str | None]
Judge = Callable[[str], str | None]

FLAGS: Final = {"true": "true", "1": "true", "false": "false", "0": "false"}

NOT_TEXT: Final = Words(
    ja="{file} が UTF-8 の文字として読めません。UTF-8 の CSV で保存し直してください。",
    en="{file} is not UTF-8 text. Save it as CSV in UTF-8.",
)
UNKNOWN_COLUMN: Final = Words(
    ja="{file} の 1 行目の列「{column}」は知らない列です。使える列: {known}。"
    "直すか消してください。",
    en="{file}, line 1: the column {column!r} is unknown. Known are {known}. Correct or remove it.",
)
MISSING_COLUMN: Final = Words(
    ja="{file} の 1 行目に列 {column} がありません。書き足してください。",
    en="{file}, line 1: the column {column} is missing. Add it.",
)
TOO_WIDE: Final = Words(
    ja='{file} の {line} 行目に見出しより多い値「{value}」があります。カンマを含む値は " で囲んで'
    "ください。",
    en="{file}, line {line}: the value {value!r} has no column. Put values with commas in quotes.",
)
BAD_VALUE: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」は使えません。使える値: {expected}。",
    en="{file}, line {line}, column {column}: {value!r} cannot be used. Expected: {expected}.",
)
MISSING_VALUE: Final = Words(
    ja="{file} の {line} 行目、列 {column} が空です（値「{value}」）。使える値: {expected}。",
    en="{file}, line {line}, column {column}: the value is empty ({value!r}). "
    "Expected: {expected}.",
)
REPEATED: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」は {first} 行目と同じです。"
    "どちらかを消してください。",
    en="{file}, line {line}, column {column}: {value!r} stands in line {first} already. "
    "Remove one of them.",
)


@dataclass(frozen=True)
class Column:
    """How one column is judged.

    Attributes
    ----------
    judge : callable
        Text to its canonical text, or to None when the value cannot be used.
    expected : str
        What can be used, as a message says it.
    """

    judge: Judge
    expected: str


def one_of(*values: str) -> Column:
    """Judge a column that holds one of a few words, in any case."""
    return Column(lambda text: text.lower() if text.lower() in values else None, ", ".join(values))


def _judge_date(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


TEXT: Final = Column(lambda text: text, "「…」 / a text")
FLAG: Final = Column(lambda text: FLAGS.get(text.lower()), "true, false")
DAY: Final = Column(_judge_date, "YYYY-MM-DD")


def read_rows(
    path: Path, *, columns: Mapping[str, Column], required: tuple[str, ...]
) -> dict[int, Row]:
    """Read the rows of a file by the line on which each ends; none when there is no file.

    Parameters
    ----------
    path : Path
    columns : mapping of str to Column
        Every column that the file may have.
    required : tuple of str
        Columns that it must have, with a value in every row.

    Returns
    -------
    dict of int to row

    Raises
    ------
    WrongUseError
        With file, line, column, value and what is expected.
    """
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUseError(NOT_TEXT, file=path.name) from None
    reader = csv.DictReader(text.splitlines(keepends=True))
    header = [name.strip() for name in reader.fieldnames or ()]
    for name in header:
        if name not in columns:
            known = ", ".join(columns)
            raise WrongUseError(UNKNOWN_COLUMN, file=path.name, column=name, known=known)
    for name in required:
        if name not in header:
            raise WrongUseError(MISSING_COLUMN, file=path.name, column=name)
    reader.fieldnames = header
    return dict(_judge_rows(reader, file=path.name, columns=columns, required=required))


def _judge_rows(
    reader: csv.DictReader[str],
    *,
    file: str,
    columns: Mapping[str, Column],
    required: tuple[str, ...],
) -> Iterator[tuple[int, Row]]:
    for found in reader:
        line = reader.line_num
        if None in found:
            beyond = ",".join(found[None])
            raise WrongUseError(TOO_WIDE, file=file, line=line, value=beyond)
        row: Row = {}
        for name, value in found.items():
            bare, column = (value or "").strip(), columns[name]
            row[name] = column.judge(bare) if bare else None
            if (bare or name in required) and row[name] is None:
                words = BAD_VALUE if bare else MISSING_VALUE
                expected = column.expected
                raise WrongUseError(
                    words, file=file, line=line, column=name, value=bare, expected=expected
                )
        yield line, row


def refuse_repeated(
    rows: Mapping[int, Row], *, file: str, column: str, key: Callable[[Row], tuple[str, ...]]
) -> None:
    """Refuse a second row of the same key; the message shows the value of ``column``.

    Raises
    ------
    WrongUseError
    """
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows.items():
        first = seen.setdefault(key(row), line)
        if first != line:
            value = row[column]
            raise WrongUseError(
                REPEATED, file=file, line=line, column=column, value=value, first=first
            )
