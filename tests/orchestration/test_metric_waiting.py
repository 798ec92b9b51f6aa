"""Quantiles of waits: against single cases, and from sums of any slice."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from orchestration.metric_catalogue import read_seed_metrics
from orchestration.metric_waiting import Waited, build_waiting_figures, compute_waiting_quantile

Case = tuple[int, bool]  # days waited, and whether it was over then
CASES = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=40)


def count(cases: Iterable[Case]) -> list[Waited]:
    """Sum cases as a mart does."""
    some = list(cases)
    total, settled = Counter(d for d, _ in some), Counter(d for d, over in some if over)
    return [Waited(days=d, settled=settled[d], total=total[d]) for d in total]


def follow_cases(cases: list[Case], *, share: float) -> int | None:
    """Kaplan and Meier case by case: each that is over takes its part of those still waiting."""
    log_waiting = 0.0
    for day in range(13):
        over = sum(1 for days, is_over in cases if is_over and days == day)
        waiting = sum(1 for days, _ in cases if days >= day)
        if over and over == waiting:
            return day
        if over:
            log_waiting += math.log1p(-over / waiting)
            if math.exp(log_waiting) <= 1 - share + 1e-12:
                return day
    return None


@given(cases=CASES, share=st.sampled_from([0.5, 0.9]))
def test_sums_give_what_single_cases_give(cases: list[Case], share: float) -> None:
    assert compute_waiting_quantile(count(cases), share=share) == follow_cases(cases, share=share)


@given(first=CASES, second=CASES)
def test_counts_of_two_slices_add_up(first: list[Case], second: list[Case]) -> None:
    together = compute_waiting_quantile(count([*first, *second]), share=0.5)
    assert compute_waiting_quantile([*count(first), *count(second)], share=0.5) == together


def test_the_median_of_the_whole_is_no_sum_of_medians() -> None:
    quick, slow = [(1, True)] * 3, [(9, True)] * 1
    medians = [compute_waiting_quantile(count(some), share=0.5) for some in (quick, slow)]
    assert medians == [1, 9]
    assert compute_waiting_quantile(count([*quick, *slow]), share=0.5) == 1


def test_open_cases_count_as_long_as_they_were_watched() -> None:
    # 4 of 5 wait on after day 2, one of them watched no longer than day 3; then 1 of 3 does.
    cases = [(2, True), (4, True), (4, True), (3, False), (5, False)]
    assert compute_waiting_quantile(count(cases), share=0.5) == 4
    assert compute_waiting_quantile(count(cases), share=0.9) is None
    assert compute_waiting_quantile([], share=0.5) is None


def test_an_answer_carries_both_quantiles_and_leaves_unknown_days_out() -> None:
    rows = [
        ("arrival", 1, 3, None, 4, None, None),
        ("arrival", 6, 2, None, 2, None, None),
        ("arrival", None, 0, None, 0, None, None),
        ("resale", None, 0, None, 0, None, None),
    ]
    metric = read_seed_metrics()["waiting_time"]
    arrival, resale = build_waiting_figures(metric, by=["stage"], rows=rows, as_of="2026-10-31")
    assert list(arrival)[:6] == ["stage", "numerator", "denominator", "value", "p90", "n"]
    # 3 of 6 are over after a day, both that were watched on after six.
    assert [arrival[name] for name in list(arrival)[:6]] == ["arrival", 5, 6, 1, 6, 6]
    assert (arrival["low"], arrival["unit"]) == (None, "days")
    assert (resale["value"], resale["p90"], resale["n"]) == (None, None, 0)


def test_days_waited_are_no_way_to_split() -> None:
    metric = read_seed_metrics()["waiting_time"]
    assert metric.waited == "waited_days"
    assert list(metric.own_dimensions) == ["stage"]
