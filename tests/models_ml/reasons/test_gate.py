"""The gate: every condition refuses alone, and what is clearly better passes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models_ml.reasons.agreement import Agreement
from models_ml.reasons.calibration import Floats
from models_ml.reasons.evaluation import Flags
from models_ml.reasons.gate import (
    BOOTSTRAPS,
    FEWEST_JUDGES,
    FEWEST_SECOND_OPINIONS,
    Judged,
    Verdict,
    bootstrap_gains,
    bootstrap_scores,
    judge_challenger,
)

N = 200
ESCALATED = 2
AGREED = Agreement(people_f1=0.8, model_f1=None, n=30, beyond_chance=0.7, low_beyond_chance=0.5)


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
    agreement: Agreement = AGREED,
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
    verdict = judge(flip(truth, 0.1, seed=2), flip(truth, 0.3, seed=3), truth)
    assert (verdict.is_promoted, verdict.reasons) == (True, ())
    assert verdict.figures["challenger_f1"] > verdict.figures["champion_f1"]


def test_scores_have_intervals_that_a_known_share_of_draws_lies_in(truth: Flags) -> None:
    champion = flip(truth, 0.3, seed=3)
    agreed = replace(AGREED, low_people_f1=0.7, high_people_f1=0.9)
    figures = judge(flip(truth, 0.1, seed=2), champion, truth, agreement=agreed).figures
    scores = bootstrap_scores(champion, truth, seed=3)
    inside = (figures["low_champion_f1"] <= scores) & (scores <= figures["high_champion_f1"])
    assert inside.mean() == pytest.approx(0.95, abs=0.002)
    assert figures["high_champion_f1"] < figures["low_challenger_f1"]
    assert (figures["low_agreement"], figures["high_agreement"]) == (0.7, 0.9)


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


def test_people_who_may_agree_by_chance_promote_nothing(truth: Flags) -> None:
    better, champion = flip(truth, 0.1, seed=2), flip(truth, 0.3, seed=3)
    doubtful = replace(AGREED, low_beyond_chance=-0.01)
    assert "people_disagree" in judge(better, champion, truth, agreement=doubtful).reasons
    sure = replace(AGREED, low_beyond_chance=0.3)
    assert judge(better, champion, truth, agreement=sure).is_promoted


def test_one_person_alone_promotes_nothing(truth: Flags) -> None:
    better, champion = flip(truth, 0.1, seed=2), flip(truth, 0.3, seed=3)
    few = replace(AGREED, n=FEWEST_SECOND_OPINIONS - 1)
    for agreement in (Agreement(None, None, 0), few):
        verdict = judge(better, champion, truth, agreement=agreement)
        assert verdict.reasons == ("too_few_second_opinions",)


def test_who_names_what_is_frequent_gains_nothing_by_labels_of_other_texts(truth: Flags) -> None:
    """Noisy labels: only 3 of 10 are about their text, and the champion finds just those."""
    rng = np.random.default_rng(4)
    is_right = rng.random(N) < 0.3
    noisy = np.where(is_right[:, None], truth, truth[rng.permutation(N)])
    noisy[:, ESCALATED] = truth[:, ESCALATED]
    champion = truth & (rng.random(truth.shape) < 0.6)
    frequent = truth.copy()
    frequent[:, 0] = True
    frequent[:, 1] = rng.random(N) < 0.3
    for low, is_refused in ((0.95, False), (0.09, True)):
        agreement = replace(AGREED, low_beyond_chance=low)
        verdict = judge(frequent, champion, noisy, probabilities=noisy * 1.0, agreement=agreement)
        assert verdict.figures["sure_gain"] > 0
        assert ("not_higher_beyond_chance" in verdict.reasons) == is_refused


def test_the_bootstrap_is_paired_and_the_same_for_the_same_seed(truth: Flags) -> None:
    reading = flip(truth, 0.2, seed=2)
    assert bootstrap_gains(reading, reading, truth, seed=1).tolist() == [0.0] * BOOTSTRAPS
    other = flip(truth, 0.1, seed=3)
    gains = bootstrap_gains(other, reading, truth, seed=1)
    np.testing.assert_array_equal(gains, bootstrap_gains(other, reading, truth, seed=1))
    assert gains.mean() > 0
