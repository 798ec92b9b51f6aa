"""What the customers who bought a size would send back of whatever style, against other buyers."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from models_ml.fit.outcome_columns import SIZE, STYLE
from models_ml.rates.parts import Floats

# Units at the usual rates by which a style is drawn to other styles, and a size to its style.
UNITS: Final = 20.0
FACTORS: Final = ("small_buyer_factor", "large_buyer_factor")


def compare_buyers(sizes: pd.DataFrame, rows: pd.DataFrame, *, expected: Floats) -> Floats:
    """Compare the customers of every size with all who bought that size of the category.

    Parameters
    ----------
    sizes : DataFrame
        One row per style and size: ``style_id``, ``size_label``.
    rows : DataFrame
        One row per unit worn: ``item_id``, ``size_label``, ``category`` and ``size``.
    expected : Floats of shape (n_rows, 2)
        How probably each unit is small and large for its customer, of a style and brand of which
        nothing is known: so neither enters what it is held against.

    Returns
    -------
    Floats of shape (n_sizes, 2)
        What the customers of each size multiply the usual rates of too small and too large by;
        1: nothing but the usual is expected of them.
    """
    place = rows[SIZE].fillna(-1.0)
    alike = pd.DataFrame(expected).groupby([rows["category"], place], dropna=False)
    peers = alike.transform("mean").to_numpy()
    believed = UNITS * expected.mean(axis=0) if len(rows) else np.ones(2)
    styles = pd.Index(sizes["style_id"].unique())
    of_style = _compare(
        styles.get_indexer(pd.Index(rows[STYLE])),
        (expected, peers),
        believed=believed,
        near=np.ones((len(styles), 2)),
    )
    keys = pd.MultiIndex.from_frame(sizes[["style_id", "size_label"]])
    return _compare(
        keys.get_indexer(pd.MultiIndex.from_frame(rows[[STYLE, "size_label"]])),
        (expected, peers),
        believed=believed,
        near=of_style[styles.get_indexer(pd.Index(sizes["style_id"]))],
    )


def _compare(
    place: np.ndarray, parts: tuple[Floats, Floats], *, believed: Floats, near: Floats
) -> Floats:
    """Divide the sums of two parts by place, drawn to ``near``."""
    is_known = place >= 0
    own, peers = (
        np.column_stack(
            [np.bincount(place[is_known], side, len(near)) for side in part[is_known].T]
        )
        for part in parts
    )
    factors: Floats = (own + believed * near) / (peers + believed)
    return factors
