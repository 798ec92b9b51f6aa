"""Find out how a separated file is built: its delimiter, and where its header stands."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import FileRefusedError, Problem, ReadOptions
from orchestration.landing.quoting import read_record
from orchestration.landing.refusals import fold_name

DELIMITERS: Final = (",", "\t", ";", "|")
_LOOKED_AT: Final = 200
_HEADER_WITHIN: Final = 10
_FILLED_SHARE: Final = 0.6
_SEPARATOR_HINT: Final = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
# No header is a number, a day, an hour or an address of mail.
_DATA: Final = re.compile(
    r"""\s*(?:[¥￥$€£+▲△-]?[\d０-９][\d０-９.,]*%?
    | \d{4}\s*[-/.年]\s*\d{1,2}.* | \d{1,2}[:/]\d{2}.* | [^\s@]+@[^\s@]+\.[^\s@]+)\s*$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Dialect:
    """How a separated file is built.

    Attributes
    ----------
    delimiter : str
    header : tuple of str
        As the file spells it.
    header_index : int
        Index of the line on which the header begins.
    body_index : int
        Index of the first line after the header.
    preamble_count, blank_count : int
        Lines before the header, by whether they hold something.
    """

    delimiter: str
    header: tuple[str, ...]
    header_index: int
    body_index: int
    preamble_count: int
    blank_count: int


@dataclass(frozen=True)
class _Row:
    index: int
    end: int
    fields: tuple[str, ...]

    @property
    def filled(self) -> int:
        return sum(bool(text.strip()) for text in self.fields)


def find_dialect(lines: Sequence[str], *, options: ReadOptions, is_tsv: bool) -> Dialect:
    """Find the delimiter and the header of a separated file.

    The mapping's word goes first (``header_line``, then ``required_headers``). Without it the
    delimiter is the one that gives most lines the same number of fields, and the header the first
    line of the largest block of such lines that holds no number, day or mail address.

    Parameters
    ----------
    lines : sequence of str
        First lines of the file, with their ends.
    options : ReadOptions
    is_tsv : bool
        The file's name says that tabs come first.

    Returns
    -------
    Dialect

    Raises
    ------
    FileRefusedError
        ``header_not_found``, ``header_missing``, ``cut_off``.
    """
    delimiters = _list_delimiters(lines, options=options, is_tsv=is_tsv)
    rows = {delimiter: _read_rows(lines, delimiter=delimiter) for delimiter in delimiters}
    if options.header_line is not None:
        delimiter, header = _find_by_line(rows, line=options.header_line)
    elif options.required_headers:
        delimiter, header = _find_by_names(rows, names=options.required_headers)
    else:
        delimiter, header = _find_by_shape(rows)
    if not lines[header.end - 1].endswith(("\n", "\r")):
        raise FileRefusedError(Problem(rules.CUT_OFF, line=header.index + 1))
    before = [bool(_strip_blank(line, delimiter=delimiter)) for line in lines[: header.index]]
    return Dialect(
        delimiter,
        header.fields,
        header_index=header.index,
        body_index=header.end,
        preamble_count=sum(before),
        blank_count=len(before) - sum(before),
    )


def _list_delimiters(
    lines: Sequence[str], *, options: ReadOptions, is_tsv: bool
) -> tuple[str, ...]:
    if options.delimiter is not None:
        return (options.delimiter,)
    hint = _SEPARATOR_HINT.match(lines[0]) if lines else None
    if hint:
        return (hint.group(1),)
    return tuple(sorted(DELIMITERS, key=lambda mark: mark != "\t")) if is_tsv else DELIMITERS


def _read_rows(lines: Sequence[str], *, delimiter: str) -> list[_Row]:
    rows: list[_Row] = []
    index = 0
    while index < min(len(lines), _LOOKED_AT):
        record = read_record(lines, index, delimiter=delimiter)
        rows.append(_Row(index, record.end, tuple(record.fields)))
        index = record.end
    return rows


def _strip_blank(line: str, *, delimiter: str) -> str:
    return line.replace(delimiter, "").strip()


def _find_by_line(rows: dict[str, list[_Row]], *, line: int) -> tuple[str, _Row]:
    found = [
        (delimiter, row)
        for delimiter, candidates in rows.items()
        for row in candidates
        if row.index == line - 1 and row.filled
    ]
    if not found:
        expected = {"expected": f"line {line}"}
        raise FileRefusedError(Problem(rules.HEADER_NOT_FOUND, parameters=expected))
    return max(found, key=lambda pair: len(pair[1].fields))


def _find_by_names(rows: dict[str, list[_Row]], *, names: frozenset[str]) -> tuple[str, _Row]:
    wanted = {fold_name(name) for name in names}
    for delimiter, candidates in rows.items():
        for row in candidates:
            if wanted <= {fold_name(text) for text in row.fields}:
                return delimiter, row
    expected = {"expected": ", ".join(sorted(names))}
    raise FileRefusedError(Problem(rules.HEADER_NOT_FOUND, parameters=expected))


def _find_by_shape(rows: dict[str, list[_Row]]) -> tuple[str, _Row]:
    delimiter = max(rows, key=lambda mark: _rate(rows[mark]))
    width = _find_width(rows[delimiter])
    blocks: list[list[_Row]] = [[]]
    for row in rows[delimiter]:
        if not row.filled:
            blocks.append([])
        elif len(row.fields) == width:
            blocks[-1].append(row)
    # A preamble is shorter than the table; of two blocks of one size the later one is the table.
    by_size = sorted(enumerate(blocks), key=lambda pair: (len(pair[1]), pair[0]), reverse=True)
    for _, block in by_size:
        for row in block[:_HEADER_WITHIN]:
            if _looks_like_header(row):
                return delimiter, row
    raise FileRefusedError(Problem(rules.HEADER_MISSING, line=1))


def _rate(rows: list[_Row]) -> float:
    """Rate a delimiter: the share of lines with the commonest number of fields, times its log."""
    filled = [len(row.fields) for row in rows if row.filled]
    width = _find_width(rows)
    return filled.count(width) / len(filled) * math.log(width) if filled else 0.0


def _find_width(rows: list[_Row]) -> int:
    """Find the commonest number of fields, above one where any line has more than one."""
    counts = Counter(len(row.fields) for row in rows if row.filled and len(row.fields) > 1)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 1


def _looks_like_header(row: _Row) -> bool:
    enough = max(min(2, len(row.fields)), math.ceil(_FILLED_SHARE * len(row.fields)))
    return row.filled >= enough and not any(_DATA.match(text) for text in row.fields)
