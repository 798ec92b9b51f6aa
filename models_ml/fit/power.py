"""How many deliveries it takes until a style that does not fit is told from one that does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from models_ml.fit.likelihood import THRESHOLD, Counts, FitPrior
from models_ml.rates.parts import Floats

POWER: Final = 0.80
EXPOSURES: Final = 40.0 * 2.0 ** np.arange(0, 10)  # developed units that are tried, 40 to 20,480
TRIALS: Final = 80  # simulated styles per exposure and direction


def compute_needed_exposure(
    judge: Callable[[Counts], tuple[Floats, Floats]],
    *,
    usual: Floats,
    mix: Floats,
    prior: FitPrior,
    cut: float,
    random_state: int,
) -> float:
    """Compute the developed units at which a style as bad as the threshold is decided.

    Styles of which every size is sent back ``THRESHOLD`` times as often as usual in one direction
    are drawn at growing exposures and judged like real ones; the answer is where ``POWER`` of them
    is decided, in the direction that takes longer, between two exposures by the logarithm.

    Parameters
    ----------
    judge : callable
        Counts to the probabilities of small and of large, each of shape (n_styles,).
    usual : Floats of shape (3,)
        Usual rates of too small, too large and other returns.
    mix : Floats of shape (n_sizes,)
        Shares of the sizes in the exposure, sum to 1.
    prior : FitPrior
    cut : float
        Probability from which on a verdict is given.
    random_state : int

    Returns
    -------
    float
        The largest of ``EXPOSURES`` where even that is not enough.
    """
    needed = 0.0
    for place in range(2):
        # The same styles at every exposure but for the luck of their counts.
        rng = np.random.default_rng([random_state, place])
        counts = _draw_styles(usual, place=place, mix=mix, prior=prior, rng=rng)

        def measure(step: int, place: int = place, counts: Counts = counts) -> float:
            return float((judge(_choose_step(counts, step))[place] >= cut).mean())

        needed = max(needed, find_crossing(measure))
    return needed


def find_crossing(measure: Callable[[int], float]) -> float:
    """Find the exposure at which ``POWER`` is reached for the first time.

    Power is measured from the least exposure on, and beyond the answer not at all: what is
    judged is dear, and nothing of the answer rests on it.

    Parameters
    ----------
    measure : callable
        Number of an exposure in ``EXPOSURES`` to its power, in [0, 1].

    Returns
    -------
    float
        Between two exposures by the logarithm; the largest where ``POWER`` is never reached.
    """
    before = 0.0
    for step, exposure in enumerate(EXPOSURES):
        power = measure(step)
        if power >= POWER:
            part = (POWER - before) / (power - before)
            return float(EXPOSURES[step - 1] * 2**part) if step else float(exposure)
        before = max(before, power)
    return float(EXPOSURES[-1])


def compute_further_exposure(probability: float, *, cut: float, usual_rate: float) -> float:
    """Compute the further developed units that take a probability beyond the cut.

    For a style at the threshold each unit adds to the log odds, on average
    b(ψ ln ψ − ψ + 1) with variance bψ(ln ψ)² (Poisson counts at ψ times the usual rate b); the
    answer adds enough with ``POWER``.

    Parameters
    ----------
    probability, cut : float
        In (0, 1).
    usual_rate : float
        b > 0.

    Returns
    -------
    float
        ≥ 0.
    """
    missing = np.log(cut / (1 - cut)) - np.log(probability / (1 - probability))
    if missing <= 0:
        return 0.0
    log = np.log(THRESHOLD)
    gain = usual_rate * (THRESHOLD * log - THRESHOLD + 1)
    spread = 0.8416 * np.sqrt(usual_rate * THRESHOLD) * log  # 0.8416: the normal quantile of 0.80
    root = (spread + np.sqrt(spread**2 + 4 * gain * missing)) / (2 * gain)
    return float(root**2)


def _draw_styles(
    usual: Floats,
    *,
    place: int,
    mix: Floats,
    prior: FitPrior,
    rng: np.random.Generator,
) -> Counts:
    exposure = np.repeat(EXPOSURES, TRIALS)[:, None] * mix
    style = np.exp(prior.style_spread * rng.standard_normal(len(exposure)))[:, None]
    size = rng.gamma(prior.size_strength, 1 / prior.size_strength, exposure.shape)
    means = [exposure * rate * style * size for rate in usual]
    means[place] = means[place] * THRESHOLD
    small, large, other = (rng.poisson(mean).astype(np.float64) for mean in means)
    return Counts(small, large, other, exposure)


def _choose_step(counts: Counts, step: int) -> Counts:
    """Choose the styles that are drawn at one exposure."""
    rows = slice(step * TRIALS, (step + 1) * TRIALS)
    return Counts(counts.small[rows], counts.large[rows], counts.other[rows], counts.exposure[rows])
