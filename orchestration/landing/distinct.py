"""Read a column once per distinct value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.landing.refusals import Parsed, Refused
from orchestration.landing.text_arrays import (
    Rows,
    build_texts,
    encode_texts,
    flag_nulls,
    list_texts,
    spread_texts,
    take_rows,
)

Read = Callable[[str], Parsed | None]
FastRead = Callable[[pa.StringArray], pa.StringArray]
_FEW: Final = 256  # distinct values below which one Python call each is cheaper than Arrow kernels


@dataclass(frozen=True)
class ColumnReading:
    """A column after reading.

    Attributes
    ----------
    values : StringArray of shape (n_rows,)
        Canonical text; null where there is no value or it was refused.
    refused_rows : int64 array of shape (n_refused,)
        Ascending.
    refusals : tuple of Refused, of length n_refused
    """

    values: pa.StringArray
    refused_rows: Rows
    refusals: tuple[Refused, ...] = ()


def keep_column(values: pa.StringArray) -> ColumnReading:
    """Return a reading in which every value stays as it is."""
    return ColumnReading(values=values, refused_rows=np.empty(0, dtype=np.int64))


def read_column(texts: pa.StringArray, *, read: Read, fast: FastRead | None) -> ColumnReading:
    """Read every distinct value of a column once.

    Parameters
    ----------
    texts : StringArray of shape (n_rows,)
    read : callable
        Text to canonical text, to None for "no value", or to a refusal.
    fast : callable or None
        Reads many distinct texts at once: null wherever it is not sure, which sends that text to
        ``read``. It may only answer what ``read`` would.

    Returns
    -------
    ColumnReading
    """
    distinct, places = encode_texts(texts)
    if fast is None or len(distinct) < _FEW:
        answers = [read(text) for text in list_texts(distinct)]
        results = build_texts([None if isinstance(a, Refused) else a for a in answers])
        refused = {place: a for place, a in enumerate(answers) if isinstance(a, Refused)}
    else:
        results, refused = _read_many(distinct, read=read, fast=fast)
    values = spread_texts(results, places)
    if not refused:
        return keep_column(values)
    is_refused = np.zeros(len(distinct) + 1, dtype=bool)
    is_refused[list(refused)] = True
    rows = np.flatnonzero(is_refused[places])
    return ColumnReading(
        values=values,
        refused_rows=rows,
        refusals=tuple(refused[place] for place in places[rows].tolist()),
    )


def _read_many(
    distinct: pa.StringArray, *, read: Read, fast: FastRead
) -> tuple[pa.StringArray, dict[int, Refused]]:
    quick = fast(distinct)
    is_unsure = flag_nulls(quick)
    unsure = np.flatnonzero(is_unsure)
    if not len(unsure):
        return quick, {}
    answers = [read(text) for text in list_texts(take_rows(distinct, unsure))]
    refused = {
        place: answer
        for place, answer in zip(unsure.tolist(), answers, strict=True)
        if isinstance(answer, Refused)
    }
    slow = build_texts([None if isinstance(a, Refused) else a for a in answers])
    merged = pc.replace_with_mask(quick, pa.array(is_unsure), slow)
    return cast("pa.StringArray", merged), refused
