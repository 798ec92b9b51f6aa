"""P(small), P(fit), P(large) of a customer, a style and a size, before anything is worn."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from models_ml.fit.outcome_columns import (
    BANDS,
    BODY,
    GROUPS,
    IDS,
    MEASURED,
    OUTCOME,
    OUTCOMES,
    SIZE,
)
from models_ml.fit.outcome_history import OutcomeHistory
from models_ml.rates.parts import Floats

# Chosen on customers held out of the train part of RentTheRunway; models_ml/fit/CARD.md.
_TREES: Final = {
    "learning_rate": 0.08,
    "max_iter": 120,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 80,
    "l2_regularization": 5.0,
    "max_features": 0.5,
    "early_stopping": False,
}


def fit_outcome_model(rows: pd.DataFrame, *, has_body: bool, seed: int) -> Pipeline:
    """Learn from what was worn and how it fitted.

    Parameters
    ----------
    rows : DataFrame
        One row per unit worn: ``fit`` (one of ``OUTCOMES``), ``user_id`` and ``item_id`` (text;
        None: unknown), ``size`` (a number that grows with the garment; nothing: unknown). Used
        where they are there: ``category`` and ``brand`` of the style; ``height_band``, ``age_band``
        and ``usual_size`` of the customer (words; None: unknown); all that ``measure_wardrobes``
        adds. Any other column, such as a rating that is given after wearing, is not looked at.
    has_body : bool
        Whether to use ``height_in``, ``weight_lbs``, ``bust_size_num`` (numbers in one unit each),
        ``bust_size_letter``, ``age`` (years), ``body_type``; single values may be missing.
    seed : int
        Of folds and trees; the order of the rows does not matter.

    Returns
    -------
    Pipeline
        For ``predict_outcomes``.

    Raises
    ------
    ValueError
        If a column is missing, an outcome is none of ``OUTCOMES``, or one of them never happened.
    """
    is_measured = all(column in rows for column in MEASURED.values())
    bands = tuple(band for band in BANDS if band in rows and rows[band].notna().any())
    more = (OUTCOME, *(MEASURED.values() if is_measured else ()))
    rows = _sort_rows(_select_columns(rows, has_body=has_body, more=more, bands=bands))
    outcomes = rows.pop(OUTCOME).to_numpy(dtype=str)
    strange = sorted(set(outcomes) - set(OUTCOMES))
    if strange:
        raise ValueError(f"outcomes are {OUTCOMES}, got {strange}")
    missing = [name for name in OUTCOMES if name not in outcomes]
    if missing:
        raise ValueError(f"every outcome must happen at least once, never seen: {missing}")
    pipeline = Pipeline(
        [
            (
                "history",
                OutcomeHistory(has_body=has_body, bands=bands, is_measured=is_measured, seed=seed),
            ),
            (
                "outcome",
                VotingClassifier(
                    [
                        ("trees", HistGradientBoostingClassifier(random_state=seed, **_TREES)),
                        ("line", make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))),
                    ],
                    voting="soft",
                ),
            ),
        ]
    )
    return pipeline.fit(rows, outcomes)


def predict_outcomes(model: Pipeline, rows: pd.DataFrame) -> Floats:
    """Foretell how units will fit.

    Parameters
    ----------
    model : Pipeline
        Of ``fit_outcome_model``.
    rows : DataFrame of n rows
        The same columns without ``fit``. A customer, a style or a size that was never seen has
        the rates of what else is known of the row; without a size they are all that is used.

    Returns
    -------
    Floats of shape (n, 3)
        Probabilities in the order of ``OUTCOMES``; each row sums to 1.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    history = model.named_steps["history"]
    more = tuple(MEASURED.values()) if history.is_measured else ()
    wanted = _select_columns(rows, has_body=history.has_body, bands=history.bands, more=more)
    if wanted.empty:
        return np.empty((0, len(OUTCOMES)))
    order = [list(model.classes_).index(name) for name in OUTCOMES]
    found: Floats = model.predict_proba(wanted)[:, order]
    # Trees that never saw a row without a size would take it for one of a usual size.
    unsized = wanted[SIZE].isna().to_numpy()
    if unsized.any():
        found[unsized] = history.predict_rates(wanted[unsized])
    found /= found.sum(axis=1, keepdims=True)
    return found


def _select_columns(
    rows: pd.DataFrame, *, has_body: bool, bands: tuple[str, ...], more: tuple[str, ...] = ()
) -> pd.DataFrame:
    needed = (*more, *IDS, SIZE, *(BODY if has_body else ()))
    missing = [column for column in needed if column not in rows]
    if missing:
        raise ValueError(f"rows lack the columns {missing}, they have {list(rows.columns)}")
    words = (*GROUPS, *bands)
    found = rows[[*needed, *(column for column in words if column in rows)]].copy()
    for column in words:
        if column not in found:
            found[column] = None
    return found.reset_index(drop=True)


def _sort_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Order rows by what they hold, so that no fold or sum depends on how they came."""
    text = rows.astype({column: object for column in rows.columns if column != SIZE})
    order = np.argsort(pd.util.hash_pandas_object(text, index=False).to_numpy(), kind="stable")
    return rows.iloc[order].reset_index(drop=True)
