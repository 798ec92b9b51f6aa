"""How often the lexicon is right where it names a code: measured, never from a sealed sentence."""

from __future__ import annotations

import csv
import importlib.resources
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from models_ml.reasons.lexicon import load_lexicon

FILE: Final = "lexicon_precision.csv"
BORROWED: Final = 8.0  # readings of the mean code that a code without labels borrows


@lru_cache(maxsize=1)
def load_precision() -> Mapping[str, float]:
    """Give every code of the lexicon the share of its readings that were right.

    The counts of ``lexicon_precision.csv`` are drawn towards those of all codes together, so that
    a code that was never measured gets the mean and one measured often keeps its own.

    Returns
    -------
    mapping of str to float
        Code to probability in (0, 1).
    """
    text = importlib.resources.files("models_ml.reasons").joinpath(FILE).read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    counts = {row["code"]: (int(row["right"]), int(row["read"])) for row in rows}
    return smooth_precision(counts, codes=load_lexicon().codes)


def smooth_precision(
    counts: Mapping[str, tuple[int, int]], *, codes: frozenset[str]
) -> dict[str, float]:
    """Draw the precision of each code towards that of all.

    Parameters
    ----------
    counts : mapping of str to (int, int)
        Code to readings that were right, and readings.
    codes : frozenset of str
        All codes that need one.

    Returns
    -------
    dict of str to float
    """
    right = sum(one for one, _ in counts.values())
    read = sum(one for _, one in counts.values())
    mean = (right + 1) / (read + 2)
    return {
        code: (counts.get(code, (0, 0))[0] + BORROWED * mean)
        / (counts.get(code, (0, 0))[1] + BORROWED)
        for code in sorted(codes)
    }
