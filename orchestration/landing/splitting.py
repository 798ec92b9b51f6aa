"""Build the columns of a separated file: at once where it is plain, from parsed rows elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from orchestration.landing import reading_rules as rules

_LINE_FEED: Final = 0x0A
_CARRIAGE_RETURN: Final = 0x0D
_QUOTE: Final = 0x22

_Bytes = npt.NDArray[np.uint8]
_Places = npt.NDArray[np.int64]


def split_plain_block(data: bytes, *, delimiter: str, names: Sequence[str]) -> pa.Table | None:
    """Split a block whose every line has the same number of delimiters, and no or all quotes.

    Quotes are let in only where every field has its two, and no other quote stands anywhere.

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
    n_lines = data.count(b"\n")
    if not data.endswith(b"\n") or len(names) == 1 or b"\x1a" in data or not delimiter.isascii():
        return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    characters = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(characters == _LINE_FEED)
    if int(np.diff(ends, prepend=-1).max()) > rules.MAX_FIELD_CHARACTERS:
        return None
    is_quoted = data.startswith(b'"')
    check = _is_fully_quoted if is_quoted else _is_free_of_quotes
    if not check(characters, ends=ends, delimiter=ord(delimiter), n_fields=len(names)):
        return None
    table = pyarrow.csv.read_csv(
        pa.BufferReader(data),
        read_options=pyarrow.csv.ReadOptions(column_names=list(names), block_size=len(data) + 1),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter,
            quote_char='"' if is_quoted else False,
            double_quote=False,
            escape_char=False,
            ignore_empty_lines=False,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            check_utf8=False,
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    return table if table.num_rows == n_lines else None


def _is_free_of_quotes(characters: _Bytes, *, ends: _Places, delimiter: int, n_fields: int) -> bool:
    """Say whether no line has a quote, and each one has a delimiter less than fields."""
    if (characters == _QUOTE).any():
        return False
    places = np.flatnonzero(characters == delimiter)
    if len(places) != (n_fields - 1) * len(ends):
        return False
    per_line = places.reshape(len(ends), n_fields - 1)
    return bool((per_line[:, -1] < ends).all() and (per_line[1:, 0] > ends[:-1]).all())


def _is_fully_quoted(characters: _Bytes, *, ends: _Places, delimiter: int, n_fields: int) -> bool:
    """Say whether every field of every line stands between two quotes, and no quote elsewhere."""
    places = np.flatnonzero(characters == _QUOTE)
    if len(places) != 2 * n_fields * len(ends):
        return False
    per_line = places.reshape(len(ends), 2 * n_fields)
    starts = np.concatenate(([0], ends[:-1] + 1))
    is_crlf = characters[ends - 1] == _CARRIAGE_RETURN
    closing, opening = per_line[:, 1:-1:2], per_line[:, 2::2]
    return bool(
        (per_line[:, 0] == starts).all()
        and (per_line[:, -1] == ends - 1 - is_crlf).all()
        and (opening == closing + 2).all()
        and (characters[closing + 1] == delimiter).all()
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
