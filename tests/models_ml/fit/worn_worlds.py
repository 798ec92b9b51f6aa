"""Synthetic wardrobes whose true sizes are known: what was worn, and how it had to fit."""

from __future__ import annotations

import numpy as np
import pandas as pd

SIZES = np.arange(4.0, 29.0, 4.0)
TOLERANCE = 2.2  # beyond it a unit is small or large; sizes stand 4 apart


def draw_worn(
    *, rows: int, seed: int, customers: int | None = None, noise: float = 1.0
) -> pd.DataFrame:
    """Draw rows of customers with a true size and a body, and styles with a true offset.

    A customer picks the size next to her own, give or take; the unit is small where the size,
    less what the style runs small by, falls short of hers by more than ``TOLERANCE``.
    """
    rng = np.random.default_rng(seed)
    count = customers or rows // 4
    styles = max(4, rows // 60)
    true_size = rng.normal(14.0, 4.0, count)
    offset = rng.normal(0.0, 2.0, styles)
    who = rng.integers(count, size=rows)
    what = rng.integers(styles, size=rows)
    wanted = true_size[who] + rng.normal(0.0, 2.0, rows)
    size = SIZES[np.abs(wanted[:, None] - SIZES).argmin(axis=1)]
    gap = size - offset[what] - true_size[who] + rng.normal(0.0, noise, rows)
    weight = 60 + 5.0 * true_size + rng.normal(0.0, 3.0, count)
    height = rng.normal(65.0, 2.5, count)
    return pd.DataFrame(
        {
            "user_id": [f"customer {place}" for place in who],
            "item_id": [f"style {place}" for place in what],
            "size": size,
            "category": [f"category {place % 3}" for place in what],
            "height_in": height[who],
            "weight_lbs": weight[who],
            "bust_size_num": 30 + true_size[who] / 3,
            "age": rng.integers(20, 60, count)[who].astype(float),
            "bust_size_letter": np.array(["b", "c", "d"])[rng.integers(3, size=count)][who],
            "body_type": np.array(["pear", "apple"])[rng.integers(2, size=count)][who],
            "fit": np.where(gap < -TOLERANCE, "small", np.where(gap > TOLERANCE, "large", "fit")),
        }
    )


def mirror(worn: pd.DataFrame) -> pd.DataFrame:
    """Call small what was large, and the other way round."""
    return worn.assign(fit=worn["fit"].replace({"small": "large", "large": "small"}))
