"""Tell rows of totals from records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.landing.contracts import ReadOptions
from orchestration.landing.header_names import HeaderIndex
from orchestration.landing.refusals import fold_name

TOTAL_WORDS: Final = frozenset({"合計", "小計", "総計", "total"})


class TotalRows:
    """The columns that decide whether a row of one file is a total.

    A row is one where every key column is empty or holds a word for total, and no other required
    column has a value. Where the entity requires nothing besides its key, an empty key alone
    would also fit a record that lost its key: there the word must be found.

    Parameters
    ----------
    header : sequence of str
    options : ReadOptions
    """

    def __init__(self, header: Sequence[str], *, options: ReadOptions) -> None:
        index = HeaderIndex(header)
        self._keys = _place(header, options.key_headers, index=index)
        self._required = _place(header, options.required_value_headers, index=index)

    def find(self, table: pa.Table) -> pa.BooleanArray | None:
        """Mark the total rows of a table.

        Parameters
        ----------
        table : pyarrow.Table of shape (n, n_headers)
            Every column string, an empty field null.

        Returns
        -------
        pyarrow.BooleanArray of shape (n,) or None
            None where there is none.
        """
        if not self._keys or not table.num_rows:
            return None
        mask: pa.BooleanArray | None = None
        for place in self._required:
            blank = mark_blank(table.column(place))
            mask = blank if mask is None else pc.and_(mask, blank)
            if not pc.any(mask).as_py():
                return None
        rows = range(table.num_rows) if mask is None else pc.indices_nonzero(mask).to_pylist()
        if mask is None:
            rows = self._find_words(table.column(self._keys[0]))
        keys = [table.column(place).take(pa.array(rows, pa.int64())) for place in self._keys]
        texts = zip(*(column.to_pylist() for column in keys), strict=True)
        total = [row for row, key in zip(rows, texts, strict=True) if self._is_total_key(key)]
        if not total:
            return None
        marked = [False] * table.num_rows
        for row in total:
            marked[row] = True
        return pa.array(marked)

    def match_fragment(self, fields: Sequence[str]) -> bool:
        """Say whether a row with too few fields is a total; only a word for it convinces."""
        if not self._keys:
            return False
        filled = [text for text in fields if text.strip()]
        keys = [fields[place] for place in self._keys if place < len(fields)]
        has_word = any(is_total_word(text) for text in (*filled[:1], *keys))
        has_value = any(
            fields[place].strip()
            for place in self._required
            if place < len(fields) and not is_total_word(fields[place])
        )
        return has_word and not has_value and all(_is_blank_or_word(text) for text in keys)

    def _is_total_key(self, key: Sequence[str | None]) -> bool:
        if not all(text is None or _is_blank_or_word(text) for text in key):
            return False
        return bool(self._required) or any(text and is_total_word(text) for text in key)

    @staticmethod
    def _find_words(column: pa.ChunkedArray) -> list[int]:
        """Rows whose key is a word for total, by a cheap look at short values first."""
        pattern = "合計|小計|総計|(?i:total)|Ｔ|ｔ"
        marks = pc.fill_null(pc.match_substring_regex(column, pattern), fill_value=False)
        rows: list[int] = pc.indices_nonzero(marks).to_pylist()
        return rows


def mark_blank(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Mark the values of a string column that are null or nothing but white space."""
    return pc.fill_null(pc.utf8_is_space(column), fill_value=True)


def is_total_word(text: str) -> bool:
    """Say whether a value is a word for total, whatever its width and case.

    Examples
    --------
    >>> is_total_word(" ＴＯＴＡＬ ")
    True
    """
    return fold_name(text) in TOTAL_WORDS


def _is_blank_or_word(text: str) -> bool:
    return not text.strip() or is_total_word(text)


def _place(header: Sequence[str], names: Sequence[str], *, index: HeaderIndex) -> tuple[int, ...]:
    found = (index.find((name,)) for name in names)
    return tuple(header.index(name) for name in found if name is not None)
