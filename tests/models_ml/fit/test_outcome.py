"""The fit outcome model: what must hold on any data, and what synthetic wardrobes prove."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline

from models_ml.fit import outcome
from models_ml.fit.outcome import fit_outcome_model, predict_outcomes
from models_ml.fit.outcome_columns import BODY_NUMBERS, BODY_WORDS, OUTCOME, OUTCOMES
from models_ml.fit.outcome_history import OutcomeHistory
from models_ml.fit.outcome_scores import score_outcomes
from tests.models_ml.fit.worn_worlds import draw_worn, mirror

SHARED = Path(__file__).parents[4] / "shared" / "data" / "rtr_fit"
ROWS = 4_000
SEED = 7


@pytest.fixture(scope="module")
def worn() -> pd.DataFrame:
    return draw_worn(rows=ROWS + 2_000, seed=SEED)


@pytest.fixture(scope="module")
def train(worn: pd.DataFrame) -> pd.DataFrame:
    return worn[:ROWS]


@pytest.fixture(scope="module")
def test(worn: pd.DataFrame) -> pd.DataFrame:
    return worn[ROWS:].reset_index(drop=True)


@pytest.fixture(scope="module")
def model(train: pd.DataFrame) -> Pipeline:
    return fit_outcome_model(train, has_body=False, seed=SEED)


def measure_auc(probabilities: np.ndarray, rows: pd.DataFrame) -> float:
    found = score_outcomes(
        probabilities, outcomes=rows[OUTCOME], customers=rows["user_id"], seed=SEED
    )
    return found.mean_auc


def test_planted_sizes_are_found(model: Pipeline, train: pd.DataFrame, test: pd.DataFrame) -> None:
    """Better than the shares of the style and size, which know no customer."""
    known = measure_auc(predict_outcomes(model, test), test)
    seen = pd.get_dummies(train[OUTCOME])[list(OUTCOMES)].astype(float)
    keys = ["item_id", "size"]
    shares = seen.groupby([train[key] for key in keys]).mean()
    popular = shares.reindex(pd.MultiIndex.from_frame(test[keys])).fillna(seen.mean())
    assert known > measure_auc(popular.to_numpy(), test) + 0.05
    assert known > 0.75


def test_the_body_finds_more(model: Pipeline, train: pd.DataFrame, test: pd.DataFrame) -> None:
    bodies = fit_outcome_model(train, has_body=True, seed=SEED)
    plain = measure_auc(predict_outcomes(model, test), test)
    assert measure_auc(predict_outcomes(bodies, test), test) > plain + 0.02


def test_probabilities_are_calibrated(model: Pipeline, test: pd.DataFrame) -> None:
    found = score_outcomes(
        predict_outcomes(model, test),
        outcomes=test[OUTCOME],
        customers=test["user_id"],
        seed=SEED,
    )
    assert found.ece < 0.03


def test_probabilities_sum_to_one(model: Pipeline, test: pd.DataFrame) -> None:
    found = predict_outcomes(model, test)
    assert found.shape == (len(test), 3)
    assert (found >= 0).all()
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-9


def test_a_row_does_not_depend_on_its_batch(model: Pipeline, test: pd.DataFrame) -> None:
    whole = predict_outcomes(model, test)
    alone = np.vstack([predict_outcomes(model, test[place : place + 1]) for place in range(20)])
    np.testing.assert_allclose(alone, whole[:20], rtol=0, atol=1e-12)


@pytest.mark.parametrize("has_body", [False, True])
def test_the_order_of_rows_does_not_matter(has_body: bool, test: pd.DataFrame) -> None:
    rows = draw_worn(rows=600, seed=11)
    first = fit_outcome_model(rows, has_body=has_body, seed=SEED)
    shuffled = rows.sample(frac=1.0, random_state=3)
    second = fit_outcome_model(shuffled, has_body=has_body, seed=SEED)
    np.testing.assert_array_equal(predict_outcomes(first, test), predict_outcomes(second, test))
    backwards = predict_outcomes(first, test[::-1])[::-1]
    np.testing.assert_allclose(backwards, predict_outcomes(first, test), rtol=0, atol=1e-12)


def test_the_same_seed_gives_the_same_model(test: pd.DataFrame) -> None:
    rows = draw_worn(rows=600, seed=12)
    found = [
        predict_outcomes(fit_outcome_model(rows, has_body=True, seed=SEED), test) for _ in range(2)
    ]
    np.testing.assert_array_equal(*found)


def test_a_new_customer_a_new_style_and_a_new_size_are_answered(
    model: Pipeline, test: pd.DataFrame
) -> None:
    new = test[:50].assign(user_id="never seen")
    for strange in (
        new,
        new.assign(item_id="never seen"),
        new.assign(item_id="never seen", size=99.0),
        new.assign(item_id="never seen", category="never seen"),
    ):
        found = predict_outcomes(model, strange)
        assert np.abs(found.sum(axis=1) - 1).max() < 1e-9
    nothing = predict_outcomes(
        model, pd.DataFrame({"user_id": [None], "item_id": [None], "size": [np.nan]})
    )
    shares = test[OUTCOME].value_counts(normalize=True)
    assert np.abs(nothing[0] - [shares[name] for name in OUTCOMES]).max() < 0.1


def test_a_new_style_has_the_rates_of_its_category() -> None:
    rng = np.random.default_rng(2)
    rows = draw_worn(rows=4_000, seed=13)
    tight = rows["category"] == "category 1"
    turned = tight & (rng.random(len(rows)) < 0.6)
    rows.loc[turned, OUTCOME] = "small"
    fitted = fit_outcome_model(rows, has_body=False, seed=SEED)
    new = pd.DataFrame(
        {
            "user_id": "never seen",
            "item_id": "never seen",
            "size": 16.0,
            "category": ["category 0", "category 1"],
        }
    )
    small = predict_outcomes(fitted, new)[:, 0]
    assert small[1] > small[0] + 0.2


def test_a_row_without_a_size_learns_and_is_answered() -> None:
    rows = draw_worn(rows=600, seed=14)
    rows.loc[::7, "size"] = np.nan
    fitted = fit_outcome_model(rows, has_body=True, seed=SEED)
    found = predict_outcomes(fitted, rows)
    assert np.isfinite(found).all()
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-9


def test_a_body_nobody_measured_is_answered() -> None:
    rows = draw_worn(rows=600, seed=15)
    rows[[*BODY_NUMBERS]] = np.nan
    rows[[*BODY_WORDS]] = None
    found = predict_outcomes(fit_outcome_model(rows, has_body=True, seed=SEED), rows)
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-9


def test_mirrored_outcomes_mirror_the_probabilities(
    train: pd.DataFrame, test: pd.DataFrame
) -> None:
    """As far as two models of the same rows agree whose folds and trees were drawn otherwise."""
    rows = train[:1500]
    plain, other, turned = (
        predict_outcomes(fit_outcome_model(one, has_body=False, seed=seed), test)
        for one, seed in ((rows, SEED), (rows, SEED + 1), (mirror(rows), SEED))
    )
    apart = np.abs(plain - other).mean()
    assert np.abs(plain - turned[:, ::-1]).mean() < 1.5 * apart
    assert np.corrcoef(plain[:, 0], turned[:, 2])[0, 1] > 0.95


def test_shuffled_outcomes_teach_nothing() -> None:
    """No leak: what a row learned of its own outcome would tell it apart from the others."""
    areas = []
    for seed in range(3):
        rows = draw_worn(rows=6_000, seed=20 + seed)
        shuffled = rows[OUTCOME].sample(frac=1.0, random_state=seed).to_numpy()
        rows = rows.assign(fit=shuffled)
        fitted = fit_outcome_model(rows[:4_000], has_body=True, seed=SEED)
        areas.append(measure_auc(predict_outcomes(fitted, rows[4_000:]), rows[4_000:]))
    assert np.mean(areas) == pytest.approx(0.5, abs=0.02)


def test_no_column_that_is_learned_from_tells_a_rows_own_outcome() -> None:
    """Where outcomes are drawn by lot, no column may order the rows it was made for."""
    rows = draw_worn(rows=6_000, seed=24)
    shuffled = rows[OUTCOME].sample(frac=1.0, random_state=1).to_numpy()
    rows = rows.assign(fit=shuffled)
    history = OutcomeHistory(has_body=True, seed=SEED)
    columns = history.fit_transform(rows.assign(brand=None), rows[OUTCOME])
    for outcome_name in OUTCOMES:
        is_it = (rows[OUTCOME] == outcome_name).to_numpy()
        for place in range(columns.shape[1]):
            area = roc_auc_score(is_it, np.nan_to_num(columns[:, place]))
            assert area == pytest.approx(0.5, abs=0.03), (outcome_name, place)


def test_an_outcome_that_is_missing_is_named() -> None:
    rows = draw_worn(rows=200, seed=16)
    with pytest.raises(ValueError, match=r"never seen: \['large'\]"):
        fit_outcome_model(rows[rows[OUTCOME] != "large"], has_body=False, seed=SEED)
    with pytest.raises(ValueError, match="never seen"):
        fit_outcome_model(rows[:0], has_body=False, seed=SEED)


def test_a_missing_column_is_named() -> None:
    rows = draw_worn(rows=200, seed=17)
    with pytest.raises(ValueError, match="weight_lbs"):
        fit_outcome_model(rows.drop(columns="weight_lbs"), has_body=True, seed=SEED)


def test_what_is_said_after_wearing_is_not_looked_at(test: pd.DataFrame) -> None:
    rows = draw_worn(rows=600, seed=18)
    told = rows.assign(rating=np.where(rows[OUTCOME] == "fit", 10.0, 2.0))
    first, second = (fit_outcome_model(one, has_body=True, seed=SEED) for one in (rows, told))
    np.testing.assert_array_equal(predict_outcomes(first, test), predict_outcomes(second, test))


@pytest.mark.parametrize("has_body", [False, True])
def test_it_can_be_stored_without_pickle(has_body: bool, test: pd.DataFrame) -> None:
    fitted = fit_outcome_model(draw_worn(rows=600, seed=19), has_body=has_body, seed=SEED)
    data = skops.io.dumps(fitted)
    trusted = skops.io.get_untrusted_types(data=data)
    assert all(name.startswith(("models_ml.fit.outcome_", "sklearn.")) for name in trusted)
    again = skops.io.loads(data, trusted=trusted)
    np.testing.assert_array_equal(predict_outcomes(again, test), predict_outcomes(fitted, test))


def test_fit_is_called_in_one_function() -> None:
    room = Path(outcome.__file__).parent
    calls = [
        path.name
        for path in sorted(room.glob("outcome*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"pipeline\.fit\(", line)
    ]
    assert calls == ["outcome.py"]


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="the published fit data are not on this machine")
def test_published_rows_are_learned_from() -> None:
    """A tenth of the customers: enough to be better than nothing, and quick."""
    parts = []
    for name in ("train", "validation"):
        part = pd.read_parquet(SHARED / f"{name}.parquet")
        part = part.astype({"user_id": str, "item_id": str, OUTCOME: str})
        parts.append(part[part["user_id"].str[-1] == "3"].reset_index(drop=True))
    train, validation = parts
    fitted = fit_outcome_model(train, has_body=False, seed=SEED)
    assert measure_auc(predict_outcomes(fitted, validation), validation) > 0.65
