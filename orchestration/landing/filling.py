"""Fill fields down that stand on the first of several lines only."""

from __future__ import annotations

from typing import cast

import numpy as np
import pyarrow as pa

from orchestration.landing.header_names import HeaderIndex
from orchestration.landing.mapping_model import FillDown
from orchestration.landing.text_arrays import Flags, Rows, flag_nulls


class FillDownState:
    """Fills columns down, over the batches of a file.

    A field without a value takes that of the nearest line above which has one, as long as all
    lines between hold the same value of the ``within`` header.

    Parameters
    ----------
    fill_down : FillDown
    """

    def __init__(self, fill_down: FillDown) -> None:
        self._fill_down = fill_down
        self._last: dict[str, str | None] = {}

    def apply(self, table: pa.Table, *, index: HeaderIndex) -> pa.Table:
        """Return the table with its columns filled down.

        Parameters
        ----------
        table : Table of shape (n_records, n_headers)
        index : HeaderIndex

        Returns
        -------
        Table of shape (n_records, n_headers)
        """
        if not table.num_rows:
            return table
        within = index.find(self._fill_down.within) if self._fill_down.within else None
        found = [index.find((name,)) for name in self._fill_down.columns]
        names = [name for name in dict.fromkeys(found) if name is not None]
        is_start = self._find_starts(table, within=within)
        starts = np.maximum.accumulate(np.where(is_start, np.arange(len(is_start)), 0))
        for name in names:
            values = cast("pa.StringArray", table[name].combine_chunks())
            carried = None if is_start[0] else self._last.get(name)
            filled = _fill(values, starts=starts, carried=carried)
            self._last[name] = filled[-1].as_py()
            table = table.set_column(table.column_names.index(name), name, filled)
        if within is not None:
            self._last[f"\x00{within}"] = table[within][-1].as_py()
        return table

    def _find_starts(self, table: pa.Table, *, within: str | None) -> Flags:
        """Mark the first line of every group; the first row may go on with the batch before."""
        if within is None:
            is_start = np.zeros(table.num_rows, dtype=bool)
            is_start[0] = not self._last
            return is_start
        places = table[within].combine_chunks().dictionary_encode().indices
        codes = places.cast(pa.int64()).fill_null(-1).to_numpy()
        is_start = np.concatenate(([True], codes[1:] != codes[:-1]))
        before = self._last.get(f"\x00{within}", "\x00")
        is_start[0] = table[within][0].as_py() != before
        return is_start


def _fill(values: pa.StringArray, *, starts: Rows, carried: str | None) -> pa.StringArray:
    """Take, for each row, the last value at or above it in its group; else what was carried."""
    rows = np.arange(len(values))
    with_value = np.where(flag_nulls(values), -1, rows)
    last = np.maximum.accumulate(with_value)
    is_inside = last >= starts
    extended = pa.concat_arrays([values, pa.array([carried], pa.string())])
    can_carry = starts == 0
    places = np.where(is_inside, last, np.where(can_carry, len(values), -1))
    return extended.take(pa.array(places, pa.int64(), mask=places < 0))
