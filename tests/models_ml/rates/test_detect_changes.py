"""Changes in time: since when, and not where nothing changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models_ml.rates.changes import detect_changes

WEEKS = pd.date_range("2026-01-05", periods=10, freq="7D")


def make_weeks(
    returns: dict[str, list[int]], *, developed: float = 100.0, expected: float = 0.1
) -> pd.DataFrame:
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "group_id": group,
                    "week_start_date": WEEKS[: len(returned)],
                    "developed_count": developed,
                    "returned_count": returned,
                    "expected_rate": expected,
                }
            )
            for group, returned in returns.items()
        ],
        ignore_index=True,
    )


def test_a_rise_is_found_in_its_week_and_its_score_is_right() -> None:
    """10 a week for six weeks, then 30 for four: 60 and 120 of 180 where 108 and 72 are expected.

    Score = 120·ln(120/72) + 60·ln(60/108) = 61.299 − 35.267 = 26.032.
    """
    weeks = make_weeks({"risen": [10] * 6 + [30] * 4, "steady": [10] * 10})
    found = detect_changes(weeks).set_index("group_id")
    assert found.loc["risen", "since_date"] == WEEKS[6]
    assert found.loc["risen", "change_score"] == pytest.approx(26.032, abs=0.001)
    assert pd.isna(found.loc["steady", "since_date"])
    assert found.loc["steady", "change_score"] == pytest.approx(0, abs=1e-9)


def test_always_bad_and_better_are_no_rise() -> None:
    weeks = make_weeks({"always": [40] * 10, "better": [40] * 5 + [10] * 5})
    assert detect_changes(weeks)["since_date"].isna().all()


def test_a_rise_that_the_whole_category_shares_is_no_change() -> None:
    weeks = make_weeks({"season": [10] * 5 + [30] * 5})
    assert detect_changes(weeks)["since_date"].notna().all()
    weeks["expected_rate"] = [0.1] * 5 + [0.3] * 5
    assert detect_changes(weeks)["since_date"].isna().all()


def test_a_rise_in_exposure_is_no_change() -> None:
    weeks = make_weeks({"promotion": [10] * 5 + [30] * 5})
    weeks["developed_count"] = [100.0] * 5 + [300.0] * 5
    assert detect_changes(weeks)["since_date"].isna().all()


@pytest.mark.parametrize(("after", "is_found"), [(4, False), (5, True)])
def test_few_returns_are_never_a_change(after: int, *, is_found: bool) -> None:
    weeks = make_weeks({"few": [0] * 9 + [after]}, developed=50.0)
    assert detect_changes(weeks)["since_date"].notna().tolist() == [is_found]


def test_row_order_does_not_matter() -> None:
    rng = np.random.default_rng(0)
    weeks = make_weeks({f"g{n}": rng.poisson(10, 10).tolist() for n in range(30)})
    weeks.loc[weeks["week_start_date"] >= WEEKS[5], "returned_count"] *= 2
    expected = detect_changes(weeks)
    found = detect_changes(weeks.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_null_world_keeps_quiet_and_changed_styles_are_found() -> None:
    """400 styles of unlike rates; 20 of them rise 2.5 times in week 6."""
    rng = np.random.default_rng(4)
    rate = 0.1 * np.exp(rng.normal(0, 0.3, 400))
    steady = {f"g{n:03d}": rng.binomial(100, rate[n], 10).tolist() for n in range(400)}
    assert detect_changes(make_weeks(steady))["since_date"].notna().sum() <= 1
    for n in range(20):
        steady[f"g{n:03d}"][5:] = rng.binomial(100, 2.5 * rate[n], 5).tolist()
    found = detect_changes(make_weeks(steady))["since_date"].notna()
    assert found[:20].sum() >= 18
    assert found[20:].sum() <= 4


def test_weeks_without_exposure_or_rows() -> None:
    weeks = make_weeks({"none": [0] * 10}, developed=0.0)
    assert detect_changes(weeks)["since_date"].isna().all()
    assert detect_changes(weeks.iloc[:0]).empty
    assert detect_changes(make_weeks({"one": [9]}))["since_date"].isna().all()
    unknown = make_weeks({"risen": [10] * 6 + [30] * 4}).assign(expected_rate=None)
    assert detect_changes(unknown)["since_date"].tolist() == [WEEKS[6]]


def test_a_repeated_week_is_refused() -> None:
    weeks = make_weeks({"one": [1, 2]})
    with pytest.raises(ValueError, match="repeats"):
        detect_changes(pd.concat([weeks, weeks]))
    with pytest.raises(ValueError, match="lack"):
        detect_changes(weeks.drop(columns="expected_rate"))
    with pytest.raises(ValueError, match="budget"):
        detect_changes(weeks, budget=1.0)
