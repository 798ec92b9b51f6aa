"""Measures against values by hand; calibration and shares against planted truth."""

from __future__ import annotations

import numpy as np
import pytest

from models_ml.reasons.automatic import (
    NEVER,
    SURE,
    SureReadings,
    choose_automatic_from,
    find_automatic_share,
    measure_automatic,
    read_surely,
)
from models_ml.reasons.calibration import (
    FEW_ROWS,
    calibrate,
    calibrate_codes,
    parse_calibration,
)
from models_ml.reasons.deciding import choose_thresholds
from models_ml.reasons.evaluation import (
    compute_calibration_error,
    compute_macro_f1,
    compute_micro_f1,
    evaluate_predictions,
    judge_shares,
)
from models_ml.reasons.shares import estimate_shares

TRUTH = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], dtype=bool)
DECIDED = np.array([[1, 0], [0, 0], [0, 1], [1, 0]], dtype=bool)
KEYS = [
    *("micro_f1", "macro_f1", "per_code", "ece", "share_error", "share_coverage_90"),
    *("automatic_share_at_90", "automatic_share_at_95"),
    *("automatic_share", "automatic_precision", "n"),
]


def test_f1_by_hand() -> None:
    # Right 2, read 3, labelled 3: 2 * 2 / 6. First code 2 * 1 / 4, second 2 * 1 / 2.
    assert compute_micro_f1(DECIDED, TRUTH) == pytest.approx(2 / 3)
    assert compute_macro_f1(DECIDED, TRUTH) == pytest.approx((1 / 2 + 1) / 2)
    assert compute_micro_f1(~TRUTH & TRUTH, TRUTH & ~TRUTH) == 0


def test_calibration_error_by_hand() -> None:
    # Bin of 0.1: 0.1 + 0.1 against 0 right; bin of 0.9: 1.8 against 1. (0.2 + 0.8) / 4.
    probabilities = np.array([[0.12, 0.92], [0.12, 0.92]])
    truth = np.array([[0, 1], [0, 0]], dtype=bool)
    assert compute_calibration_error(probabilities, truth) == pytest.approx((0.24 + 0.84) / 4)


def test_automatic_share_by_hand() -> None:
    # Surest first: A right (0.99), none right (0.95), B wrong (0.9), A right and B wrong (0.7),
    # none wrong (0.4). Right of read: 1/1, 2/2, 2/3, 3/5, 3/6.
    probabilities = np.array([[0.99, 0.6], [0.1, 0.1], [0.1, 0.9], [0.7, 0.8], [0.5, 0.5]])
    none = np.array([0.1, 0.95, 0.1, 0.1, 0.4])
    truth = np.array([[1, 1], [0, 0], [1, 0], [1, 0], [1, 0]], dtype=bool)
    sure = read_surely(probabilities, none)
    assert sure.sureness.tolist() == [0.99, 0.95, 0.9, 0.7, 0.4]
    assert find_automatic_share(sure, truth, precision=0.9) == 0.4
    assert find_automatic_share(sure, truth, precision=0.55) == 0.8
    assert find_automatic_share(sure, truth, precision=0.5) == 1.0
    assert find_automatic_share(read_surely(1 - probabilities, none), truth, precision=0.9) == 0.0
    assert measure_automatic(sure, truth, automatic_from=0.9) == (0.6, pytest.approx(2 / 3))
    assert measure_automatic(sure, truth, automatic_from=NEVER) == (0.0, None)


def test_what_a_person_must_see_is_never_automatic() -> None:
    probabilities, truth = np.array([[0.9], [0.9]]), np.array([[True], [True]])
    sure = read_surely(probabilities, np.zeros(2), is_readable=np.array([True, False]))
    assert find_automatic_share(sure, truth, precision=0.9) == 0.5
    assert measure_automatic(sure, truth, automatic_from=0.7) == (0.5, 1.0)


def test_a_model_learns_from_which_sureness_on_it_is_right_often_enough() -> None:
    # 40 right ones from 0.99 down, then wrong ones: 40 of 42 and two assumed, 40 / 44 > 0.9.
    sureness = np.linspace(0.99, 0.79, 79)
    truth = (np.arange(79) < 40)[:, None]
    sure = SureReadings(np.ones((79, 1), dtype=bool), sureness)
    assert choose_automatic_from(sure, truth) == pytest.approx(sureness[41])
    assert choose_automatic_from(sure, ~truth) == NEVER
    low = SureReadings(sure.read, sureness - 0.5)
    assert choose_automatic_from(low, truth) == SURE
    few = SureReadings(sure.read[:17], sureness[:17])
    assert choose_automatic_from(few, truth[:17]) == NEVER


def test_the_document_has_the_keys_of_the_interface() -> None:
    judged = evaluate_predictions(
        ("A", "B"), decided=DECIDED, probabilities=DECIDED * 0.9, truth=TRUTH, seed=1
    ).to_document()
    assert list(judged) == KEYS
    assert judged["per_code"]["A"] == {"precision": 0.5, "recall": 0.5, "n": 2}
    assert judged["n"] == 4


def test_no_note_is_no_evaluation() -> None:
    empty = np.zeros((0, 1))
    with pytest.raises(ValueError, match="got 0"):
        evaluate_predictions(
            ("A",), decided=empty > 0, probabilities=empty, truth=empty > 0, seed=1
        )


@pytest.mark.parametrize("rows", [FEW_ROWS - 1, 20 * FEW_ROWS])
def test_a_crooked_score_becomes_a_probability(rows: int) -> None:
    rng = np.random.default_rng(7)
    probability = rng.beta(1, 3, rows)
    truth = (rng.random(rows) < probability).astype(float)
    score = 1 / (1 + np.exp(-(2 * np.log(probability / (1 - probability)) + 3)))
    curve = calibrate(score, truth)
    assert curve.kind == ("sigmoid" if rows < FEW_ROWS else "isotonic")
    assert np.abs(curve.apply(score) - probability).mean() < 0.03
    assert np.abs(score - probability).mean() > 0.1
    rising = curve.apply(np.linspace(0, 1, 50))
    assert (np.diff(rising) >= 0).all()
    assert parse_calibration(curve.to_document()) == curve


def test_intervals_of_shares_cover_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    probabilities = rng.beta(0.6, 2.0, (4_000, 6))
    truth = rng.random(probabilities.shape) < probabilities
    error, coverage = judge_shares(probabilities, truth, seed=3)
    assert 0.88 <= coverage <= 0.92
    halved = judge_shares(probabilities / 2, truth, seed=3)
    assert halved[0] > 1.5 * error
    assert halved[1] < 0.7


def test_an_interval_holds_none_and_all_where_they_are_likely() -> None:
    # 0.98 ** 40 = 0.45 and 0.9 ** 40 = 0.015, beside a tail of 0.05.
    probabilities = np.tile([0.02, 0.1, 0.98], (40, 1))
    shares = estimate_shares(probabilities)
    assert shares.low[0] == 0.0
    assert shares.low[1] > 0.0
    assert shares.high[2] == 1.0


def test_a_share_is_the_sum_of_probabilities() -> None:
    notes = np.tile([[0.2, 1.0], [0.6, 1.0]], (10, 1))
    shares = estimate_shares(notes)
    assert shares.expected == pytest.approx([0.4, 1.0])
    assert shares.low[0] < 0.4 < shares.high[0]
    wider = estimate_shares(notes, doubts=np.array([0.5, 0.5]))
    assert wider.high[0] - wider.low[0] > shares.high[0] - shares.low[0]


def test_few_rows_of_a_code_are_calibrated_like_all_codes() -> None:
    rng = np.random.default_rng(3)
    probability = rng.beta(1, 3, (900, 5))
    truth = (rng.random(probability.shape) < probability).astype(float)
    score = 1 / (1 + np.exp(-(2 * np.log(probability / (1 - probability)) + 3)))
    few = [
        np.abs(curve.apply(score[:, place]) - probability[:, place]).mean()
        for drawn in (calibrate_codes(score[:30], truth[:30]),)
        for place, curve in enumerate(drawn)
    ]
    alone = [
        np.abs(
            calibrate(score[:30, place], truth[:30, place]).apply(score[:, place])
            - probability[:, place]
        ).mean()
        for place in range(5)
    ]
    assert np.mean(few) < 0.8 * np.mean(alone)
    many = calibrate_codes(score, truth)
    assert all(
        np.abs(curve.apply(score[:, place]) - probability[:, place]).mean() < 0.04
        for place, curve in enumerate(many)
    )


def test_thresholds_are_those_of_the_largest_f1() -> None:
    rng = np.random.default_rng(5)
    rare, common = rng.beta(0.3, 5, 20_000), rng.beta(2, 1, 20_000)
    probabilities = np.column_stack([rare, common])
    truth = rng.random(probabilities.shape) < probabilities
    low, high = choose_thresholds(probabilities)
    assert low < high
    for place, threshold in enumerate((low, high)):
        reached = compute_micro_f1(probabilities[:, place] >= threshold, truth[:, place])
        best = max(
            compute_micro_f1(probabilities[:, place] >= other, truth[:, place])
            for other in np.arange(0.05, 0.95, 0.05)
        )
        assert reached > best - 0.02
