"""Take out of a table what is no record: blank rows, repeated headers, totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.landing.contracts import ReadOptions, SkipKind
from orchestration.landing.refusals import fold
from orchestration.landing.total_rows import TotalRows, mark_blank


class RowSifter:
    """Sifts the tables of one file; all look at columns, none at single rows.

    Parameters
    ----------
    header : sequence of str
        Folded names, in file order.
    spelled : sequence of str
        The same as the file spells them; empty for formats whose header cannot repeat.
    options : ReadOptions
    """

    def __init__(
        self, header: Sequence[str], *, spelled: Sequence[str], options: ReadOptions
    ) -> None:
        self._header = tuple(header)
        self._spelled = tuple(spelled)
        self.totals = TotalRows(header, options=options)

    def sift(
        self, table: pa.Table, *, lines: pa.Int64Array
    ) -> tuple[pa.Table, pa.Int64Array, Counter[SkipKind]]:
        """Keep the records.

        Parameters
        ----------
        table : pyarrow.Table of shape (n, n_headers)
            Every column string, an empty field null.
        lines : pyarrow.Array of int64, shape (n,)

        Returns
        -------
        tuple of table, lines, Counter
            The last says how many rows of each kind were taken out.
        """
        skipped: Counter[SkipKind] = Counter()
        finders: dict[SkipKind, Callable[[pa.Table], pa.BooleanArray | None]] = {
            "blank": self._find_blank,
            "repeated_header": self._find_repeated_header,
            "total": self.totals.find,
        }
        for kind, find in finders.items():
            mask = find(table)
            if mask is None:
                continue
            keep = pc.invert(mask)
            count = table.num_rows
            table, lines = table.filter(keep), lines.filter(keep)
            skipped[kind] += count - table.num_rows
        return table, lines, skipped

    def is_repeated_header(self, fields: Sequence[str]) -> bool:
        """Say whether a row holds the names of the header, in its order."""
        return tuple(fold(text) for text in fields) == tuple(fold(name) for name in self._spelled)

    def _find_blank(self, table: pa.Table) -> pa.BooleanArray | None:
        if not table.num_rows or not table.num_columns:
            return None
        candidates = pc.indices_nonzero(mark_blank(table.column(0)))
        for place in range(1, table.num_columns):
            if not len(candidates):
                return None
            rest = table.column(place).take(candidates)
            candidates = candidates.filter(mark_blank(rest))
        return _mark(candidates.to_pylist(), count=table.num_rows)

    def _find_repeated_header(self, table: pa.Table) -> pa.BooleanArray | None:
        place = next((i for i, name in enumerate(self._spelled) if name.strip()), None)
        if place is None or not table.num_rows:
            return None
        same = pc.equal(table.column(place), self._spelled[place])
        folded = pc.equal(table.column(place), self._header[place])
        candidates = pc.indices_nonzero(pc.fill_null(pc.or_(same, folded), fill_value=False))
        if not len(candidates):
            return None
        rows = table.take(candidates).to_pylist()
        repeated = [
            candidate
            for candidate, row in zip(candidates.to_pylist(), rows, strict=True)
            if self.is_repeated_header([text or "" for text in row.values()])
        ]
        return _mark(repeated, count=table.num_rows)


def _mark(rows: Sequence[int], *, count: int) -> pa.BooleanArray | None:
    if not rows:
        return None
    marks = [False] * count
    for row in rows:
        marks[row] = True
    return pa.array(marks)
