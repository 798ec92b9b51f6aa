"""Which groups are called bad, so that at most a tenth of the calls is expected to be wrong."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models_ml.rates.parts import Floats


def select_alarms(
    probability: Floats, *, is_eligible: npt.NDArray[np.bool_], budget: float
) -> npt.NDArray[np.bool_]:
    """Select the largest set of groups whose expected share of false alarms keeps the budget.

    Groups are taken from the most probable down while mean(1 − P) of the taken is within the
    budget; groups with equal P are taken together or not at all, so that the order of rows cannot
    matter. (Newton, Noueiry, Sarkar and Ahlquist, Biostatistics 2004, direct posterior probability
    approach.)

    Parameters
    ----------
    probability : Floats of shape (n_groups,)
        P(the group is bad), in [0, 1].
    is_eligible : bool array of shape (n_groups,)
        False where a group must never be called.
    budget : float
        Accepted expected share of false alarms, in [0, 1).

    Returns
    -------
    bool array of shape (n_groups,)

    Raises
    ------
    ValueError
        If the budget is not in [0, 1).

    Examples
    --------
    >>> select_alarms(np.array([0.99, 0.5, 0.85]), is_eligible=np.full(3, True), budget=0.1)
    array([ True, False,  True])
    """
    if not 0 <= budget < 1:
        raise ValueError(f"budget is {budget}, expected a share in [0, 1)")
    doubts, counts = np.unique(1.0 - probability[is_eligible], return_counts=True)
    mean_doubt = np.cumsum(doubts * counts) / np.cumsum(counts)
    accepted = doubts[mean_doubt <= budget]
    if len(accepted) == 0:
        return np.zeros(len(probability), dtype=np.bool_)
    alarms: npt.NDArray[np.bool_] = is_eligible & (1.0 - probability <= accepted[-1])
    return alarms
