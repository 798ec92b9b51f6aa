"""The ways in which a style can fail to fit, as sizes that run small and sizes that run large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from models_ml.rates.parts import Floats

Bools = npt.NDArray[np.bool_]

NONE: Final = "none"
BLOCK, GRADING, LABEL, LOT = "block", "grading", "label", "lot"
SMALL, LARGE, SWAP = "runs_small", "runs_large", "label_swap"
FAILS_SOME: Final = "fails_some"  # fits, but for some of its customers
# What of a style may raise all its sizes while the rest of it is sound.
CUSTOMERS, LOTS = "customers", "lots"
# Of the styles that run small or large: all sizes as often as one end of the range.
BLOCK_SHARE: Final = 0.5
# Beside each 100 styles that run small as a whole, so many of which one lot does.
LOT_SHARE: Final = 0.15


@dataclass(frozen=True)
class Patterns:
    """Every pattern of a range of sizes; the first is that nothing is wrong.

    Attributes
    ----------
    verdict, diagnosis : tuple of str, one per pattern
    runs_small, runs_large : bool array of shape (n_patterns, n_sizes)
        Sizes that the pattern says run small, or large.
    share : Floats of shape (n_patterns,)
        Prior share among the patterns of the same verdict; sums to 1 per verdict, lots apart.
    cause : tuple of str
        ``CUSTOMERS`` or ``LOTS`` where a part of the style raises all its sizes, else empty; such
        patterns stand last.
    """

    verdict: tuple[str, ...]
    diagnosis: tuple[str, ...]
    runs_small: Bools
    runs_large: Bools
    share: Floats
    cause: tuple[str, ...]


def list_patterns(size_count: int, *, is_ordered: bool) -> Patterns:
    """List the patterns of so many sizes.

    All sizes: the block. One end of the range: the grading rule. Two neighbours in opposite
    directions: their labels are swapped, so that the smaller label holds the larger garment.
    Without an order, or with one size, all that can be told is the direction. Last, that the style
    is sound but for one lot, or for some of its customers: all sizes are raised, but by less.

    Parameters
    ----------
    size_count : int
        At least 1.
    is_ordered : bool

    Returns
    -------
    Patterns

    Examples
    --------
    >>> found = list_patterns(2, is_ordered=True)
    >>> list(zip(found.verdict, found.diagnosis))[:2]
    [('none', 'none'), ('runs_small', 'block')]
    >>> found.verdict.count("label_swap")
    1
    """
    ends = _list_ends(size_count) if is_ordered else []
    whole = np.ones(size_count, dtype=np.bool_)
    nothing = np.zeros(size_count, dtype=np.bool_)
    rows = [(NONE, NONE, nothing, nothing, 1.0)]
    for verdict in (SMALL, LARGE):
        block = BLOCK_SHARE if ends else 1.0
        for afflicted in (whole, *ends):
            is_block = bool(afflicted.all())
            diagnosis = (BLOCK if is_block else GRADING) if ends else NONE
            share = block if is_block else (1 - block) / len(ends)
            small, large = (afflicted, nothing) if verdict == SMALL else (nothing, afflicted)
            rows.append((verdict, diagnosis, small, large, share))
    for at in range(size_count - 1 if is_ordered else 0):
        place = np.arange(size_count)
        rows.append((SWAP, LABEL, place == at + 1, place == at, 1 / (size_count - 1)))
    causes = [""] * len(rows)
    for cause, named in ((LOTS, (SMALL, LARGE)), (CUSTOMERS, (FAILS_SOME, FAILS_SOME))):
        share, diagnosis = (LOT_SHARE, LOT) if cause == LOTS else (0.5, NONE)
        rows.append((named[0], diagnosis, whole, nothing, share))
        rows.append((named[1], diagnosis, nothing, whole, share))
        causes += [cause, cause]
    verdicts, diagnoses, smalls, larges, shares = zip(*rows, strict=True)
    return Patterns(
        verdicts, diagnoses, np.array(smalls), np.array(larges), np.array(shares), tuple(causes)
    )


def _list_ends(size_count: int) -> list[Bools]:
    place = np.arange(size_count)
    return [
        *(place >= first for first in range(1, size_count)),
        *(place < end for end in range(1, size_count)),
    ]
