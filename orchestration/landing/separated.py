"""Read separated files: CSV, and the same with tabs, semicolons or bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from orchestration.landing.blocks import Block
from orchestration.landing.contracts import Problem, ReadOptions, RecordBatch, SkipKind
from orchestration.landing.decoding import DecodedLines, LineDecoder
from orchestration.landing.dialect import Dialect
from orchestration.landing.header_lines import fold_headers, name_columns
from orchestration.landing.quoting import RecordShapes
from orchestration.landing.records import RecordParser
from orchestration.landing.sifting import RowSifter
from orchestration.landing.splitting import split_plain_block

_LEARNED: Final = 200
# The header was found in the first MiB.
_HEADER_WITHIN_BYTES: Final = 2 * 2**20


class SeparatedReader:
    """Reads the blocks of one separated file, in order.

    Parameters
    ----------
    dialect : Dialect
    decoder : LineDecoder
    options : ReadOptions

    Raises
    ------
    FileRefusedError
        ``duplicate_header``, ``too_many_columns``.
    """

    def __init__(self, dialect: Dialect, *, decoder: LineDecoder, options: ReadOptions) -> None:
        line = dialect.header_index + 1
        header = fold_headers(dialect.header, line=line)
        self._names = name_columns(header, options=options, line=line)
        self._dialect = dialect
        self._decoder = decoder
        self._sifter = RowSifter(header, spelled=dialect.header, options=options)
        self._shapes = RecordShapes(delimiter=dialect.delimiter, n_fields=len(header))
        self._parser = RecordParser(
            delimiter=dialect.delimiter,
            names=self._names,
            shapes=self._shapes,
            sifter=self._sifter,
        )
        self._lines_to_skip = dialect.body_index
        self._skipped: Counter[SkipKind] = Counter(
            {"blank": dialect.blank_count, "preamble": dialect.preamble_count}
        )

    def read(self, blocks: Iterator[Block]) -> Iterator[RecordBatch]:
        """Read the records of a file.

        Parameters
        ----------
        blocks : iterator of Block
            From the first line of the file on.

        Yields
        ------
        RecordBatch
        """
        for block in blocks:
            body = self._skip_head(block)
            decoded, plain = self._split(body.data)
            if plain is not None:
                numbers = pa.array(np.arange(body.first_line, body.first_line + plain.num_rows))
                self._shapes.learn(text or "" for text in plain.column(0)[:_LEARNED].to_pylist())
                yield self._build(plain, lines=numbers, problems=())
                continue
            parsed = self._parser.parse(
                decoded or self._decoder.decode(body.data),
                first_line=body.first_line,
                is_last=body.is_last,
            )
            self._skipped.update(parsed.skipped)
            yield self._build(
                pa.concat_tables(parsed.tables).combine_chunks(),
                lines=pa.array(parsed.lines, pa.int64()),
                problems=tuple(parsed.problems),
            )

    def _skip_head(self, block: Block) -> Block:
        """Leave out the lines up to the header."""
        if not self._lines_to_skip:
            return block
        lines = block.data[:_HEADER_WITHIN_BYTES].splitlines(keepends=True)
        lines = lines[: self._lines_to_skip]
        self._lines_to_skip = 0
        size = sum(map(len, lines))
        return Block(block.data[size:], block.first_line + len(lines), block.is_last)

    def _split(self, data: bytes) -> tuple[DecodedLines | None, pa.Table | None]:
        """Take the fast path where it gives the same answer: no quote, no line out of shape."""
        if not data or self._parser.has_pending:
            return None, None
        decoded = None
        if not self._decoder.is_plain_utf_8(data):
            decoded = self._decoder.decode(data)
            data = b"" if decoded.faults else "".join(decoded.lines).encode("utf-8")
        table = split_plain_block(data, delimiter=self._dialect.delimiter, names=self._names)
        return decoded, table

    def _build(
        self, table: pa.Table, *, lines: pa.Int64Array, problems: tuple[Problem, ...]
    ) -> RecordBatch:
        table, lines, skipped = self._sifter.sift(table, lines=lines)
        self._skipped.update(skipped)
        kinds: Mapping[SkipKind, int] = {kind: n for kind, n in self._skipped.items() if n}
        self._skipped = Counter()
        return RecordBatch(table, lines, problems=problems, lines_skipped=kinds)
