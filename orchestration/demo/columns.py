"""Turn indexes and seconds into the text columns of the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.catalogue import Ints

Bools = npt.NDArray[np.bool_]


def number_ids(prefix: str, numbers: Ints, *, width: int) -> pa.Array:
    """Write ids such as ``O0000042``.

    Parameters
    ----------
    prefix : str
    numbers : Ints of shape (n,)
    width : int
        Digits, zeros in front.
    """
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, "")


def pick_words(words: Sequence[str | None], indexes: Ints) -> pa.Array:
    """Look words up by index."""
    return pa.array(words, pa.string()).take(pa.array(indexes))


def write_moments(seconds: Ints, *, first_day: date, horizon: int) -> pa.Array:
    """Write shop-local moments; what lies at or behind the horizon has not happened yet.

    Parameters
    ----------
    seconds : Ints of shape (n,)
        Since the first day's midnight.
    first_day : date
    horizon : int
        Seconds; the end of the data.
    """
    start = int(datetime.combine(first_day, datetime.min.time(), tzinfo=UTC).timestamp())
    is_hidden = seconds >= horizon
    moments = pa.array(np.where(is_hidden, 0, seconds) + start, pa.timestamp("s"), mask=is_hidden)
    return pc.cast(moments, pa.string())


def write_flags(flags: Bools) -> pa.Array:
    """Write true and false."""
    return pc.if_else(pa.array(flags), "true", "false")


def blank_where(is_blank: Bools, values: pa.Array) -> pa.Array:
    """Empty a column where the condition holds."""
    return pc.if_else(pa.array(is_blank), pa.scalar(None, values.type), values)
