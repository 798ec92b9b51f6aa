"""How well a reading agrees with people: F1, calibration, shares, and what needs no person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from models_ml.reasons.automatic import (
    NEVER,
    SureReadings,
    find_automatic_share,
    measure_automatic,
    read_surely,
)
from models_ml.reasons.shares import Floats, estimate_shares

Flags = npt.NDArray[np.bool_]
BINS: Final = 10  # of the calibration error, of equal width
DRAW_SIZE: Final = 40  # notes: about a month's returns of one style (reasons.md)
DRAWS: Final = 400


@dataclass(frozen=True)
class Evaluation:
    """Agreement with people's labels.

    Attributes
    ----------
    micro_f1, macro_f1 : float
        Macro over the codes that the labels or the reading name.
    per_code : mapping of str to mapping
        ``precision``, ``recall`` (None where nothing was read or labelled) and ``n`` labelled.
    ece : float
        Expected calibration error over all pairs of note and code.
    share_error : float
        Mean error of a code's share among ``DRAW_SIZE`` notes drawn at random, as a share (0.033
        is 3.3 points).
    share_coverage_90 : float
        How often the 90 % interval of such a share holds the labelled share.
    automatic_share_at_90, automatic_share_at_95 : float
        The largest share of notes, surest first, that are read right at least that often; see
        ``find_automatic_share``.
    automatic_share : float
        Of notes that the model reads without a person, by the sureness that it learned.
    automatic_precision : float, optional
        Of what it reads of them; None where a person sees every note.
    n : int
        Notes.
    """

    micro_f1: float
    macro_f1: float
    per_code: Mapping[str, Mapping[str, float | int | None]]
    ece: float
    share_error: float
    share_coverage_90: float
    automatic_share_at_90: float
    automatic_share_at_95: float
    automatic_share: float
    automatic_precision: float | None
    n: int

    def to_document(self) -> dict[str, Any]:
        """Say the evaluation as one JSON document."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def evaluate_predictions(
    codes: tuple[str, ...],
    *,
    decided: Flags,
    probabilities: Floats,
    truth: Flags,
    seed: int,
    doubts: Floats | None = None,
    sure: SureReadings | None = None,
    automatic_from: float = NEVER,
) -> Evaluation:
    """Compare decisions and probabilities with labels.

    Parameters
    ----------
    codes : tuple of str, length k
    decided, truth : array of bool, shape (n, k)
    probabilities : array of shape (n, k)
    seed : int
        Of the draws of notes.
    doubts : array of shape (k,), optional
        See ``estimate_shares``.
    sure : SureReadings, optional
        By default "no reason" is as probable as the codes leave over.
    automatic_from : float
        Sureness from which no person is needed.

    Returns
    -------
    Evaluation

    Raises
    ------
    ValueError
        If there is no note.
    """
    if not len(truth):
        raise ValueError("an evaluation needs at least one labelled note, got 0")
    share_error, coverage = judge_shares(probabilities, truth, seed=seed, doubts=doubts)
    if sure is None:
        sure = read_surely(probabilities, (1 - probabilities).prod(axis=1))
    share, precision = measure_automatic(sure, truth, automatic_from=automatic_from)
    return Evaluation(
        micro_f1=compute_micro_f1(decided, truth),
        macro_f1=compute_macro_f1(decided, truth),
        per_code={
            code: _judge_code(decided[:, place], truth[:, place])
            for place, code in enumerate(codes)
        },
        ece=compute_calibration_error(probabilities, truth),
        share_error=share_error,
        share_coverage_90=coverage,
        automatic_share_at_90=find_automatic_share(sure, truth, precision=0.9),
        automatic_share_at_95=find_automatic_share(sure, truth, precision=0.95),
        automatic_share=share,
        automatic_precision=precision,
        n=len(truth),
    )


def compute_micro_f1(decided: Flags, truth: Flags) -> float:
    """Compute F1 over all pairs of note and code; 0 where there is none."""
    return compute_f1(int((decided & truth).sum()), int(decided.sum()), int(truth.sum()))


def compute_f1(right: int, read: int, labelled: int) -> float:
    """Compute F1 from counts; 0 where nothing was read or labelled."""
    return 2 * right / (read + labelled) if read + labelled else 0.0


def compute_macro_f1(decided: Flags, truth: Flags) -> float:
    """Compute the mean F1 of the codes that were read or labelled at all; 0 where none was."""
    each = [
        compute_micro_f1(decided[:, place], truth[:, place])
        for place in range(truth.shape[1])
        if decided[:, place].any() or truth[:, place].any()
    ]
    return float(np.mean(each)) if each else 0.0


def compute_calibration_error(probabilities: Floats, truth: Flags) -> float:
    """Compute the mean gap between a probability and how often it was right, over ``BINS``."""
    flat, right = probabilities.ravel(), truth.ravel().astype(float)
    bins = np.minimum((flat * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=flat - right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(flat))


def judge_shares(
    probabilities: Floats, truth: Flags, *, seed: int, doubts: Floats | None = None
) -> tuple[float, float]:
    """Draw groups of notes and compare their estimated with their labelled shares.

    Returns
    -------
    tuple of (float, float)
        Mean absolute error over draws and codes, and the coverage of 90 % intervals. Codes that
        no note has are left out: their share is known.
    """
    named = truth.any(axis=0)
    if not named.any():
        return 0.0, 1.0
    rng = np.random.default_rng(seed)
    size = min(DRAW_SIZE, len(truth))
    errors, covered = [], []
    for _ in range(DRAWS):
        drawn = rng.choice(len(truth), size=size, replace=False)
        shares = estimate_shares(
            probabilities[drawn][:, named], doubts=None if doubts is None else doubts[named]
        )
        labelled = truth[drawn][:, named].mean(axis=0)
        errors.append(np.abs(shares.expected - labelled).mean())
        covered.append(((shares.low <= labelled) & (labelled <= shares.high)).mean())
    return float(np.mean(errors)), float(np.mean(covered))


def _judge_code(decided: Flags, truth: Flags) -> dict[str, float | int | None]:
    right, read, labelled = int((decided & truth).sum()), int(decided.sum()), int(truth.sum())
    return {
        "precision": right / read if read else None,
        "recall": right / labelled if labelled else None,
        "n": labelled,
    }
