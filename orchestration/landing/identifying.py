"""Tell repeated content apart, and the same content together, over all batches of a file."""

from __future__ import annotations

import hashlib
from typing import Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from orchestration.landing.text_arrays import (
    Flags,
    Rows,
    build_texts,
    encode_texts,
    join_keys,
    join_texts,
    list_texts,
    spread_texts,
)

_ID_LENGTH: Final = 20  # hex digits, 80 bits: 10 M lines collide with probability 4e-11
_DIGEST_BYTES: Final = 16


def _digest(texts: list[str]) -> npt.NDArray[np.bytes_]:
    digests = b"".join(
        hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest() for text in texts
    )
    return np.frombuffer(digests, dtype=f"V{_DIGEST_BYTES}").view(f"S{_DIGEST_BYTES}")


class OccurrenceCounter:
    """Number the occurrences of each key over the batches of a file.

    Only 16-byte digests of the keys are held, sorted: about 24 bytes per distinct key.
    """

    def __init__(self) -> None:
        self._digests: npt.NDArray[np.bytes_] = np.empty(0, dtype=f"S{_DIGEST_BYTES}")
        self._counts: Rows = np.empty(0, dtype=np.int64)

    def count(self, keys: pa.StringArray) -> Rows:
        """Give each row its running number among the rows of its key.

        Parameters
        ----------
        keys : StringArray of shape (n_rows,)
            Without nulls.

        Returns
        -------
        int64 array of shape (n_rows,)
            From 1; goes on counting from the batches before.
        """
        distinct, places = encode_texts(keys)
        totals = np.bincount(places, minlength=len(distinct)).astype(np.int64)
        order = np.argsort(places, kind="stable")
        starts = np.concatenate(([0], np.cumsum(totals)[:-1])) if len(totals) else totals
        numbers = np.empty(len(places), dtype=np.int64)
        numbers[order] = np.arange(len(places)) - np.repeat(starts, totals) + 1
        before = self._add(_digest(list_texts(distinct)), totals=totals)
        return cast("Rows", numbers + before[places])

    def _add(self, digests: npt.NDArray[np.bytes_], *, totals: Rows) -> Rows:
        """Add the totals of distinct digests and return what each had before."""
        order = np.argsort(digests)
        ordered = digests[order]
        places = np.searchsorted(self._digests, ordered)
        inside = np.minimum(places, max(len(self._digests) - 1, 0))
        is_known = (
            self._digests[inside] == ordered
            if len(self._digests)
            else np.zeros(len(ordered), dtype=bool)
        )
        before = np.zeros(len(digests), dtype=np.int64)
        before[order[is_known]] = self._counts[inside[is_known]]
        self._counts[inside[is_known]] += totals[order[is_known]]
        is_new = ~is_known
        self._digests = np.insert(self._digests, places[is_new], ordered[is_new])
        self._counts = np.insert(self._counts, places[is_new], totals[order[is_new]])
        return before


def identify(keys: pa.StringArray, *, counter: OccurrenceCounter) -> pa.StringArray:
    """Make an id of content: a hash of it and the number of its occurrence in the file.

    The ids of a file do not depend on the order of its records, nor on its name; the same content
    in another file gets the same ids again.

    Parameters
    ----------
    keys : StringArray of shape (n_rows,)
        From ``join_keys``.
    counter : OccurrenceCounter
        Of the file.

    Returns
    -------
    StringArray of shape (n_rows,)
        20 hex digits of SHA-256, a dash, the occurrence from 1.
    """
    distinct, places = encode_texts(keys)
    hashes = build_texts(
        [hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH] for text in list_texts(distinct)]
    )
    numbers = cast("pa.StringArray", pa.array(counter.count(keys)).cast(pa.string()))
    return join_texts([spread_texts(hashes, places), numbers], separator="-")


class RowFilter:
    """Let each distinct row of an entity through once per file."""

    def __init__(self) -> None:
        self._seen = OccurrenceCounter()

    def find_first(self, columns: list[pa.StringArray]) -> Flags:
        """Mark the rows whose content the file has not shown before.

        Parameters
        ----------
        columns : list of StringArray of shape (n_rows,)

        Returns
        -------
        bool array of shape (n_rows,)
        """
        return cast("Flags", self._seen.count(join_keys(columns)) == 1)
