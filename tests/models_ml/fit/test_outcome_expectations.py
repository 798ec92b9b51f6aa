"""What is expected of the sizes of a shop: who is averaged, what is new, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from models_ml.fit.outcome_expectations import (
    COLUMNS,
    CUSTOMERS,
    LEAST,
    NOBODY,
    NOT_MEASURABLE,
    expect_outcomes,
    place_sizes,
)
from tests.models_ml.fit.worn_worlds import draw_worn

LABELS = {4.0: "XS", 8.0: "S", 12.0: "M", 16.0: "L", 20.0: "LL", 24.0: "3L", 28.0: "4L"}
pytestmark = pytest.mark.usefixtures("one_thread")
PROBABILITIES = ["small_probability", "fit_probability", "large_probability"]


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """Learn as a run does: threads that wait for each other take minutes on a busy machine."""
    with threadpool_limits(limits=1):
        yield


def lay_out(worn: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn wardrobes into a shop's outcomes and the sizes that its styles come in."""
    outcomes = pd.DataFrame(
        {
            "customer_id": worn["user_id"],
            "style_id": worn["item_id"],
            "size_label": worn["size"].map(LABELS),
            "category_name": worn["category"],
            "brand_name": None,
            "outcome_code": worn["fit"],
        }
    )
    keys = ["style_id", "size_label"]
    sizes = outcomes.drop_duplicates(keys).sort_values(keys, ignore_index=True)
    return outcomes, sizes.drop(columns=["customer_id", "outcome_code"]).assign(size_order=None)


@pytest.fixture(scope="module")
def shop(one_thread: None) -> tuple[pd.DataFrame, pd.DataFrame]:
    del one_thread
    return lay_out(draw_worn(rows=4_000, seed=11))


@pytest.fixture(scope="module")
def told(shop: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    outcomes, sizes = shop
    return expect_outcomes(outcomes, sizes)


def test_expectations_follow_what_happened(
    shop: tuple[pd.DataFrame, pd.DataFrame], told: pd.DataFrame
) -> None:
    """Sizes that were worn often are expected as they turned out, within what chance allows."""
    outcomes, _ = shop
    happened = pd.get_dummies(outcomes["outcome_code"])[["small", "fit", "large"]].astype(float)
    keys = ["style_id", "size_label"]
    shares = happened.groupby([outcomes[key] for key in keys]).agg(["mean", "size"])
    joined = told.join(shares["small"], on=keys)
    often = joined[joined["size"] >= 15]
    assert len(often) > 50
    assert np.corrcoef(often["small_probability"], often["mean"])[0, 1] > 0.8
    weights = told["scored_count"] / told["scored_count"].sum()
    assert (told["small_probability"] * weights).sum() == pytest.approx(
        happened["small"].mean(), abs=0.01
    )


def test_every_size_is_told_once(
    shop: tuple[pd.DataFrame, pd.DataFrame], told: pd.DataFrame
) -> None:
    outcomes, sizes = shop
    assert list(told.columns) == list(COLUMNS)
    assert told[["style_id", "size_label"]].equals(sizes[["style_id", "size_label"]])
    assert np.allclose(told[PROBABILITIES].sum(axis=1), 1)
    assert told["scored_count"].sum() == len(outcomes)
    assert set(told["basis_code"]) == {CUSTOMERS}


def test_a_new_style_and_a_new_size_are_told_of_nobody(
    shop: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    outcomes, sizes = shop
    new = pd.DataFrame(
        {
            "style_id": ["style new", "style new", "style odd"],
            "size_label": ["XS", "4L", "unknown"],
            "category_name": ["category 0", "category 0", "category never seen"],
            "brand_name": None,
            "size_order": None,
        }
    )
    told = expect_outcomes(outcomes, pd.concat([sizes, new], ignore_index=True)).tail(3)
    assert list(told["basis_code"]) == [NOBODY] * 3
    assert list(told["scored_count"]) == [0] * 3
    assert np.allclose(told[PROBABILITIES].sum(axis=1), 1)
    # Of wardrobes drawn around the usual size, the smallest is small more often than the largest.
    assert told["small_probability"].iloc[0] > told["small_probability"].iloc[1]


def test_the_order_of_the_rows_does_not_matter(
    shop: tuple[pd.DataFrame, pd.DataFrame], told: pd.DataFrame
) -> None:
    outcomes, sizes = shop
    shuffled = outcomes.sample(frac=1, random_state=3)
    again = expect_outcomes(shuffled, sizes)
    pd.testing.assert_frame_equal(again, told, check_exact=False, rtol=1e-9)


@pytest.mark.parametrize("lacking", ["small", "large"])
def test_too_few_outcomes_are_no_zero(
    shop: tuple[pd.DataFrame, pd.DataFrame], lacking: str
) -> None:
    outcomes, sizes = shop
    is_it = outcomes["outcome_code"] == lacking
    few = pd.concat([outcomes[is_it].head(LEAST - 3), outcomes[~is_it]])
    told = expect_outcomes(few, sizes)
    assert set(told["basis_code"]) == {NOT_MEASURABLE}
    assert told[PROBABILITIES].isna().all(axis=None)
    assert set(told[f"missing_{lacking}_count"]) == {3}
    assert set(told["learned_count"]) == {0}


def test_a_shop_without_anything_has_no_row() -> None:
    outcomes, sizes = (part.head(0) for part in lay_out(draw_worn(rows=50, seed=1)))
    assert expect_outcomes(outcomes, sizes).empty


def test_no_more_than_the_cap_is_learned(shop: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    outcomes, sizes = shop
    told = expect_outcomes(outcomes, sizes, most_learned=1_000)
    assert set(told["learned_count"]) == {2_000}
    assert told["scored_count"].sum() == len(outcomes)


def test_sizes_stand_in_the_order_of_their_kind() -> None:
    sizes = pd.DataFrame(
        {
            "style_id": ["A", "A", "B", "B", "C", "C", "D"],
            "size_label": ["M", "L", "S", "LL", "24cm", "25cm", "one or two"],
            "size_order": None,
            "category_name": ["tops"] * 4 + ["shoes"] * 2 + ["tops"],
        }
    )
    outcomes = sizes.loc[[0, 0, 2, 3, 4, 5]]
    placed = place_sizes(sizes, outcomes).set_index(["item_id", "size_label"])["size"]
    assert list(placed.loc["B"].round(3)) == [0.125, 0.875]
    assert placed["A", "M"] == pytest.approx(0.5, abs=1e-3)
    assert 0.5 < placed["A", "L"] < placed["B", "LL"]
    assert list(placed.loc["C"].round(3)) == [0.25, 0.75]
    assert np.isnan(placed["D", "one or two"])


def test_the_place_that_products_give_stands_before_labels() -> None:
    sizes = pd.DataFrame(
        {
            "style_id": ["A", "A"],
            "size_label": ["L", "S"],
            "size_order": pd.array([1, 2], dtype="Int64"),
            "category_name": ["tops", "tops"],
        }
    )
    placed = place_sizes(sizes, sizes).set_index("size_label")["size"]
    assert placed["L"] < placed["S"]
