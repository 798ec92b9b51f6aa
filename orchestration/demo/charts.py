"""The size charts of the synthetic shop: what its patterns meant, not how they were cut."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from orchestration.demo.catalogue import Catalogue
from orchestration.demo.words import CATEGORIES

WHOLE_SHARE: Final = 0.4  # of the styles: their chart is in whole centimetres, as on many pages
STREAM: Final = 14
SHOE_MEASURES: Final = frozenset({"foot_length_cm", "foot_width_cm"})


def build_size_charts(catalogue: Catalogue, *, seed: int) -> pa.Table:
    """Build the rows of ``size_charts``: every size of every style that is measured.

    A garment is as its chart says, to the rounding of the chart, but where the grading is the
    fault of its style.

    Parameters
    ----------
    catalogue : Catalogue
    seed : int
        The charts have a stream of their own: nothing else that is drawn changes with them.

    Returns
    -------
    Table
    """
    rng = np.random.default_rng([seed, STREAM])
    is_whole = rng.random(len(catalogue.style_ids)) < WHOLE_SHARE
    rows = [
        (
            style_id,
            label,
            column.removesuffix("_cm"),
            round(start + step * size, 0 if whole and column not in SHOE_MEASURES else 2),
        )
        for style_id, category, whole in zip(
            catalogue.style_ids, catalogue.category, is_whole, strict=True
        )
        for size, label in enumerate(CATEGORIES[category].sizes)
        for column, start, step in CATEGORIES[category].measures
    ]
    names = ("style_id", "size_label", "measure", "value_cm")
    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})
