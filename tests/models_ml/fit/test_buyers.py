"""What is expected of the customers of a size: theirs alone, and nothing of the style's own fit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from models_ml.fit.buyers import FACTORS, UNITS, compare_buyers
from models_ml.fit.outcome_expectations import LEAST, expect_outcomes
from tests.models_ml.fit.test_outcome_expectations import LABELS, lay_out
from tests.models_ml.fit.worn_worlds import SIZES, TOLERANCE

pytestmark = pytest.mark.usefixtures("one_thread")
OFF, TIGHT = "style off", "style tight"


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """Learn as a run does: threads that wait for each other take minutes on a busy machine."""
    with threadpool_limits(limits=1):
        yield


def lay_rows(styles: dict[str, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay out so many units of one size by style."""
    rows = pd.DataFrame(
        {"item_id": np.repeat(list(styles), list(styles.values())), "size_label": "M", "size": 0.5}
    ).assign(category="tops")
    sizes = pd.DataFrame({"style_id": list(styles), "size_label": "M"})
    return sizes, rows


def test_customers_who_are_like_all_others_move_nothing() -> None:
    sizes, rows = lay_rows({"A": 40, "B": 3})
    found = compare_buyers(sizes, rows, expected=np.full((43, 2), 0.04))
    np.testing.assert_allclose(found, 1.0)


def test_customers_who_send_back_more_raise_what_the_style_is_held_against() -> None:
    sizes, rows = lay_rows({"A": 4_000, "B": 4_000, "C": 4})
    expected = np.where((rows["item_id"] == "B").to_numpy()[:, None], [0.09, 0.01], [0.03, 0.03])
    (small_a, large_a), (small_b, large_b), (small_c, _) = compare_buyers(
        sizes, rows, expected=expected
    )
    assert small_b / small_a == pytest.approx(3.0, rel=0.03)
    assert large_a / large_b == pytest.approx(3.0, rel=0.03)
    # Four units say little of a style: it stays near the usual.
    assert abs(small_c - 1) < 4 / UNITS


def test_a_size_and_a_style_that_nobody_bought_are_held_against_the_usual() -> None:
    sizes, rows = lay_rows({"A": 50, "B": 50})
    new = pd.DataFrame({"style_id": ["A", "new"], "size_label": ["L", "M"]})
    expected = np.where((rows["item_id"] == "B").to_numpy()[:, None], 0.09, 0.03)
    found = compare_buyers(pd.concat([sizes, new], ignore_index=True), rows, expected=expected)
    np.testing.assert_allclose(found[3], 1.0)
    # The other size of a style has the style's customers to go by.
    assert found[0, 0] < found[2, 0] < 1
    np.testing.assert_allclose(compare_buyers(new, rows.head(0), expected=np.empty((0, 2))), 1.0)


def draw_shop(*, seed: int = 3, rows: int = 9_000) -> pd.DataFrame:
    """Draw wardrobes of customers who order their size, but for one style; another one is tight."""
    rng = np.random.default_rng(seed)
    count, styles = rows // 6, 30
    true_size = rng.choice(SIZES[1:-1], count)
    who, what = rng.integers(count, size=rows), rng.integers(styles, size=rows)
    off = np.where(what == 0, 1, 0) * (rng.random(rows) < 0.8)
    size = np.clip(true_size[who] - 4.0 * off, SIZES[0], SIZES[-1])
    gap = size - true_size[who] - np.where(what == 1, 3.0, 0.0) + rng.normal(0.0, 1.7, rows)
    names = np.array([OFF, TIGHT, *(f"style {place}" for place in range(2, styles))])
    return pd.DataFrame(
        {
            "user_id": [f"customer {place}" for place in who],
            "item_id": names[what],
            "size": size,
            "category": "tops",
            "usual": true_size[who],
            "fit": np.where(gap < -TOLERANCE, "small", np.where(gap > TOLERANCE, "large", "fit")),
        }
    )


def test_ordering_small_is_the_customers_and_a_tight_cut_is_the_styles() -> None:
    outcomes, sizes = lay_out(draw_shop())
    told = expect_outcomes(outcomes, sizes).groupby("style_id")
    small = told["small_buyer_factor"].mean()
    share = (outcomes["outcome_code"] == "small").groupby(outcomes["style_id"]).mean()
    assert share[TIGHT] > 2 * share.median()
    assert share[OFF] > 2 * share.median()
    assert small[OFF] > 1.5
    assert small[TIGHT] < 1.15
    assert told["large_buyer_factor"].mean()[OFF] < 0.8


def test_what_customers_usually_take_is_known_of_those_too_who_are_not_learned_from() -> None:
    outcomes, sizes = lay_out(draw_shop())
    told = expect_outcomes(outcomes, sizes, most_learned=1_500)
    assert set(told["learned_count"]) == {3_000}
    small = told.groupby("style_id")["small_buyer_factor"].mean()
    assert small[OFF] > 1.5
    assert small[TIGHT] < 1.15


def test_too_few_outcomes_expect_nothing() -> None:
    outcomes, sizes = lay_out(draw_shop())
    is_small = outcomes["outcome_code"] == "small"
    few = pd.concat([outcomes[is_small].head(LEAST - 1), outcomes[~is_small]])
    assert expect_outcomes(few, sizes)[list(FACTORS)].isna().all(axis=None)


def test_bands_that_nobody_told_change_nothing() -> None:
    outcomes, sizes = lay_out(draw_shop(rows=3_000))
    bare = outcomes.assign(height_band_name=None, age_band_name=None, usual_size_label=None)
    pd.testing.assert_frame_equal(
        expect_outcomes(bare, sizes), expect_outcomes(outcomes, sizes), check_exact=True
    )


def test_what_customers_said_of_themselves_tells_of_those_who_bought_once() -> None:
    """Of customers with one order only the usual size that they told says who ordered small."""
    worn = draw_shop()
    alone = worn.assign(user_id=[f"guest {place}" for place in range(len(worn))])
    outcomes, sizes = lay_out(alone)
    said = outcomes.assign(
        height_band_name="155-160", age_band_name=None, usual_size_label=worn["usual"].map(LABELS)
    )
    factor = [
        expect_outcomes(rows, sizes).groupby("style_id")["small_buyer_factor"].mean()[OFF]
        for rows in (outcomes, said)
    ]
    assert factor[0] == pytest.approx(1.0, abs=0.1)
    assert factor[1] > 1.3
