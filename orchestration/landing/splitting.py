"""Build the columns of a separated file: at once where it is plain, from parsed rows elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from orchestration.landing import reading_rules as rules

_LINE_FEED = 0x0A


def split_plain_block(data: bytes, *, delimiter: str, names: Sequence[str]) -> pa.Table | None:
    """Split a block without quotes whose lines all have the same number of delimiters.

    Parameters
    ----------
    data : bytes
        UTF-8, whole lines.
    delimiter : str
    names : sequence of str
        All different.

    Returns
    -------
    pyarrow.Table of shape (n_lines, n_names) or None
        Every column string, an empty field null; None where the careful path must read it.
    """
    if not _is_plain(data, delimiter=delimiter, n_fields=len(names)):
        return None
    table = pyarrow.csv.read_csv(
        pa.BufferReader(data),
        read_options=pyarrow.csv.ReadOptions(column_names=list(names), block_size=len(data) + 1),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, quote_char=False, escape_char=False, ignore_empty_lines=False
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            check_utf8=False,
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    return table if table.num_rows == data.count(b"\n") else None


def _is_plain(data: bytes, *, delimiter: str, n_fields: int) -> bool:
    if not data.endswith(b"\n") or n_fields == 1 or b'"' in data or b"\x1a" in data:
        return False
    if not delimiter.isascii() or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return False
    per_line = n_fields - 1
    n_lines = data.count(b"\n")
    if data.count(delimiter.encode()) != per_line * n_lines:
        return False
    characters = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(characters == _LINE_FEED)
    places = np.flatnonzero(characters == ord(delimiter))
    longest = int(np.diff(ends, prepend=-1).max())
    return (
        longest <= rules.MAX_FIELD_CHARACTERS
        and bool((places[per_line - 1 :: per_line] < ends).all())
        and bool((places[per_line::per_line] > ends[:-1]).all())
    )


def build_table(rows: Sequence[Sequence[str]], *, names: Sequence[str]) -> pa.Table:
    """Turn rows of text into columns.

    Parameters
    ----------
    rows : sequence of shape (n, n_names)
    names : sequence of str

    Returns
    -------
    pyarrow.Table of shape (n, n_names)
        Every column string, an empty field null.
    """
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    arrays = [empty_to_null(pa.array(column, pa.string())) for column in columns]
    return pa.table(arrays, names=list(names))


def empty_to_null(texts: pa.StringArray) -> pa.StringArray:
    """Turn empty texts into nulls."""
    is_empty = pc.equal(texts, "")
    if not pc.any(is_empty).as_py():
        return texts
    return pc.if_else(is_empty, pa.scalar(None, pa.string()), texts)
