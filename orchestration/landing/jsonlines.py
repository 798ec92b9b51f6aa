"""Read JSON Lines: one object per line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import pyarrow as pa

from orchestration.landing import reading_rules as rules
from orchestration.landing.blocks import Block
from orchestration.landing.contracts import (
    FileRefusedError,
    Problem,
    ReadOptions,
    RecordBatch,
    SkipKind,
)
from orchestration.landing.decoding import DecodedLines, LineDecoder
from orchestration.landing.json_records import BrokenRecordError, parse_json_line
from orchestration.landing.sifting import RowSifter

# Objects of Python take some ten times the room of their text.
JSON_BLOCK_BYTES: Final = 8 * 2**20

_Record = dict[str, str | None]


def find_json_header(lines: Sequence[str], *, options: ReadOptions) -> tuple[str, ...]:
    """Name the fields of the first records, in order of appearance.

    Parameters
    ----------
    lines : sequence of str
        First lines of the file, with their ends.
    options : ReadOptions

    Returns
    -------
    tuple of str

    Raises
    ------
    FileRefusedError
        ``json_array``, ``not_json_lines``, ``too_many_columns``.
    """
    header: dict[str, None] = {}
    filled = [line.strip() for line in lines if line.strip()]
    for place, line in enumerate(filled):
        try:
            records = parse_json_line(line, explode=options.explode)
        except BrokenRecordError as error:
            # A list that ends on another line; one that ends on its own line is a bad record.
            if place == 0 and line.startswith("[") and error.rule == rules.JSON_INVALID:
                raise FileRefusedError(Problem(rules.JSON_ARRAY)) from error
            continue
        for record in records:
            header.update(dict.fromkeys(record))
    if not header:
        is_list = bool(filled) and filled[0].startswith("[")
        rule = rules.JSON_ARRAY if is_list else rules.NOT_JSON_LINES
        raise FileRefusedError(Problem(rule))
    _check_width(header)
    return tuple(header)


class JsonLinesReader:
    """Reads the blocks of one JSON Lines file, in order.

    Parameters
    ----------
    header : sequence of str
        Fields that every batch has, besides those that appear in it.
    decoder : LineDecoder
    options : ReadOptions
    """

    def __init__(
        self, header: Sequence[str], *, decoder: LineDecoder, options: ReadOptions
    ) -> None:
        self._header = dict.fromkeys(header)
        self._decoder = decoder
        self._options = options

    def read(self, blocks: Iterator[Block]) -> Iterator[RecordBatch]:
        """Read the records of a file.

        Parameters
        ----------
        blocks : iterator of Block
            From the first line of the file on.

        Yields
        ------
        RecordBatch
            Later batches have the fields of all earlier ones too.
        """
        for block in blocks:
            decoded = self._decoder.decode(block.data)
            yield self._read_lines(decoded, block=block)

    def _read_lines(self, decoded: DecodedLines, *, block: Block) -> RecordBatch:
        records: list[_Record] = []
        numbers: list[int] = []
        problems: list[Problem] = []
        skipped: Counter[SkipKind] = Counter()
        for index, text in enumerate(decoded.lines):
            line = block.first_line + index
            fault = decoded.faults.get(index)
            is_cut = not text.endswith(("\n", "\r"))
            if fault is not None:
                rule = rules.CUT_OFF if is_cut else fault.rule
                problems.append(Problem(rule, line=line, parameters=fault.parameters))
            elif not text.strip(" \t\u3000\r\n\x1a"):
                skipped["blank"] += 1
            else:
                try:
                    found = self._parse(text, is_cut=is_cut)
                except BrokenRecordError as error:
                    problem = Problem(
                        error.rule, line=line, column=error.column, parameters=error.parameters
                    )
                    problems.append(problem)
                else:
                    records += found
                    numbers += [line] * len(found)
        return self._build(records, numbers=numbers, problems=problems, skipped=skipped)

    def _parse(self, text: str, *, is_cut: bool) -> list[_Record]:
        if len(text) >= rules.MAX_LINE_CHARACTERS:
            limit = {"limit": f"{rules.MAX_LINE_CHARACTERS:,}"}
            raise BrokenRecordError(rules.RECORD_TOO_LONG, parameters=limit)
        try:
            return parse_json_line(text.strip(" \t\r\n"), explode=self._options.explode)
        except BrokenRecordError as error:
            if is_cut and error.rule == rules.JSON_INVALID:
                raise BrokenRecordError(rules.CUT_OFF) from error
            raise

    def _build(
        self,
        records: Sequence[_Record],
        *,
        numbers: Sequence[int],
        problems: Sequence[Problem],
        skipped: Counter[SkipKind],
    ) -> RecordBatch:
        for record in records:
            if not record.keys() <= self._header.keys():
                self._header.update(dict.fromkeys(record))
        _check_width(self._header)
        columns = {
            name: pa.array([record.get(name) for record in records], pa.string())
            for name in self._header
        }
        sifter = RowSifter(tuple(self._header), spelled=(), options=self._options)
        table, lines, sifted = sifter.sift(pa.table(columns), lines=pa.array(numbers, pa.int64()))
        skipped.update(sifted)
        return RecordBatch(table, lines, problems=tuple(problems), lines_skipped=dict(skipped))


def _check_width(header: dict[str, None]) -> None:
    if len(header) > rules.MAX_COLUMNS:
        parameters = {"limit": f"{rules.MAX_COLUMNS:,}"}
        raise FileRefusedError(Problem(rules.TOO_MANY_COLUMNS, parameters=parameters))
