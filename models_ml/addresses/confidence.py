"""How sure a correction is: how often one of its kind was right, measured with injected faults."""

from __future__ import annotations

import csv
import importlib.resources
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from models_ml.addresses.codes import CORRECTABLE

FILE: Final = "confidence.csv"
BORROWED: Final = 20.0  # corrections of the mean code that a code with few of its own borrows


@lru_cache(maxsize=1)
def load_confidence() -> Mapping[str, float]:
    """Give every code that can be corrected the share of its corrections that were right.

    Returns
    -------
    mapping of str to float
        Code to probability in (0, 1), drawn towards that of all codes together.
    """
    text = importlib.resources.files("models_ml.addresses").joinpath(FILE).read_text("utf-8")
    counts = {
        row["code"]: (int(row["right"]), int(row["corrected"]))
        for row in csv.DictReader(text.splitlines())
    }
    mean = (sum(right for right, _ in counts.values()) + 1) / (
        sum(corrected for _, corrected in counts.values()) + 2
    )
    return {
        code: (right + BORROWED * mean) / (corrected + BORROWED)
        for code in sorted(CORRECTABLE)
        for right, corrected in (counts.get(code, (0, 0)),)
    }


def rate_correction(codes: Iterable[str]) -> float:
    """Rate a correction by the least sure of what it corrects.

    Parameters
    ----------
    codes : iterable of str
        At least one of them can be corrected.

    Returns
    -------
    float
    """
    known = load_confidence()
    return round(min(known[code] for code in codes if code in known), 4)
