"""Read the records of a separated file line by line, and hold back each that is broken."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import Problem, SkipKind
from orchestration.landing.decoding import DecodedLines, LineFault
from orchestration.landing.quoting import RawRecord, RecordShapes, read_record, read_rows
from orchestration.landing.sifting import RowSifter
from orchestration.landing.splitting import build_table

_LINES_AT_ONCE: Final = 1_000
_ROWS_IN_LISTS: Final = 1_000
# The last one ends the files of DOS.
_BLANKS: Final = " \t\u3000\r\n\x1a"


@dataclass
class ParsedRows:
    """What a block of lines holds.

    Attributes
    ----------
    tables : list of pyarrow.Table
        The rows that have as many fields as the header; every column string, an empty field null.
    lines : list of int
        Physical line of every row, from 1.
    problems : list of Problem
    skipped : Counter
        Lines that are no records, as far as they do not have the shape of one.
    """

    tables: list[pa.Table] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: Counter[SkipKind] = field(default_factory=Counter)


class RecordParser:
    """Parses the lines of one file, block by block; a record may span two blocks.

    Parameters
    ----------
    delimiter : str
    names : sequence of str
        Of the columns.
    shapes : RecordShapes
    sifter : RowSifter
    """

    def __init__(
        self, *, delimiter: str, names: Sequence[str], shapes: RecordShapes, sifter: RowSifter
    ) -> None:
        self._delimiter = delimiter
        self._names = tuple(names)
        self._n_fields = len(names)
        self._rows: list[list[str]] = []
        self._shapes = shapes
        self._sifter = sifter
        self._pending: tuple[list[str], dict[int, LineFault]] = ([], {})
        self._lines: list[str] = []
        self._faults: Mapping[int, LineFault] = {}
        self._first_line = 1
        self._is_last = False
        self._open_quote: str | None = None
        self._parsed = ParsedRows()

    @property
    def has_pending(self) -> bool:
        """Whether a record waits for its end in the next block."""
        return bool(self._pending[0])

    def parse(self, decoded: DecodedLines, *, first_line: int, is_last: bool) -> ParsedRows:
        """Read the records of the next block.

        Parameters
        ----------
        decoded : DecodedLines
        first_line : int
            Physical number of its first line.
        is_last : bool

        Returns
        -------
        ParsedRows
        """
        lines, faults = self._pending
        before = len(lines)
        self._lines = lines + decoded.lines
        shifted = {index + before: fault for index, fault in decoded.faults.items()}
        self._faults = {**faults, **shifted}
        self._first_line = first_line - before
        self._is_last = is_last
        self._parsed = ParsedRows()
        rest = self._parse_all()
        kept = {index - rest: fault for index, fault in self._faults.items() if index >= rest}
        self._pending = (self._lines[rest:], kept)
        self._lines = []
        self._build_columns()
        return self._parsed

    def _parse_all(self) -> int:
        """Parse all lines; return the index of the first one that waits for the next block."""
        index, count = 0, len(self._lines)
        stops = [*sorted(self._faults), count]
        if count and not self._lines[-1].endswith(("\n", "\r")):
            stops.insert(-1, count - 1)
        while index < count:
            end = min(index + _LINES_AT_ONCE, stops[bisect_left(stops, index)])
            following: int | None = self._take_many(index, end) if end > index else index
            if following == index:
                following = self._take_one(index)
            if following is None:
                return index
            index = following
        return count

    def _take_many(self, start: int, end: int) -> int:
        """Take lines as long as their quotes are in order; return the first one left."""
        lines = self._lines[start:end]
        if self._open_quote is not None or max(map(len, lines)) > rules.MAX_FIELD_CHARACTERS:
            return start
        rows, ends = read_rows(lines, delimiter=self._delimiter)
        if ends == list(range(1, len(rows) + 1)) and set(map(len, rows)) == {self._n_fields}:
            self._accept(rows, range(start, start + len(rows)))
            return start + len(rows)
        index = start
        for row, after in zip(rows, ends, strict=True):
            if start + after == index + 1 and len(row) == self._n_fields:
                self._accept((row,), (index,))
                index += 1
                continue
            following = self._take_one(index)
            if following != start + after:
                return index if following is None else following
            index = following
        return index

    def _accept(self, rows: Sequence[list[str]], indices: Sequence[int]) -> None:
        self._rows += rows
        self._parsed.lines += [self._first_line + index for index in indices]
        self._shapes.learn(row[0] for row in rows)
        # Columns take a tenth of the room of lists; few lists at a time stay in the cache of the
        # processor (203,000 rows/s at 1,000 rows, 141,000 at 20,000).
        if len(self._rows) >= _ROWS_IN_LISTS:
            self._build_columns()

    def _build_columns(self) -> None:
        self._parsed.tables.append(build_table(self._rows, names=self._names))
        self._rows = []

    def _take_one(self, index: int) -> int | None:
        """Take the record that begins on a line; return where the next one begins."""
        record = read_record(self._lines, index, delimiter=self._delimiter)
        if record.is_open and not self._is_last:
            return None
        is_cut = record.end == len(self._lines) and not self._lines[-1].endswith(("\n", "\r"))
        # Of a record that begins with empty fields a cut leaves nothing but delimiters.
        delimiter = "" if is_cut else self._delimiter
        if not self._lines[index].strip(delimiter + _BLANKS):
            self._parsed.skipped["blank"] += 1
            return index + 1
        fault = self._find_fault(index, record.end)
        if is_cut:
            self._hold_back(index, rules.CUT_OFF)
        elif fault is not None:
            self._hold_back(index, fault.rule, fault.parameters)
        elif record.rule is not None:
            self._hold_back_broken(index, record)
        else:
            return self._take_fields(index, record)
        return record.end

    def _find_fault(self, start: int, end: int) -> LineFault | None:
        if not self._faults:
            return None
        found = (self._faults.get(index) for index in range(start, end))
        return next((fault for fault in found if fault is not None), None)

    def _hold_back_broken(self, index: int, record: RawRecord) -> None:
        parameters: dict[str, str] = {}
        if record.rule == rules.FIELD_TOO_LONG:
            parameters = {"limit": f"{rules.MAX_FIELD_CHARACTERS:,}"}
        elif record.rule == rules.RECORD_TOO_LONG:
            parameters = {"limit": f"{rules.MAX_LINE_CHARACTERS:,}"}
        if record.is_open:
            self._open_quote = self._lines[index]
        self._hold_back(index, record.rule or "", parameters)

    def _take_fields(self, index: int, record: RawRecord) -> int:
        """Take a record whose quotes are whole, if it has the right number of fields."""
        fields = record.fields
        is_right = len(fields) == self._n_fields
        inner = self._lines[index + 1 : record.end]
        if inner and any(self._shapes.match(line, like=self._lines[index]) for line in inner):
            # A quote that was never meant to open swallowed whole records. Where the fields add
            # up all the same nobody can say what is text: all of it is held back.
            self._hold_back(index, rules.UNCLOSED_QUOTE)
            return record.end if is_right else index + 1
        if self._open_quote is not None and not self._shapes.match(
            self._lines[index], like=self._open_quote
        ):
            self._hold_back(index, rules.AFTER_UNCLOSED_QUOTE)
        elif is_right:
            self._accept((fields,), (index,))
        else:
            self._judge_width(index, fields)
        return record.end

    def _judge_width(self, index: int, fields: Sequence[str]) -> None:
        if not any(text.strip() for text in fields):
            self._parsed.skipped["blank"] += 1
        elif self._sifter.totals.match_fragment(fields):
            self._parsed.skipped["total"] += 1
        else:
            rule = rules.SHORT_ROW if len(fields) < self._n_fields else rules.LONG_ROW
            found = {"found": str(len(fields)), "expected": str(self._n_fields)}
            self._hold_back(index, rule, found)

    def _hold_back(
        self, index: int, rule: str, parameters: Mapping[str, str] | None = None
    ) -> None:
        line = self._first_line + index
        self._parsed.problems.append(Problem(rule, line=line, parameters=parameters or {}))
