"""Rates, ranks and steps against values worked out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboards.lib import measures, weeks
from tests.dashboards import shop_rows

WEEKS = [
    # Monday, units delivered, units that came back
    (date(2024, 10, 21), 60, 20),
    (date(2024, 10, 28), 60, 20),
    (date(2024, 11, 4), 60, 9),  # from here on still coming back
    (date(2024, 11, 11), 60, 8),
    (date(2024, 11, 18), 60, 3),
]


def build_counts(*pairs: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["delivered_count", "returned_count"])


def test_wilson_interval_equals_the_published_example() -> None:
    # Wilson 1927 as in Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    low, high = measures.compute_wilson_interval(np.array([81.0]), np.array([263.0]))
    assert (round(low[0], 4), round(high[0], 4)) == (0.2553, 0.3662)


def test_nothing_delivered_has_no_rate() -> None:
    rated = measures.add_rates(build_counts((0, 0))).iloc[0]
    assert np.isnan(rated["returned_rate"])
    assert np.isnan(rated["low_rate"])
    assert rated["is_small"]


def test_a_true_zero_is_a_rate() -> None:
    rated = measures.add_rates(build_counts((100, 0))).iloc[0]
    assert rated["returned_rate"] == 0
    assert rated["high_rate"] > 0


def test_over_return_is_kept_and_flagged() -> None:
    rated = measures.add_rates(build_counts((40, 44))).iloc[0]
    assert rated["returned_rate"] == pytest.approx(1.1)
    assert rated["is_over"]


@pytest.mark.parametrize(("n", "is_small"), [(29, True), (30, False)])
def test_thirty_deliveries_are_enough_to_rank(n: int, *, is_small: bool) -> None:
    assert measures.add_rates(build_counts((n, 1)))["is_small"].tolist() == [is_small]


def test_rows_with_few_deliveries_stand_last() -> None:
    frame = measures.add_rates(build_counts((10, 9), (100, 1), (100, 2)))
    ranked = measures.rank_rows(
        frame.assign(key=["few", "one", "two"]), by="returned_rate", key="key"
    )
    assert ranked["key"].tolist() == ["two", "one", "few"]


def test_the_last_three_weeks_are_still_coming_back() -> None:
    counts = pd.DataFrame(WEEKS, columns=["week_start_date", "delivered_count", "returned_count"])
    laid = weeks.spread_over_weeks(counts, as_of=shop_rows.AS_OF, points=5)
    assert laid["returned_count"].tolist() == [20, 20, 9, 8, 3]
    assert laid["is_undeveloped"].tolist() == [False, False, True, True, True]


def test_a_week_without_deliveries_is_a_gap() -> None:
    counts = pd.DataFrame(
        {"week_start_date": [date(2024, 11, 18)], "delivered_count": [5], "returned_count": [1]}
    )
    laid = weeks.spread_over_weeks(counts, as_of=shop_rows.AS_OF, points=2)
    assert laid["returned_rate"].isna().tolist() == [True, False]


def test_points_of_several_weeks_add_their_weeks() -> None:
    counts = pd.DataFrame(WEEKS, columns=["week_start_date", "delivered_count", "returned_count"])
    laid = weeks.spread_over_weeks(counts, as_of=shop_rows.AS_OF, points=3, step=2)
    # Weeks of 14 and 21 Oct; 28 Oct and 4 Nov; 11 and 18 Nov.
    assert laid["returned_count"].tolist() == [20, 29, 11]
    assert laid["is_undeveloped"].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("early", "late", "expected"),
    [((500, 50), (500, 150), "up"), ((500, 150), (500, 50), "down"),
     ((500, 50), (500, 55), "flat"), ((20, 2), (500, 150), "few")],
)  # fmt: skip
def test_a_change_is_said_only_where_intervals_part(
    early: tuple[int, int], late: tuple[int, int], expected: str
) -> None:
    frame = build_counts(early, late).assign(is_undeveloped=False)
    assert weeks.compare_halves(frame) == expected


def test_size_direction_needs_intervals_apart() -> None:
    sizes = ["S", "M", "L"]
    rising = measures.add_rates(build_counts((120, 9), (100, 14), (80, 37)))
    flat = measures.add_rates(build_counts((120, 12), (100, 11), (80, 9)))
    one = measures.add_rates(build_counts((100, 10), (100, 40), (100, 10)))
    few = measures.add_rates(build_counts((20, 1), (20, 9), (100, 10)))
    found = [
        measures.find_size_direction(frame.assign(size_label=sizes))
        for frame in (rising, flat, one, few)
    ]
    assert found == [("up", ""), ("flat", ""), ("one", "M"), ("few", "")]


def test_a_weekly_rhythm_is_late_after_two_weeks() -> None:
    mondays = [date(2026, 11, day) for day in (2, 9, 16)]
    assert measures.count_days_late(mondays, today=date(2026, 11, 30)) == 0
    assert measures.count_days_late(mondays, today=date(2026, 12, 1)) == 15


def test_two_arrivals_have_no_rhythm() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 2)]
    assert measures.count_days_late(days, today=date(2026, 12, 1)) == 0


def test_a_developed_rate_holds_what_is_still_to_come() -> None:
    counts = pd.DataFrame(
        {
            "delivered_count": [100, 100],
            "returned_count": [10, 10],
            "further_returns": [5.0, 0.0],
            "developed_exposure": [50.0, 100.0],
        }
    )
    half, whole = measures.add_rates(counts).to_dict("records")
    assert (half["returned_rate"], whole["returned_rate"]) == (0.15, 0.1)
    # 7.5 of the 50 that had their time: Wilson's interval of 0.15 at 50.
    low, high = measures.compute_wilson_interval(np.array([7.5]), np.array([50.0]))
    assert (half["low_rate"], half["high_rate"]) == (low[0], high[0])
    assert half["high_rate"] - half["low_rate"] > whole["high_rate"] - whole["low_rate"]
    # 25 of 200 in all.
    assert measures.sum_rates(counts)["returned_rate"] == 0.125
