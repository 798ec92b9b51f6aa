"""The set of alarms keeps its budget, and is the largest that does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_ml.rates.alarms import select_alarms


def select(probabilities: list[float], *, budget: float = 0.1) -> list[bool]:
    probability = np.array(probabilities)
    return select_alarms(
        probability, is_eligible=np.ones(len(probability), dtype=bool), budget=budget
    ).tolist()


def test_largest_set_within_the_budget_by_hand() -> None:
    """Doubts 0, 0.25 and 0.5 have running means 0, 0.125 and 0.25."""
    assert select([0.5, 1.0, 0.75], budget=0.125) == [False, True, True]
    assert select([0.5, 1.0, 0.75], budget=0.12) == [False, True, False]
    assert select([0.5, 1.0, 0.75], budget=0.25) == [True, True, True]


def test_equal_groups_are_called_together_or_not_at_all() -> None:
    """Doubts 0, 0.25, 0.25: one of the two would keep 0.125, both give 1/6."""
    assert select([0.75, 1.0, 0.75], budget=0.125) == [False, True, False]
    assert select([0.75, 1.0, 0.75], budget=0.17) == [True, True, True]


def test_no_group_is_called_without_certainty_when_the_budget_is_nothing() -> None:
    assert select([0.999, 1.0], budget=0.0) == [False, True]


def test_a_group_that_may_not_be_called_does_not_lend_its_certainty() -> None:
    found = select_alarms(np.array([1.0, 0.85]), is_eligible=np.array([False, True]), budget=0.1)
    assert found.tolist() == [False, False]


def test_nothing_to_call() -> None:
    assert select([]) == []
    assert select([0.2, 0.3]) == [False, False]


@pytest.mark.parametrize("budget", [-0.1, 1.0])
def test_budget_must_be_a_share(budget: float) -> None:
    with pytest.raises(ValueError, match="budget"):
        select([0.5], budget=budget)


@given(st.lists(st.floats(0, 1), max_size=30), st.floats(0, 0.9))
def test_called_groups_keep_the_budget_and_outrank_the_others(
    probabilities: list[float], budget: float
) -> None:
    called = np.array(select(probabilities, budget=budget), dtype=bool)
    probability = np.array(probabilities)
    if called.any():
        assert (1 - probability[called]).mean() <= budget + 1e-12
        assert probability[called].min() >= probability[~called].max(initial=0.0)
