"""How far a style moved beside its likes: differences in differences on developed rates.

Every style of an action's evidence is judged as if it had been acted on. What the others, on whom
nothing was done, seem to have moved says how far such a difference errs: they are the placebos.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from models_ml.actions.evidence import RATES, ActionEvidence, Bools, Floats, divide

CONTROLS: Final = 24  # control styles, the nearest by prior rate
MIN_CONTROLS: Final = 5
MAX_RATIO: Final = 2.0  # of the prior rates of a style and of its controls
MIN_EXPOSURE: Final = 10.0  # developed units before the action that a control needs
_STRENGTHS: Final = (5.0, 1e4)  # units that a level prior weighs, at least and at most
_FAR: Final = 2.0  # deviations from the mean beyond which a style is of another kind


@dataclass(frozen=True)
class Levels:
    """What is known of the rates of styles before the weeks that are compared.

    Attributes
    ----------
    rate, variance : Floats of shape (n_styles,)
    """

    rate: Floats
    variance: Floats


@dataclass(frozen=True)
class Differences:
    """Every style of an action against its own controls.

    Attributes
    ----------
    is_control : Bools of shape (n_styles, n_styles)
        Row: a style; column: whether this one is its control.
    unmoved : Floats of shape (n_styles,)
        Rate after the action that its own past and its controls make one expect.
    after : Floats of shape (n_styles,)
        Developed rate after the action.
    error : Floats of shape (n_styles,)
        Standard error of ``after - unmoved``.
    flutter : float
        Variance of a style's rate from week to week, as a share of the squared rate, ≥ 0.
    """

    is_control: Bools
    unmoved: Floats
    after: Floats
    error: Floats
    flutter: float

    @property
    def difference(self) -> Floats:
        """Return by how much the rate moved, in [-1, 1]."""
        return self.after - self.unmoved


def find_levels(evidence: ActionEvidence) -> Levels:
    """Find the rate of every style in the half year before, drawn to the mean of the others.

    A style that lies far from the others is drawn less: it is of another kind. One without
    deliveries in that time has the mean and what styles differ by.
    """
    developed, returned = evidence.history.developed[:, 0], evidence.history.returned[:, 0]
    m, y = developed[1:], returned[1:]
    if m.sum() <= 0:  # a shop of less than half a year: what styles differ by shows in these weeks
        others = evidence.before.add_weeks()
        m, y = others.developed[1:], others.returned[1:]
    mean = float(np.clip(y.sum() / max(m.sum(), 1e-9), *RATES))
    chance = mean * (1 - mean)
    spread = float((m * (divide(y, m) - mean) ** 2).sum()) - (int((m > 0).sum()) - 1) * chance
    room = float(m.sum() - (m**2).sum() / max(m.sum(), 1e-9))
    variance = max(spread / room, 0.0) if room > 0 else 0.0
    strength = np.clip(chance / max(variance, 1e-9) - 1, *_STRENGTHS)
    far = (divide(returned, developed) - mean) ** 2 / (
        chance / (strength + 1) + chance / np.maximum(developed, 1e-9)
    )
    own = strength / np.maximum(far / _FAR**2, 1.0)
    rate = np.clip((returned + mean * own) / (developed + own), *RATES)
    return Levels(rate, rate * (1 - rate) / (developed + own + 1))


def match_controls(levels: Levels, *, is_usable: Bools) -> Bools:
    """Match to every style the usable others whose prior rate is nearest.

    Parameters
    ----------
    levels : Levels
    is_usable : Bools of shape (n_styles,)
        Which styles may be controls.

    Returns
    -------
    Bools of shape (n_styles, n_styles)
        At most ``CONTROLS`` in a row, none further than ``MAX_RATIO``; of equally near ones the
        first.
    """
    distance = np.abs(np.log(levels.rate)[:, None] - np.log(levels.rate)[None, :])
    distance[:, ~is_usable] = np.inf
    np.fill_diagonal(distance, np.inf)
    order = np.argsort(distance, axis=1, kind="stable")[:, :CONTROLS]
    matched = np.zeros(distance.shape, np.bool_)
    np.put_along_axis(matched, order, values=True, axis=1)
    return np.asarray(matched & (distance <= np.log(MAX_RATIO)))


def compare(evidence: ActionEvidence) -> Differences:
    """Compare every style with its controls before and after the action.

    The rate before is weighed against the half year before it, so that a style which was acted on
    because it had just come back often is not found to fall by itself.
    """
    levels = find_levels(evidence)
    before, after = evidence.before.add_weeks(), evidence.after.add_weeks()
    is_usable = (before.developed >= MIN_EXPOSURE) & (after.developed > 0)
    is_usable[0] = False
    is_control = match_controls(levels, is_usable=is_usable)
    seen, then = before.rate, after.rate
    units = np.where(is_usable, before.developed, 0.0)
    drift = float((units * (seen - levels.rate)).sum() / max(units.sum(), 1e-12))
    expected = np.clip(levels.rate + drift, *RATES)
    flutter = measure_flutter(evidence, rows=is_usable)
    seen_variance = before.find_variance(guess=expected, flutter=flutter)
    then_variance = after.find_variance(guess=expected, flutter=flutter)
    earlier, later = (
        expected**2
        * measure_wander(moved[is_usable], variance[is_usable], scale=expected[is_usable])
        for moved, variance in (
            (seen - expected, levels.variance + seen_variance),
            (then - seen, seen_variance + then_variance),
        )
    )
    known = 1 / (levels.variance + earlier)
    level = (known * expected + seen / seen_variance) / (known + 1 / seen_variance)
    common, common_variance = _average(
        then - seen, seen_variance + then_variance + later, is_control=is_control
    )
    return Differences(
        is_control=is_control,
        unmoved=np.clip(level + common, 0.0, 1.0),
        after=then,
        error=np.sqrt(then_variance + 1 / (known + 1 / seen_variance) + later + common_variance),
        flutter=flutter,
    )


def _average(change: Floats, variance: Floats, *, is_control: Bools) -> tuple[Floats, Floats]:
    """Average the change of the controls of every style, and say how sure that is."""
    weight = is_control / variance[None, :]
    total = np.maximum(weight.sum(axis=1), 1e-12)
    return (weight * change[None, :]).sum(axis=1) / total, 1 / total


def measure_flutter(evidence: ActionEvidence, *, rows: Bools) -> float:
    """Measure how much rates vary from week to week, beyond chance (moments).

    Weeks in which all styles come back more often are no variation of a style.
    """
    excess, room = 0.0, 0.0
    for span in (evidence.before.take(rows), evidence.after.take(rows)):
        developed, returned = span.developed, span.returned
        own = divide(returned.sum(axis=1), developed.sum(axis=1))[:, None]
        week = divide(returned.sum(axis=0), (developed * own).sum(axis=0))[None, :]
        expected = developed * np.clip(own * week, *RATES)
        is_cell = (developed > 0) & (own > 0)
        share = np.minimum(divide(developed, span.delivered), 1.0)
        variance = np.where(is_cell, expected * (1 - np.clip(own, *RATES) * share), 1.0)
        freedom = is_cell.sum() - is_cell.any(axis=1).sum() - is_cell.any(axis=0).sum() + 1
        squares = ((returned - expected) ** 2 / variance)[is_cell].sum()
        excess += float(squares - max(freedom, 0))
        room += float((expected**2 / variance)[is_cell].sum())
    return max(excess / room, 0.0) if room > 0 else 0.0


def measure_wander(change: Floats, variance: Floats, *, scale: Floats) -> float:
    """Measure by how much styles move apart beyond what is explained (moments).

    Parameters
    ----------
    change, variance : Floats of shape (n_styles,)
        How far each moved, and the variance that is explained.
    scale : Floats of shape (n_styles,)
        What the movement of a style is in proportion to: its rate.

    Returns
    -------
    float
        Variance as a share of the squared rate, ≥ 0.
    """
    if len(change) < 2:  # noqa: PLR2004 - one style moves apart from nothing
        return 0.0
    moved, weight = change / scale, scale**2 / variance
    mean = (weight * moved).sum() / weight.sum()
    excess = float((weight * (moved - mean) ** 2).sum()) - (len(change) - 1)
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max(excess / room, 0.0) if room > 0 else 0.0
