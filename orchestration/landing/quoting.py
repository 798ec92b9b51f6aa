"""Read one record of a separated file that may hold quotes and line breaks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from orchestration.landing import reading_rules as rules

_SHAPE: Final = ((re.compile("[0-9]+"), "9"), (re.compile("[A-Za-z]+"), "a"))
_LEARNED_ROWS: Final = 200
_LEARNED_SHAPES: Final = 50


@dataclass(frozen=True)
class RawRecord:
    """The fields of one record, or why it has none.

    Attributes
    ----------
    fields : list of str
        Empty where a rule is broken.
    end : int
        Index of the line after the record; of the line after the first one where a rule is
        broken, since what follows a broken quote may be whole.
    rule : str or None
    is_open : bool
        A quote is still open at the last line at hand.
    """

    fields: list[str]
    end: int
    rule: str | None = None
    is_open: bool = False


class _Feed(Iterator[str]):
    """Hands out lines from an index on, and remembers how far it came."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self.position = start
        self.characters = 0
        self.is_exhausted = False
        self._lines = lines

    def __next__(self) -> str:
        if self.position >= len(self._lines):
            self.is_exhausted = True
            raise StopIteration
        line = self._lines[self.position]
        self.position += 1
        self.characters += len(line)
        return line


def split_plain(line: str, *, delimiter: str) -> list[str]:
    """Split a line without quotes, as the csv module would."""
    return line.rstrip("\r\n").split(delimiter)


def read_record(lines: Sequence[str], start: int, *, delimiter: str) -> RawRecord:
    """Read the record that begins on a line.

    Parameters
    ----------
    lines : sequence of str
        With their ends.
    start : int
    delimiter : str
        One character.

    Returns
    -------
    RawRecord
    """
    line = lines[start]
    if len(line) >= rules.MAX_LINE_CHARACTERS:
        return RawRecord([], start + 1, rule=rules.RECORD_TOO_LONG)
    if '"' not in line:
        fields = split_plain(line, delimiter=delimiter)
        if len(line) > rules.MAX_FIELD_CHARACTERS and is_too_long(fields):
            return RawRecord([], start + 1, rule=rules.FIELD_TOO_LONG)
        return RawRecord(fields, start + 1)
    feed = _Feed(lines, start)
    try:
        fields = next(csv.reader(feed, delimiter=delimiter, strict=True))
    except csv.Error:
        return _judge_failure(feed, start)
    if feed.characters > rules.MAX_FIELD_CHARACTERS and is_too_long(fields):
        return RawRecord([], feed.position, rule=rules.FIELD_TOO_LONG)
    return RawRecord(fields, feed.position)


def is_too_long(fields: Sequence[str]) -> bool:
    """Say whether a field is longer than any that a shop writes."""
    return max(map(len, fields)) > rules.MAX_FIELD_CHARACTERS


def _judge_failure(feed: _Feed, start: int) -> RawRecord:
    if feed.is_exhausted:
        return RawRecord([], start + 1, rule=rules.UNCLOSED_QUOTE, is_open=True)
    if feed.position > start + 1:
        return RawRecord([], start + 1, rule=rules.UNCLOSED_QUOTE)
    is_long = feed.characters > rules.MAX_FIELD_CHARACTERS
    rule = rules.FIELD_TOO_LONG if is_long else rules.TEXT_AFTER_QUOTE
    return RawRecord([], start + 1, rule=rule)


def read_rows(lines: Sequence[str], *, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Read records up to the first one whose quotes are not in order.

    Parameters
    ----------
    lines : sequence of str
        None longer than the longest field.
    delimiter : str

    Returns
    -------
    rows : list of list of str
    ends : list of int
        For every row the index of the line after it.
    """
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    with suppress(csv.Error):
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    return rows, ends


class RecordShapes:
    """Remembers what the first fields of records look like: ``a-9`` for ORD-1001.

    A line inside a quoted field that has as many delimiters as a record, and begins like one,
    is a record that a stray quote swallowed.

    Parameters
    ----------
    delimiter : str
    n_fields : int
    """

    def __init__(self, *, delimiter: str, n_fields: int) -> None:
        self._delimiter = delimiter
        self._n_fields = n_fields
        self._shapes: set[str] = set()
        self._learned = 0

    def learn(self, first_fields: Iterator[str]) -> None:
        """Look at the first fields of whole records, as long as there is something to learn."""
        room = _LEARNED_ROWS - self._learned
        if room <= 0 or len(self._shapes) >= _LEARNED_SHAPES:
            return
        for text in islice(first_fields, room):
            self._learned += 1
            self._shapes.add(_describe(text))

    def match(self, line: str, *, like: str | None = None) -> bool:
        """Say whether a line by itself looks like a record of this file.

        Parameters
        ----------
        line : str
        like : str or None
            Beginning of a record that counts as seen too.

        Returns
        -------
        bool
        """
        fields = split_plain(line, delimiter=self._delimiter)
        if len(fields) != self._n_fields or self._n_fields == 1:
            return False
        shapes = self._shapes
        if like is not None and self._delimiter in like:
            shapes = shapes | {_describe(like.split(self._delimiter)[0])}
        return _describe(fields[0]) in shapes


def _describe(text: str) -> str:
    shape = text.strip().strip('"')
    for pattern, sign in _SHAPE:
        shape = pattern.sub(sign, shape)
    return shape
