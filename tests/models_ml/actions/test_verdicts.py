"""Verdicts on actions: found where planted, seldom elsewhere, and moved by nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.action_worlds import WORLDS, draw_action
from models_ml.actions.evidence import WEEKS
from models_ml.actions.verdicts import ACTION_COLUMNS, WEEK_COLUMNS, judge_action, judge_actions

HISTORY = None
ALL_WEEKS = (HISTORY, *range(-WEEKS, WEEKS))
CONTROLS = 12


def draw_rows(
    *, effect: float = 0.0, shift: float = 0.0, slope: float = 0.0, units: int = 400, **facts: Any
) -> pd.DataFrame:
    """One action, evenly spread: exact shares come back, so that nothing but the effect differs."""
    rows = []
    for style in range(CONTROLS + 1):
        base = 0.20 + 0.004 * ((style * 5) % 7 if style else 3)
        for week in ALL_WEEKS:
            is_after = week is not None and week >= 0
            rate = base + shift * is_after
            if style == 0:
                drawn_away = 0.0 if week is None else min(week, 0) + WEEKS / 2
                rate += effect * is_after + slope * drawn_away
            count = units * (8 if week is None else 1)
            wobble = 1 if week is None else (-1) ** (style + week)
            rows.append(
                {
                    "action_id": "A",
                    "style_id": f"{style:02d}",
                    "is_acted": style == 0,
                    "is_due": True,
                    "week_number": week,
                    "delivered_count": count,
                    "developed_count": float(count),
                    "returned_count": round(count * rate) + wobble,
                }
            )
    return pd.DataFrame(rows).assign(**facts).astype({"week_number": "Int64"})


def judge(rows: pd.DataFrame) -> dict[str, Any]:
    return judge_actions(rows).actions.iloc[0].to_dict()


def test_an_effect_is_found_with_its_size() -> None:
    found = judge(draw_rows(effect=-0.08))
    assert (found["verdict_code"], found["cause_code"]) == ("worked", "fell")
    assert found["difference_rate"] == pytest.approx(-0.08, abs=0.01)
    assert found["low_rate"] < -0.08 < found["high_rate"] < 0
    assert found["detectable_rate"] == pytest.approx(
        (found["high_rate"] - found["low_rate"]) / 2, abs=1e-12
    )
    assert found["after_rate"] - found["unmoved_rate"] == pytest.approx(found["difference_rate"])


@pytest.mark.parametrize(
    ("rows", "verdict", "cause"),
    [
        (draw_rows(), "no_evidence", "unclear"),
        (draw_rows(effect=0.08), "no_evidence", "rose"),
        (draw_rows(effect=-0.08, slope=-0.012), "no_evidence", "trend"),
        (draw_rows(effect=-0.08, is_due=False), "too_early", "not_over"),
    ],
)
def test_other_verdicts_say_why(rows: pd.DataFrame, verdict: str, cause: str) -> None:
    found = judge(rows)
    assert (found["verdict_code"], found["cause_code"]) == (verdict, cause)


def leave_out(rows: pd.DataFrame, is_left: pd.Series[bool]) -> pd.DataFrame:
    return rows[~is_left.fillna(value=False).astype(bool)]


def test_what_cannot_be_measured_says_what_is_missing() -> None:
    rows = draw_rows(effect=-0.08)
    acted, week = rows["is_acted"], rows["week_number"]
    causes = {
        "not_sold_before": leave_out(rows, acted & (week >= -8) & (week < -3)),
        "not_sold_after": leave_out(rows, acted & (week >= 0)),
        "no_controls": leave_out(rows, rows["style_id"] > "04"),
    }
    for cause, some in causes.items():
        found = judge(some)
        assert (found["verdict_code"], found["cause_code"]) == ("not_measurable", cause)
        assert np.isnan(found["difference_rate"])


def test_before_the_first_delivery_after_an_action_it_is_too_early() -> None:
    rows = draw_rows(is_due=False)
    found = judge(leave_out(rows, rows["week_number"] >= 0))
    assert (found["verdict_code"], found["cause_code"]) == ("too_early", "not_over")


def test_styles_whose_prior_rate_is_far_away_are_no_controls() -> None:
    rows = draw_rows(effect=-0.08)
    is_far = ~rows["is_acted"]
    rows.loc[is_far, "returned_count"] = (rows.loc[is_far, "returned_count"] / 4).astype(int)
    assert judge(rows)["cause_code"] == "no_controls"


def test_the_order_of_rows_says_nothing() -> None:
    rows = draw_rows(effect=-0.03)
    shuffled = rows.sample(frac=1, random_state=1)
    expected, found = judge_actions(rows), judge_actions(shuffled)
    pd.testing.assert_frame_equal(found.actions, expected.actions)
    pd.testing.assert_frame_equal(found.weeks, expected.weeks)


@given(shift=st.floats(-0.08, 0.15))
@settings(max_examples=20, deadline=None)
def test_what_moves_the_style_and_its_controls_alike_is_no_effect(shift: float) -> None:
    found = judge(draw_rows(shift=shift))
    assert found["verdict_code"] == "no_evidence"
    assert found["difference_rate"] == pytest.approx(0.0, abs=0.003)


@given(more=st.integers(1, 4000))
@settings(max_examples=20, deadline=None)
def test_more_deliveries_that_stay_lower_the_difference(more: int) -> None:
    rows = draw_rows()
    is_after = (rows["is_acted"] & (rows["week_number"] >= 0)).fillna(value=False).astype(bool)
    calm = rows.assign(
        delivered_count=rows["delivered_count"] + more * is_after,
        developed_count=rows["developed_count"] + more * is_after,
    )
    assert judge(calm)["difference_rate"] < judge(rows)["difference_rate"]


@given(
    counts=st.lists(
        st.tuples(
            st.integers(0, 60), st.sampled_from((0.0, 1e-6, 0.4, 0.8, 1.0)), st.integers(0, 70)
        ),
        min_size=len(ALL_WEEKS) * 8,
        max_size=len(ALL_WEEKS) * 8,
    ),
    is_due=st.booleans(),
)
@settings(max_examples=50, deadline=None)
def test_any_counts_have_a_verdict_and_an_interval_that_holds_its_difference(
    counts: list[tuple[int, float, int]], is_due: bool
) -> None:
    rows = pd.DataFrame(
        {
            "action_id": "A",
            "style_id": f"{place // len(ALL_WEEKS)}",
            "is_acted": place < len(ALL_WEEKS),
            "is_due": is_due,
            "week_number": ALL_WEEKS[place % len(ALL_WEEKS)],
            "delivered_count": n,
            "developed_count": n * share,
            "returned_count": y,
        }
        for place, (n, share, y) in enumerate(counts)
    ).astype({"week_number": "Int64"})
    verdicts = judge_actions(rows)
    found = verdicts.actions.iloc[0]
    assert list(verdicts.actions) == list(ACTION_COLUMNS)
    assert list(verdicts.weeks) == list(WEEK_COLUMNS)
    assert len(verdicts.weeks) == 2 * WEEKS
    if np.isfinite(found["difference_rate"]):
        assert found["low_rate"] <= found["difference_rate"] <= found["high_rate"]
    if found["verdict_code"] == "worked":
        assert is_due
        assert found["high_rate"] < 0
    assert not np.isinf(verdicts.actions.select_dtypes("number").to_numpy(float)).any()


def test_more_that_comes_back_than_is_expected_by_now_is_a_rate_of_one() -> None:
    rows = draw_rows(is_due=False)
    is_after = (rows["week_number"] >= 0).fillna(value=False).astype(bool)
    found = judge(rows.assign(developed_count=rows["developed_count"].where(~is_after, 1e-3)))
    assert found["after_rate"] == 1.0
    assert -1.0 <= found["low_rate"] <= found["difference_rate"] <= found["high_rate"] <= 1.0


def test_few_actions_without_effect_are_said_to_have_worked() -> None:
    """In small: ``make fit-bench`` draws many more, from other seeds."""
    told = [
        judge_action(draw_action(world, fault=0.0, rng=np.random.default_rng([seed, place])))[0]
        for place, world in enumerate(WORLDS)
        for seed in range(20)
    ]
    worked = sum(row["verdict_code"] == "worked" for row in told)
    assert worked <= 0.05 * len(told)


def test_no_actions_have_no_verdicts() -> None:
    verdicts = judge_actions(draw_rows().iloc[:0])
    assert list(verdicts.actions) == list(ACTION_COLUMNS)
    assert len(verdicts.actions) == len(verdicts.weeks) == 0


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: rows.drop(columns="is_due"), "lacks"),
        (lambda rows: pd.concat([rows, rows.iloc[:1]]), "repeats"),
        (lambda rows: rows.assign(returned_count=-1), "negative"),
        (lambda rows: rows.assign(developed_count=np.nan), "negative or null"),
    ],
)
def test_evidence_that_is_none_is_refused(spoil: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        judge_actions(spoil(draw_rows()))
