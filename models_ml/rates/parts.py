"""The two parts that rates are made of: groups near their category, and groups of another kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import expit, gammaln, logit

Floats: TypeAlias = npt.NDArray[np.float64]
Labels: TypeAlias = npt.NDArray[np.int64]

MIN_RATE: Final = 1e-4  # an expected rate is kept inside these bounds: a Beta has no mass at 0 or 1
MAX_RATE: Final = 0.98


@dataclass(frozen=True)
class Part:
    """Beta distributions by their centre and strength.

    Attributes
    ----------
    centre : Floats
        Means, in [``MIN_RATE``, ``MAX_RATE``].
    strength : Floats or float
        α + β in units, of a shape that ``centre`` broadcasts over.
    """

    centre: Floats
    strength: Floats | float

    @property
    def alpha(self) -> Floats:
        """Return the first parameters, > 0."""
        return self.centre * self.strength

    @property
    def beta(self) -> Floats:
        """Return the second parameters, > 0."""
        return (1 - self.centre) * self.strength


def compute_other_part(
    expected_rate: Floats, *, odds_factor: Floats | float, strength: Floats | float
) -> Part:
    """Compute the wide Beta of groups of another kind.

    Parameters
    ----------
    expected_rate : Floats
        In [``MIN_RATE``, ``MAX_RATE``].
    odds_factor, strength : Floats or float
        As ``other_odds_factor`` and ``other_strength`` in ``RatePrior``.

    Returns
    -------
    Part
    """
    return Part(expit(logit(expected_rate) + np.log(odds_factor)), strength)


def compute_normal_part(
    expected_rate: Floats,
    *,
    rate_factor: Floats | float,
    strength: Floats | float,
    shift: Floats | float = 0.0,
) -> Part:
    """Compute the Beta of groups that are as their category, or as their style.

    Parameters
    ----------
    expected_rate : Floats
        In [``MIN_RATE``, ``MAX_RATE``].
    rate_factor, strength : Floats or float
        As in ``RatePrior``.
    shift : Floats or float
        Log odds by which the style's centre lies above the category's.

    Returns
    -------
    Part
        Its centre in the shape that all parameters broadcast to.
    """
    middle = np.clip(expected_rate * rate_factor, MIN_RATE, MAX_RATE)
    centre = np.clip(expit(logit(middle) + shift), MIN_RATE, MAX_RATE)
    return Part(centre, strength * (middle * (1 - middle)) / (centre * (1 - centre)))


def compute_log_likelihood(
    part: Part, *, developed_count: Floats, returned_count: Floats
) -> Floats:
    """Compute the log likelihood of a group's counts under a Beta, up to a constant of the group.

    Parameters
    ----------
    part : Part
    developed_count, returned_count : Floats
        m ≥ 0 and y ≥ 0; y may exceed m, then nothing of m is kept. They broadcast with the part.

    Returns
    -------
    Floats
    """
    kept = np.maximum(developed_count - returned_count, 0.0)
    alpha, beta = part.alpha, part.beta
    likelihood: Floats = gammaln(alpha + returned_count) - gammaln(alpha)
    likelihood += gammaln(beta + kept) - gammaln(beta)
    likelihood += gammaln(part.strength) - gammaln(part.strength + returned_count + kept)
    return likelihood
