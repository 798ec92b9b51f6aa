"""From a score for deciding to a probability that can be added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FEW_ROWS: Final = 1_000  # reasons.md: below it a sigmoid, which two numbers describe
_EDGE: Final = 1e-4  # scores are kept off 0 and 1, where their logit is endless
_ROUNDS: Final = 100
_STRAIGHT: Final = (1.0, 0.0)  # slope and intercept of a score that is a probability
_RIDGE: Final = 1e-3  # holds the slope where a score separates all rows
# How firmly the slope and intercept of a code are held to those of all codes, in rows. Shoes-ACOSI,
# 25 and 100 labels: micro-F1 0.606 → 0.617 and 0.629 → 0.637; flat from a fifth to four times it.
_HELD: Final = (20.0, 5.0)  # slope, intercept


@dataclass(frozen=True)
class Calibration:
    """A rising curve from score to probability.

    Attributes
    ----------
    kind : {"sigmoid", "isotonic"}
        Of a sigmoid ``x`` holds slope and ``y`` intercept over the logit of the score; of an
        isotonic curve they hold its corners.
    x, y : tuple of float
    """

    kind: Literal["sigmoid", "isotonic"]
    x: tuple[float, ...]
    y: tuple[float, ...]

    def apply(self, scores: Floats) -> Floats:
        """Turn scores of shape (n,) into probabilities of shape (n,)."""
        if self.kind == "sigmoid":
            return 1.0 / (1.0 + np.exp(-(self.x[0] * _logit(scores) + self.y[0])))
        curve: Floats = np.interp(scores, self.x, self.y)
        return curve

    def to_document(self) -> dict[str, Any]:
        """Say the curve as plain numbers."""
        return {"kind": self.kind, "x": list(self.x), "y": list(self.y)}


def parse_calibration(document: dict[str, Any]) -> Calibration:
    """Read what ``to_document`` wrote."""
    return Calibration(document["kind"], tuple(document["x"]), tuple(document["y"]))


def calibrate(scores: Floats, truth: Floats) -> Calibration:
    """Find the curve from scores of held-out rows to how often they were right.

    Parameters
    ----------
    scores, truth : array of shape (n,)
        Scores in [0, 1] of rows that were not learned from, and 0 or 1.

    Returns
    -------
    Calibration
        A sigmoid below ``FEW_ROWS`` rows, else isotonic.
    """
    if len(scores) >= FEW_ROWS:
        return _calibrate_isotonic(scores, truth)
    positives = truth.sum()
    negatives = len(truth) - positives
    # Drawn in as Platt (1999) does.
    target = np.where(truth > 0, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    return _fit_sigmoid(scores, target, centre=_STRAIGHT, held=(_RIDGE, 0.0))


def calibrate_codes(scores: Floats, truth: Floats) -> list[Calibration]:
    """Find the curve of each code; where rows are few, each is drawn towards that of all codes.

    Parameters
    ----------
    scores, truth : array of shape (n, k)

    Returns
    -------
    list of Calibration
    """
    columns = range(scores.shape[1])
    if len(scores) >= FEW_ROWS:
        return [calibrate(scores[:, place], truth[:, place]) for place in columns]
    together = _fit_sigmoid(scores.ravel(), truth.ravel(), centre=_STRAIGHT, held=(_RIDGE, 0.0))
    centre = (together.x[0], together.y[0])
    return [
        _fit_sigmoid(scores[:, place], truth[:, place], centre=centre, held=_HELD)
        for place in columns
    ]


def _logit(scores: Floats) -> Floats:
    kept = np.clip(scores, _EDGE, 1 - _EDGE)
    logit: Floats = np.log(kept / (1 - kept))
    return logit


def _fit_sigmoid(
    scores: Floats, target: Floats, *, centre: tuple[float, float], held: tuple[float, float]
) -> Calibration:
    """Fit slope and intercept by Newton's method, each held to a centre."""
    design = np.column_stack([_logit(scores), np.ones(len(scores))])
    middle = np.array(centre)
    weights = middle.copy()
    ridge = np.diag(held)
    for _ in range(_ROUNDS):
        predicted = 1.0 / (1.0 + np.exp(-design @ weights))
        gradient = design.T @ (target - predicted) - ridge @ (weights - middle)
        curvature = (design * (predicted * (1 - predicted))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature + _EDGE * np.eye(2), gradient)
        weights = weights + np.clip(step, -1, 1)
        if np.abs(step).max() < _EDGE:
            break
    return Calibration("sigmoid", (float(max(weights[0], 0.0)),), (float(weights[1]),))


def _calibrate_isotonic(scores: Floats, truth: Floats) -> Calibration:
    """Pool neighbours that fall until the curve rises (pool adjacent violators)."""
    order = np.argsort(scores, kind="stable")
    blocks: list[tuple[float, float, float, float]] = []  # first, last, sum of truth, rows
    for score, right in zip(scores[order].tolist(), truth[order].tolist(), strict=True):
        block = (score, score, right, 1.0)
        while blocks and blocks[-1][2] * block[3] >= block[2] * blocks[-1][3]:
            first, _, total, rows = blocks.pop()
            block = (first, block[1], total + block[2], rows + block[3])
        blocks.append(block)
    x = [
        edge
        for first, last, _, _ in blocks
        for edge in ((first, last) if last > first else (first,))
    ]
    y = [
        # Laplace: a block of few rows is neither impossible nor certain.
        (total + 0.5) / (rows + 1.0)
        for first, last, total, rows in blocks
        for _ in range(2 if last > first else 1)
    ]
    return Calibration("isotonic", tuple(x), tuple(np.maximum.accumulate(y).tolist()))
