"""From which probability a code is decided.

The threshold that makes F1 largest follows from calibrated probabilities alone: of a set decided
from a threshold on, probabilities say how many are right and how many were missed.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_THRESHOLDS: Final = np.round(np.arange(0.1, 0.701, 0.02), 2)
# Expected positives at which a code's own threshold counts as much as the common one. Folds of
# Shoes-ACOSI: micro-F1 0.631, 0.641, 0.644 at 50, 100, 200.
_BORROWED: Final = 200.0


def choose_thresholds(probabilities: Floats) -> list[float]:
    """Choose a threshold for each code: for micro-F1 where it is rare, else for its own F1.

    Parameters
    ----------
    probabilities : array of shape (n, k)
        Calibrated, of rows that were not learned from.

    Returns
    -------
    list of float
        In (0, 1).
    """
    common = _find_best(probabilities)
    chosen = []
    for place in range(probabilities.shape[1]):
        own = _find_best(probabilities[:, [place]])
        count = probabilities[:, place].sum()
        chosen.append(float((count * own + _BORROWED * common) / (count + _BORROWED)))
    return chosen


def compute_expected_f1(probabilities: Floats, *, threshold: float) -> float:
    """Compute the F1 that probabilities promise if everything from a threshold on is decided.

    Parameters
    ----------
    probabilities : array of shape (n, k)
    threshold : float

    Returns
    -------
    float
        In [0, 1].

    Examples
    --------
    >>> compute_expected_f1(np.array([[1.0], [0.5]]), threshold=0.6)
    0.8
    """
    decided = probabilities >= threshold
    total = float(decided.sum() + probabilities.sum())
    return 2 * float(probabilities[decided].sum()) / total if total else 0.0


def _find_best(probabilities: Floats) -> float:
    def judge(threshold: float) -> float:
        return round(compute_expected_f1(probabilities, threshold=threshold), 9)

    return float(max(_THRESHOLDS.tolist(), key=judge))
