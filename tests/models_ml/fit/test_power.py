"""Where power is reached: the same as from all exposures, without judging those beyond."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_ml.fit.power import EXPOSURES, POWER, find_crossing

CURVES = st.lists(
    st.integers(0, 80).map(lambda decided: decided / 80),
    min_size=len(EXPOSURES),
    max_size=len(EXPOSURES),
)


def find_from_all(powers: list[float]) -> float:
    """Read the crossing off a curve that never falls, in logarithms of the exposure."""
    rising = np.maximum.accumulate(powers)
    if rising[-1] < POWER:
        return float(EXPOSURES[-1])
    after = int(np.argmax(rising >= POWER))
    logs = np.log2(EXPOSURES)
    if after == 0:
        return float(EXPOSURES[0])
    points = rising[after - 1 : after + 1]
    return float(2 ** np.interp(POWER, points, logs[after - 1 : after + 1]))


@given(CURVES)
def test_the_crossing_is_that_of_the_whole_curve(powers: list[float]) -> None:
    assert find_crossing(lambda step: powers[step]) == pytest.approx(find_from_all(powers))


def test_nothing_is_judged_beyond_the_crossing() -> None:
    powers, asked = [0.1, 0.7, 0.6, 0.9], []

    def measure(step: int) -> float:
        asked.append(step)
        return powers[step]

    # 0.7 was reached before: half of the way from there to 0.9, from 160 to 320 units.
    assert find_crossing(measure) == pytest.approx(160 * 2**0.5)
    assert asked == [0, 1, 2, 3]
