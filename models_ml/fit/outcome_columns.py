"""What a row of the fit outcome model may hold, and names as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

OUTCOME: Final = "fit"  # the column of what happened
OUTCOMES: Final = ("small", "fit", "large")
CUSTOMER: Final = "user_id"
STYLE: Final = "item_id"
IDS: Final = (CUSTOMER, STYLE)
SIZE: Final = "size"
GROUPS: Final = ("category", "brand")
BANDS: Final = ("height_band", "age_band", "usual_size")  # what a shop knows of its customers
# How far a size is from usual, where it was measured by more rows than are learned from.
MEASURED: Final = {"place": "size_place", "customer": "beyond_usual", "gap": "beyond_style"}
BODY_NUMBERS: Final = ("height_in", "weight_lbs", "bust_size_num", "age")
BODY_WORDS: Final = ("bust_size_letter", "body_type")
BODY: Final = (*BODY_NUMBERS, *BODY_WORDS)

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Names:
    """Names that were seen.

    Attributes
    ----------
    seen : ndarray of shape (n,)
        Sorted, each once.
    """

    seen: npt.NDArray[np.generic]

    def __len__(self) -> int:
        """Count the names."""
        return len(self.seen)

    def encode(self, values: npt.ArrayLike) -> Numbers:
        """Return the place of each value; ``len(self)`` where it was never seen."""
        place = pd.Index(self.seen).get_indexer(pd.Index(np.asarray(values)))
        return np.where(place < 0, len(self), place).astype(np.int64)


def learn_names(values: npt.ArrayLike) -> Names:
    """Collect the names of a column; what is not a number at all is no name.

    Examples
    --------
    >>> learn_names(["b", "a", "b"]).encode(["a", "c"])
    array([0, 2])
    """
    return Names(np.unique(np.asarray(values)))


def learn_words(values: pd.Series) -> Names:
    """Collect words; nothing (None) is no word."""
    return Names(np.unique(values.dropna().to_numpy(dtype=str)))


def encode_words(names: Names, values: pd.Series) -> Numbers:
    """Return the place of each word; ``len(names)`` where it was never seen or is nothing."""
    given = values.notna().to_numpy()
    found = names.encode(values.fillna("").to_numpy(dtype=str))
    return np.where(given, found, len(names))
