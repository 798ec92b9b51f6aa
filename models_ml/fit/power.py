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
        decided = judge(counts)[place].reshape(len(EXPOSURES), TRIALS) >= cut
        needed = max(needed, _find_crossing(decided.mean(axis=1)))
    return needed


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


def _find_crossing(power: Floats) -> float:
    power = np.maximum.accumulate(power)
    if power[-1] < POWER:
        return float(EXPOSURES[-1])
    after = int(np.argmax(power >= POWER))
    if after == 0:
        return float(EXPOSURES[0])
    part = (POWER - power[after - 1]) / (power[after] - power[after - 1])
    return float(EXPOSURES[after - 1] * 2**part)
