"""Rates of small groups: hand values, order, batch, boundaries."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_ml.rates.estimate import estimate_rates


def make_evidence(
    counts: list[tuple[float, float, float]],
    *,
    category: str | None = "tops",
    expected_rate: float | None = 0.1,
    level: str = "sku",
) -> pd.DataFrame:
    """Evidence from (delivered, developed, returned) per group."""
    return pd.DataFrame(
        {
            "level_code": level,
            "group_id": [f"{level}-{number:05d}" for number in range(len(counts))],
            "style_id": None,
            "category_name": category,
            "delivered_count": [n for n, _, _ in counts],
            "developed_count": [m for _, m, _ in counts],
            "returned_count": [y for _, _, y in counts],
            "expected_rate": expected_rate,
        }
    )


def make_shop(*, seed: int = 0, groups: int = 600, bad_share: float = 0.05) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rate = np.where(rng.random(groups) < bad_share, 0.3, 0.12)
    delivered = rng.integers(1, 200, groups)
    returned = rng.binomial(delivered, rate)
    counts = list(zip(delivered, delivered, returned, strict=True))
    evidence = make_evidence(counts, expected_rate=returned.sum() / delivered.sum())
    evidence["category_name"] = np.where(rng.random(groups) < 0.5, "tops", "shoes")
    return evidence


def test_columns_and_rows_are_as_promised() -> None:
    evidence = make_shop(groups=20)
    rates = estimate_rates(evidence)
    assert list(rates.columns) == [
        *("level_code", "group_id", "prior_strength", "posterior_rate", "low_rate", "high_rate"),
        *("alarm_probability", "is_alarm", "is_rankable"),
    ]
    assert rates["group_id"].tolist() == evidence["group_id"].tolist()


def test_row_order_does_not_matter() -> None:
    evidence = make_shop()
    shuffled = evidence.sample(frac=1, random_state=1)
    expected = estimate_rates(evidence).set_index("group_id").loc[shuffled["group_id"]]
    found = estimate_rates(shuffled).set_index("group_id")
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_families_do_not_touch_each_other() -> None:
    """The rates and alarms of SKUs are the same with and without styles in the batch."""
    skus, styles = make_shop(seed=1), make_shop(seed=2).assign(level_code="style")
    alone = estimate_rates(skus)
    together = estimate_rates(pd.concat([styles, skus], ignore_index=True))
    found = together[together["level_code"] == "sku"].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, alone, check_exact=True)


def test_input_is_left_as_it_was() -> None:
    evidence = make_shop(groups=30)
    before = evidence.copy(deep=True)
    estimate_rates(evidence)
    pd.testing.assert_frame_equal(evidence, before)


def test_planted_groups_are_alarms_and_the_rest_is_not() -> None:
    rng = np.random.default_rng(3)
    returned = rng.binomial(100, 0.1, 1000)
    returned[:3] = 40  # four times as many as the others
    rates = estimate_rates(make_evidence([(100, 100, y) for y in returned]))
    assert rates.index[rates["is_alarm"]].tolist() == [0, 1, 2]


def test_no_exposure_gives_the_prior_and_no_alarm() -> None:
    evidence = make_evidence([(0, 0.0, 0), (5, 0.0, 0), *[(100, 100.0, y) for y in range(5, 16)]])
    rates = estimate_rates(evidence, minimum_developed_count=0, minimum_developed_share=0)
    empty = rates.iloc[:2]
    assert not empty["is_alarm"].any()
    assert not empty["is_rankable"].any()
    assert (empty["low_rate"] < 0.1).all()
    assert (empty["high_rate"] > 0.1).all()
    numbers = ["posterior_rate", "low_rate", "high_rate", "alarm_probability"]
    assert empty.iloc[0][numbers].tolist() == empty.iloc[1][numbers].tolist()
    width = rates["high_rate"] - rates["low_rate"]
    assert width[0] > width[7]


@pytest.mark.parametrize(
    ("developed", "is_rankable"), [(29.9, False), (30.0, True), (30.1, True), (0.0, False)]
)
def test_thirty_percent_developed_is_enough_and_less_is_not(
    developed: float, *, is_rankable: bool
) -> None:
    counts = [(100, developed, 90), *[(100, 100.0, 10)] * 50]
    rates = estimate_rates(make_evidence(counts))
    assert rates["is_rankable"].iloc[0] == is_rankable
    assert rates["is_alarm"].iloc[0] == is_rankable
    assert rates["is_rankable"].iloc[1:].all()


def test_a_sum_that_falls_short_of_thirty_percent_by_rounding_is_enough() -> None:
    assert sum([0.1] * 3) * 0.999999999999 < 0.3
    rates = estimate_rates(make_evidence([(1, sum([0.1] * 3) * 0.999999999999, 0)]))
    assert rates["is_rankable"].tolist() == [True]


@pytest.mark.parametrize(("developed", "is_alarm"), [(19.9, False), (20.0, True)])
def test_minimum_exposure_is_inclusive(developed: float, *, is_alarm: bool) -> None:
    counts = [(20, developed, 19), *[(100, 100.0, 10)] * 50]
    rates = estimate_rates(make_evidence(counts), minimum_developed_count=20)
    assert rates["is_alarm"].iloc[0] == is_alarm


def test_more_returned_than_developed_stays_a_rate() -> None:
    rates = estimate_rates(make_evidence([(10, 4.0, 9), *[(100, 100.0, 10)] * 50]))
    first = rates.iloc[0]
    assert 0 < first["low_rate"] < first["posterior_rate"] < first["high_rate"] <= 1


def test_unknown_expected_rate_is_the_rate_of_the_category_else_of_the_shop() -> None:
    """Tops 20 ÷ 200 = 0.1, shoes 120 ÷ 200 = 0.6, shop 140 ÷ 400 = 0.35."""
    evidence = make_evidence([(200, 200.0, 20), (200, 200.0, 120), (0, 0.0, 0), (0, 0.0, 0)])
    evidence["category_name"] = ["tops", "shoes", "shoes", None]
    given_rates = estimate_rates(evidence.assign(expected_rate=[0.1, 0.6, 0.6, 0.35]))
    unknown = estimate_rates(evidence.assign(expected_rate=np.nan))
    pd.testing.assert_frame_equal(unknown, given_rates)
    nullable = evidence.assign(expected_rate=pd.array([None] * 4, dtype="Float64"))
    pd.testing.assert_frame_equal(estimate_rates(nullable), given_rates)


def test_nothing_known_is_not_measurable() -> None:
    rates = estimate_rates(make_evidence([(0, 0.0, 0)], category=None, expected_rate=None))
    numbers = rates[["prior_strength", "posterior_rate", "low_rate", "high_rate"]]
    assert numbers.isna().all(axis=None)
    assert rates["alarm_probability"].isna().all()
    assert rates["is_alarm"].tolist() == [False]


def test_no_rows_give_no_rows() -> None:
    assert estimate_rates(make_evidence([])).empty


def test_a_strict_knob_makes_fewer_alarms() -> None:
    evidence = make_shop(seed=5)
    counts = [int(estimate_rates(evidence, knob=k)["is_alarm"].sum()) for k in (1.2, 1.5, 2.5)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_half_developed_evidence_is_less_certain_than_as_many_developed_units() -> None:
    """50 units fully seen say more than 100 units half seen, and both say 40 %."""
    others = [(100, 100.0, y) for y in (10, 25, 40, 55, 70)] * 20
    rates = estimate_rates(
        make_evidence([(50, 50.0, 20), (100, 50.0, 20), *others], expected_rate=0.4)
    )
    width = rates["high_rate"] - rates["low_rate"]
    assert width[1] > width[0] * 1.02


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("level_code", "shop", "level_code holds"),
        ("group_id", "sku-00001", "repeats"),
        ("developed_count", -0.5, "developed_count is -0.5"),
        ("returned_count", np.nan, "returned_count is nan"),
    ],
)
def test_wrong_evidence_is_refused(column: str, value: object, message: str) -> None:
    evidence = make_evidence([(10, 10.0, 1), (10, 10.0, 1)]).astype({"returned_count": float})
    evidence.loc[0, column] = value
    with pytest.raises(ValueError, match=message):
        estimate_rates(evidence)
    with pytest.raises(ValueError, match="lacks"):
        estimate_rates(evidence.drop(columns=column))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.floats(0, 1), st.integers(0, 600)),
        min_size=1,
        max_size=12,
    ),
    st.one_of(st.none(), st.floats(0, 1)),
)
def test_any_counts_give_ordered_bounds(
    counts: list[tuple[int, float, int]], expected_rate: float | None
) -> None:
    evidence = make_evidence(
        [(n, n * share, y) for n, share, y in counts], expected_rate=expected_rate
    )
    rates = estimate_rates(evidence).dropna()
    assert (rates["low_rate"] >= 0).all()
    assert (rates["low_rate"] <= rates["high_rate"]).all()
    assert (rates["high_rate"] <= 1).all()
    assert rates["posterior_rate"].between(0, 1).all()
    assert rates["alarm_probability"].between(0, 1).all()
    assert (rates["is_rankable"] | ~rates["is_alarm"]).all()
