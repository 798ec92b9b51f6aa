"""What is read of a note without a person, and of which notes: one rule for reader and judges.

A code is read from ``SURE`` on, and a note without such a code as holding no reason. A note is as
sure as the least sure thing that is read of it; from which sureness on no person is needed is
learned from labels that were held out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
SURE: Final = 0.7  # reasons.md: below it a code is not read without a person
PRECISION: Final = 0.9  # issue: of what is read without a person
NEVER: Final = 2.0  # above every sureness: a person sees every note
# Wrong readings that are assumed beside the held-out ones: a cut of few notes is partly luck.
# Chosen on folds of Shoes-ACOSI's train part; the card says what precision comes of it.
_ASSUMED_WRONG: Final = 2


@dataclass(frozen=True)
class SureReadings:
    """What would be read without a person.

    Attributes
    ----------
    read : array of bool, shape (n, k)
        A row without any is read as holding no reason.
    sureness : array of float, shape (n,)
        In [0, 1]; below 0 where a person has to see the note whatever its codes.
    """

    read: Flags
    sureness: Floats

    def count_claims(self, truth: Flags) -> tuple[Floats, Floats]:
        """Count what is read of each note, and how much of it the labels say too."""
        is_none = ~self.read.any(axis=1)
        right = (self.read & truth).sum(axis=1) + (is_none & ~truth.any(axis=1))
        return (self.read.sum(axis=1) + is_none).astype(float), right.astype(float)


def read_surely(
    probabilities: Floats, none_probabilities: Floats, *, is_readable: Flags | None = None
) -> SureReadings:
    """Say what would be read of notes without a person, and how sure it is.

    Parameters
    ----------
    probabilities : array of shape (n, k)
    none_probabilities : array of shape (n,)
    is_readable : array of bool, shape (n,), optional
        False where a person has to see the note whatever its codes.

    Returns
    -------
    SureReadings

    Examples
    --------
    >>> read_surely(np.array([[0.9, 0.75], [0.6, 0.1]]), np.array([0.0, 0.4])).sureness.tolist()
    [0.75, 0.4]
    """
    read = probabilities >= SURE
    least = np.where(read, probabilities, 1.0).min(axis=1, initial=1.0)
    sureness = np.where(read.any(axis=1), least, none_probabilities)
    if is_readable is not None:
        sureness = np.where(is_readable, sureness, -1.0)
    return SureReadings(read, sureness)


def choose_automatic_from(sure: SureReadings, truth: Flags) -> float:
    """Choose the sureness from which held-out notes are read with ``PRECISION``.

    Parameters
    ----------
    sure : SureReadings
        Of notes that were not learned from.
    truth : array of bool, shape (n, k)

    Returns
    -------
    float
        At least ``SURE``, for "no reason" is read as a code is; ``NEVER`` where nothing is enough.
    """
    order, last = _find_last(sure, truth, precision=PRECISION, assumed_wrong=_ASSUMED_WRONG)
    return max(SURE, float(sure.sureness[order[last]])) if last >= 0 else NEVER


def find_automatic_share(sure: SureReadings, truth: Flags, *, precision: float) -> float:
    """Find how many notes need no person if what is read of them shall be right that often.

    Parameters
    ----------
    sure : SureReadings
    truth : array of bool, shape (n, k)
    precision : float
        Of codes, and of "no reason" where nothing else is read.

    Returns
    -------
    float
        In [0, 1], of all notes, surest first.
    """
    _, last = _find_last(sure, truth, precision=precision)
    return (last + 1) / len(truth)


def measure_automatic(
    sure: SureReadings, truth: Flags, *, automatic_from: float
) -> tuple[float, float | None]:
    """Measure what a model reads without a person: share of notes, precision of what is read."""
    is_automatic = sure.sureness >= automatic_from
    claims, right = (one[is_automatic].sum() for one in sure.count_claims(truth))
    return float(is_automatic.mean()), float(right / claims) if claims else None


def _find_last(
    sure: SureReadings, truth: Flags, *, precision: float, assumed_wrong: int = 0
) -> tuple[npt.NDArray[np.intp], int]:
    """Order notes by sureness and find the last place up to which they are precise enough."""
    readable = np.flatnonzero(sure.sureness >= 0)
    order = readable[np.argsort(-sure.sureness[readable], kind="stable")]
    claims, right = (np.cumsum(one[order]) for one in sure.count_claims(truth))
    # Notes that are equally sure come together or not at all.
    is_end = np.diff(sure.sureness[order], append=-1.0) < 0
    enough = np.flatnonzero(is_end & (right >= precision * (claims + assumed_wrong)))
    return order, int(enough[-1]) if len(enough) else -1
