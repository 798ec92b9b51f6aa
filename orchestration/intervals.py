"""How sure an observed share is. Pure."""

from __future__ import annotations

from math import sqrt
from typing import Final

Z_95: Final = 1.959963984540054  # two-sided 95 % of the normal distribution


def compute_wilson_interval(hits: float, trials: float) -> tuple[float, float] | None:
    """Compute Wilson's 95 % interval of a share.

    Parameters
    ----------
    hits, trials : float
        Counts ≥ 0. More hits than trials count as all of them.

    Returns
    -------
    tuple of float or None
        Low and high, in [0, 1]; None where there was no trial.

    Examples
    --------
    >>> low, high = compute_wilson_interval(10, 100)
    >>> round(low, 4), round(high, 4)
    (0.0552, 0.1744)
    >>> compute_wilson_interval(0, 0) is None
    True
    """
    if trials <= 0:
        return None
    share = min(hits / trials, 1.0)
    weight = 1 + Z_95**2 / trials
    centre = (share + Z_95**2 / (2 * trials)) / weight
    half = Z_95 / weight * sqrt(share * (1 - share) / trials + Z_95**2 / (4 * trials**2))
    return max(centre - half, 0.0), min(centre + half, 1.0)
