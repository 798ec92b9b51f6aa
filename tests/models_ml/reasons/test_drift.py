"""Drift: other reasons and other letters are told, chance and few texts are not."""

from __future__ import annotations

import random

import pytest

from models_ml.reasons.drift import (
    FEWEST_TEXTS,
    Week,
    compute_index,
    measure_drift,
    measure_unseen,
    share_groups,
)


def draw_week(seed: int, *, size: int = 300, small: float = 0.5, text: str = "きつい") -> Week:
    rng = random.Random(seed)  # noqa: S311 - no secret
    codes = [
        {"FIT.SMALL": 0.9} if rng.random() < small else {"LOOK.COLOR": 0.9} for _ in range(size)
    ]
    return Week([text] * size, codes)


def test_the_same_kind_has_not_drifted() -> None:
    for seed in range(20):
        assert not measure_drift(draw_week(seed), before=draw_week(100 + seed)).is_drifted


def test_other_reasons_are_told() -> None:
    found = measure_drift(draw_week(1, small=0.1), before=draw_week(2))
    assert found.is_drifted
    assert (found.index > 0.2, found.unseen_share) == (True, 0.0)


def test_other_letters_are_told() -> None:
    found = measure_drift(draw_week(1, text="zu eng"), before=draw_week(2))
    assert found.is_drifted
    assert found.unseen_share == 1.0


def test_few_texts_say_nothing() -> None:
    week = draw_week(1, size=FEWEST_TEXTS - 1, small=0.0)
    found = measure_drift(week, before=draw_week(2))
    assert (found.is_measurable, found.is_drifted) == (False, False)
    assert not measure_drift(Week([], []), before=week).is_measurable


def test_groups_add_up_and_know_no_reason() -> None:
    shares = share_groups([{"FIT.SMALL": 1.0, "FIT.LARGE": 0.0}, {"FIT.SMALL": 0.0}])
    assert shares == {"NONE": 0.5, "FIT": 0.5}
    assert sum(share_groups([{"A.B": 0.4, "C": 0.9}]).values()) == pytest.approx(1.0)


def test_an_empty_group_leaves_the_index_finite() -> None:
    assert 0 < compute_index([1.0, 0.0], [0.5, 0.5]) < 10


def test_signs_and_digits_are_no_letters() -> None:
    assert measure_unseen(["!? 123 きつい"], ["きつい"]) == 0.0
    assert measure_unseen(["きつイ"], ["きつ"]) == pytest.approx(1 / 3)
    assert measure_unseen(["123"], ["きつい"]) == 0.0
