"""The gate: every condition refuses alone, and what is clearly better passes."""

from __future__ import annotations

import numpy as np
import pytest

from models_ml.reasons.calibration import Floats
from models_ml.reasons.evaluation import Flags
from models_ml.reasons.gate import (
    BOOTSTRAPS,
    FEWEST_JUDGES,
    Judged,
    Verdict,
    bootstrap_gains,
    judge_challenger,
)

N = 200
ESCALATED = 2


@pytest.fixture
def truth() -> Flags:
    rng = np.random.default_rng(1)
    truth = rng.random((N, 3)) < np.array([0.5, 0.3, 0.0])
    truth[:4, ESCALATED] = True
    return truth


def flip(truth: Flags, share: float, *, seed: int) -> Flags:
    flipped = truth ^ (np.random.default_rng(seed).random(truth.shape) < share)
    flipped[:, ESCALATED] = truth[:, ESCALATED]
    return flipped


def believe(decided: Flags, sureness: float = 0.9) -> Floats:
    return np.where(decided, sureness, 1 - sureness)


def judge(
    challenger: Flags,
    champion: Flags,
    truth: Flags,
    *,
    probabilities: Floats | None = None,
    agreement: tuple[float, int] | None = None,
) -> Verdict:
    shares = believe(challenger) if probabilities is None else probabilities
    return judge_challenger(
        Judged(challenger, shares),
        champion=Judged(champion, believe(champion)),
        truth=truth,
        escalated=[ESCALATED],
        agreement=agreement,
        seed=3,
    )


def test_what_is_clearly_better_is_promoted(truth: Flags) -> None:
    verdict = judge(flip(truth, 0.1, seed=2), flip(truth, 0.3, seed=3), truth, agreement=(0.6, 30))
    assert (verdict.is_promoted, verdict.reasons) == (True, ())
    assert verdict.figures["challenger_f1"] > verdict.figures["champion_f1"]


def test_too_few_judges_promote_nothing(truth: Flags) -> None:
    few = truth[: FEWEST_JUDGES - 1]
    verdict = judge(few, flip(few, 0.3, seed=3), few)
    assert verdict.reasons == ("too_few_random_labels",)


def test_what_is_worse_is_refused(truth: Flags) -> None:
    verdict = judge(flip(truth, 0.3, seed=2), flip(truth, 0.1, seed=3), truth)
    assert {"not_higher", "may_be_lower"} <= set(verdict.reasons)


def test_the_same_reading_is_not_higher(truth: Flags) -> None:
    reading = flip(truth, 0.2, seed=2)
    assert "not_higher" in judge(reading, reading, truth).reasons


def test_a_gain_that_may_be_chance_is_refused(truth: Flags) -> None:
    champion = flip(truth, 0.2, seed=2)
    challenger = champion.copy()
    challenger[10, :2] = truth[10, :2]
    row = next(n for n in range(4, N) if (champion[n] != truth[n]).any())
    challenger[row] = truth[row]
    assert "not_higher" in judge(challenger, champion, truth).reasons


def test_an_escalation_that_is_missed_refuses_whatever_else_is_gained(truth: Flags) -> None:
    challenger = flip(truth, 0.05, seed=2)
    challenger[0, ESCALATED] = False
    verdict = judge(challenger, flip(truth, 0.3, seed=3), truth)
    assert verdict.reasons == ("escalation_recall_lost",)


def test_wrong_probabilities_are_refused(truth: Flags) -> None:
    challenger = flip(truth, 0.1, seed=2)
    shares = np.where(challenger, 0.6, 0.4)
    verdict = judge(challenger, flip(truth, 0.3, seed=3), truth, probabilities=shares)
    assert verdict.reasons == ("badly_calibrated",)


def test_labels_that_deny_what_was_sure_are_refused(truth: Flags) -> None:
    lies = truth[:, [1, 0, 2]]
    verdict = judge(lies, flip(truth, 0.1, seed=2) & ~lies, lies)
    assert "labels_contradict_sure_readings" in verdict.reasons


def test_people_who_do_not_agree_promote_nothing(truth: Flags) -> None:
    better, champion = flip(truth, 0.1, seed=2), flip(truth, 0.3, seed=3)
    assert judge(better, champion, truth, agreement=(0.2, 12)).reasons == ("people_disagree",)
    assert judge(better, champion, truth, agreement=(0.2, 2)).is_promoted


def test_the_bootstrap_is_paired_and_the_same_for_the_same_seed(truth: Flags) -> None:
    reading = flip(truth, 0.2, seed=2)
    assert bootstrap_gains(reading, reading, truth, seed=1).tolist() == [0.0] * BOOTSTRAPS
    other = flip(truth, 0.1, seed=3)
    gains = bootstrap_gains(other, reading, truth, seed=1)
    np.testing.assert_array_equal(gains, bootstrap_gains(other, reading, truth, seed=1))
    assert gains.mean() > 0
