"""How far every size is from usual, by all that its customer bought; of sizes alone."""

from __future__ import annotations

import pandas as pd

from models_ml.fit.outcome_columns import (
    CUSTOMER,
    MEASURED,
    SIZE,
    STYLE,
    encode_words,
    learn_words,
)
from models_ml.fit.outcome_sizes import learn_usual_sizes


def measure_wardrobes(
    rows: pd.DataFrame, others: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure how far sizes are from usual.

    A shop that is too large to learn all its outcomes would forget what most customers usually
    take. Sizes are no outcomes, so all of them may be looked at.

    Parameters
    ----------
    rows : DataFrame
        One row per unit worn: ``user_id``, ``item_id``, ``size``. Each is held against the others.
    others : DataFrame
        The same columns, of units that nobody wore yet.

    Returns
    -------
    tuple of (DataFrame, DataFrame)
        Both with the columns of ``MEASURED``, as ``fit_outcome_model`` takes them.
    """
    customers, styles = learn_words(rows[CUSTOMER]), learn_words(rows[STYLE])
    usual = learn_usual_sizes(
        rows[SIZE].to_numpy(dtype=float),
        customers=encode_words(customers, rows[CUSTOMER]),
        styles=encode_words(styles, rows[STYLE]),
        counts=(len(customers), len(styles)),
        bodies=None,
    )

    def describe(some: pd.DataFrame, *, is_own: bool) -> pd.DataFrame:
        told = usual.describe(
            some[SIZE].to_numpy(dtype=float),
            customers=encode_words(customers, some[CUSTOMER]),
            styles=encode_words(styles, some[STYLE]),
            bodies=None,
            is_own=is_own,
        )
        return some.assign(**{column: told[name] for name, column in MEASURED.items()})

    return describe(rows, is_own=True), describe(others, is_own=False)
