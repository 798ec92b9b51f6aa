"""Scores of fit outcomes against values that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import log_loss, roc_auc_score

from models_ml.fit.outcome_columns import OUTCOMES
from models_ml.fit.outcome_scores import score_outcomes


def draw(count: int, *, seed: int = 1) -> tuple[np.ndarray, pd.Series]:
    rng = np.random.default_rng(seed)
    # Two digits, so that many rows tie.
    raw = np.round(rng.dirichlet([1.0, 2.0, 1.0], count), 2) + 0.01
    outcomes = pd.Series(rng.choice(OUTCOMES, count))
    return raw / raw.sum(axis=1, keepdims=True), outcomes


def test_areas_and_log_loss_are_those_of_scikit_learn() -> None:
    probabilities, outcomes = draw(400)
    found = score_outcomes(
        probabilities, outcomes=outcomes, customers=pd.Series(range(400)), seed=0
    )
    for place, outcome in enumerate(OUTCOMES):
        expected = roc_auc_score(outcomes == outcome, probabilities[:, place])
        assert found.auc[outcome] == pytest.approx(expected, abs=1e-12)
    assert found.mean_auc == pytest.approx(np.mean(list(found.auc.values())))
    numbers = outcomes.map({name: place for place, name in enumerate(OUTCOMES)})
    assert found.log_loss == pytest.approx(log_loss(numbers, probabilities))
    assert found.mean_auc_low < found.mean_auc < found.mean_auc_high
    assert found.n == 400


def test_a_sure_and_right_forecast_is_perfect() -> None:
    outcomes = pd.Series([*OUTCOMES] * 5)
    sure = (outcomes.to_numpy()[:, None] == np.array(OUTCOMES)).astype(float)
    found = score_outcomes(sure, outcomes=outcomes, customers=pd.Series(range(15)), seed=0)
    assert (found.mean_auc, found.log_loss, found.ece) == (1.0, 0.0, 0.0)


def test_equal_scores_are_worth_one_half() -> None:
    outcomes = pd.Series([*OUTCOMES] * 5)
    flat = np.full((15, 3), 1 / 3)
    found = score_outcomes(flat, outcomes=outcomes, customers=pd.Series(range(15)), seed=0)
    assert (found.mean_auc, found.ece) == (0.5, pytest.approx(0.0))


def test_customers_with_many_rows_widen_the_interval() -> None:
    probabilities, outcomes = draw(40, seed=3)
    many = np.repeat(probabilities, 10, axis=0), outcomes.repeat(10).reset_index(drop=True)
    widths = []
    for customers in (pd.Series(range(400)), pd.Series(np.repeat(np.arange(40), 10))):
        found = score_outcomes(many[0], outcomes=many[1], customers=customers, seed=0)
        widths.append(found.mean_auc_high - found.mean_auc_low)
    # Ten copies of each row say nothing new: the root of ten narrower, if they counted.
    assert widths[1] == pytest.approx(widths[0] * np.sqrt(10), rel=0.35)


def test_rows_of_nobody_are_drawn_apart() -> None:
    probabilities, outcomes = draw(200)
    nobody = score_outcomes(
        probabilities, outcomes=outcomes, customers=pd.Series([None] * 200), seed=0
    )
    each = score_outcomes(probabilities, outcomes=outcomes, customers=pd.Series(range(200)), seed=0)
    assert nobody == each


def test_an_outcome_that_never_happened_is_named() -> None:
    probabilities, _ = draw(4)
    outcomes = pd.Series(["fit", "small", "fit", "small"])
    with pytest.raises(ValueError, match=r"never seen: \['large'\]"):
        score_outcomes(probabilities, outcomes=outcomes, customers=pd.Series(range(4)), seed=0)
