"""What the fit outcome model is compared with: the popularity of a style in its size."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.fit.outcome_columns import OUTCOME, OUTCOMES

Floats = npt.NDArray[np.float64]
STRENGTH: Final = 20.0  # rows by which an item's shares are drawn to all, and a size's to its item


def predict_popularity(train: pd.DataFrame, test: pd.DataFrame) -> Floats:
    """Foretell the shares of the item and size, drawn to those of the item and of all."""
    seen = pd.get_dummies(train[OUTCOME])[list(OUTCOMES)].astype(float)
    shares = np.tile(seen.mean().to_numpy(), (len(test), 1))
    for keys in (["item_id"], ["item_id", "size"]):
        sums = seen.groupby([train[key] for key in keys]).sum()
        its = sums.reindex(pd.MultiIndex.from_frame(test[keys]) if keys[1:] else test[keys[0]])
        known = its.fillna(0.0).to_numpy()
        shares = (known + STRENGTH * shares) / (known.sum(axis=1, keepdims=True) + STRENGTH)
    return shares
