"""Arrow kernels on columns of text, with the types that the Arrow stubs leave open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NULL: Final = pa.scalar(None, pa.string())


def build_texts(texts: Sequence[str | None]) -> pa.StringArray:
    """Build a text column from Python values."""
    return pa.array(texts, pa.string())


def build_nulls(count: int) -> pa.StringArray:
    """Build a text column without any value."""
    return pa.nulls(count, pa.string())


def repeat_text(text: str | None, *, count: int) -> pa.StringArray:
    """Build a text column with the same value in every row."""
    return pa.repeat(pa.scalar(text, pa.string()), count)


def list_texts(texts: pa.StringArray) -> list[str]:
    """List the values of a column that has no nulls."""
    return cast("list[str]", texts.to_pylist())


def take_rows(texts: pa.StringArray, rows: Rows) -> pa.StringArray:
    """Take rows by number."""
    return texts.take(rows)


def flag_nulls(texts: pa.StringArray) -> Flags:
    """Mark the rows without a value."""
    if not texts.null_count:
        return np.zeros(len(texts), dtype=bool)
    return cast("Flags", texts.is_null().to_numpy(zero_copy_only=False))


def blank_rows(texts: pa.StringArray, flags: Flags) -> pa.StringArray:
    """Put null into the marked rows."""
    return cast("pa.StringArray", pc.if_else(pa.array(~flags), texts, NULL))


def encode_texts(texts: pa.StringArray) -> tuple[pa.StringArray, Rows]:
    """Split a column into its distinct values and each row's place among them.

    Returns
    -------
    distinct : StringArray of shape (n_distinct,)
    places : int64 array of shape (n_rows,)
        ``n_distinct`` for a null.
    """
    encoded = texts.dictionary_encode()
    distinct = cast("pa.StringArray", encoded.dictionary)
    places = encoded.indices.cast(pa.int64()).fill_null(len(distinct)).to_numpy()
    return distinct, cast("Rows", places)


def spread_texts(values: pa.StringArray, places: Rows) -> pa.StringArray:
    """Undo ``encode_texts`` for values that stand where the distinct ones stood."""
    if not len(values):
        return build_nulls(len(places))
    indices = pa.array(places, pa.int32(), mask=places == len(values))
    return values.take(indices)


def join_texts(
    parts: Sequence[pa.StringArray], *, separator: str, skips_nulls: bool = False
) -> pa.StringArray:
    """Join columns row by row.

    Parameters
    ----------
    parts : sequence of StringArray of shape (n_rows,)
    separator : str
    skips_nulls : bool
        Leave nulls out, instead of answering null where any part is null. A row of nulls is null
        either way.
    """
    joined = parts[0]
    for part in parts[1:]:
        # Not null_handling="skip": Arrow 26 drops rows in which every part is null.
        both = pc.binary_join_element_wise(joined, part, pa.scalar(separator))
        joined = pc.coalesce(both, joined, part) if skips_nulls else both
    return cast("pa.StringArray", joined)


def join_keys(parts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Join columns into one text per row that is equal exactly where all parts are equal."""
    joined = pc.binary_join_element_wise(
        *parts,
        pa.scalar("\x1f"),
        null_handling="replace",
        null_replacement="\x00",  # readers let no NUL through
    )
    return cast("pa.StringArray", joined)
