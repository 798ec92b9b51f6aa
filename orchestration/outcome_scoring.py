"""What the fit outcome model says of a shop, read from its marts."""

from __future__ import annotations

from typing import Final

import duckdb
import pandas as pd

from models_ml.fit.buyers import FACTORS
from models_ml.fit.outcome_expectations import NOT_MEASURABLE, expect_outcomes

FIT_OUTCOMES: Final = "fit_outcomes"
# Column types of the table, as _scores__sources.yml describes them.
OUTCOME_COLUMNS: Final = {
    "style_id": "varchar",
    "size_label": "varchar",
    "basis_code": "varchar",
    "model_version": "varchar",
    "small_probability": "double",
    "fit_probability": "double",
    "large_probability": "double",
    "small_buyer_factor": "double",
    "large_buyer_factor": "double",
    "scored_count": "bigint",
    "learned_count": "bigint",
    "missing_small_count": "bigint",
    "missing_large_count": "bigint",
}
# Sorted, so that equal marts give equal scores.
READ_OUTCOMES: Final = """
select
    outcomes.customer_id, outcomes.style_id, outcomes.size_label, outcomes.category_name,
    outcomes.brand_name, outcomes.outcome_code, customers.height_band_name,
    customers.age_band_name, customers.usual_size_label
from marts.fct_fit_outcomes as outcomes
left join marts.dim_customers as customers on outcomes.customer_id = customers.customer_id
order by outcomes.order_line_id
"""
READ_SIZES: Final = """
select
    evidence.style_id, evidence.size_label, evidence.size_order, evidence.category_name,
    brands.brand_name
from marts.rpt_fit_evidence as evidence
left join (
    select style_id, min(brand_name) as brand_name from marts.dim_products group by style_id
) as brands on evidence.style_id = brands.style_id
order by evidence.style_id, evidence.size_label
"""


def expect_fit_outcomes(marts: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Say how probably each size of each style is small, right and large.

    Parameters
    ----------
    marts : DuckDBPyConnection
        An open file of marts.

    Returns
    -------
    DataFrame
        Of ``expect_outcomes``.
    """
    outcomes, sizes = (marts.execute(sql).df() for sql in (READ_OUTCOMES, READ_SIZES))
    return expect_outcomes(outcomes, sizes)


def choose_measurable(outcomes: pd.DataFrame) -> pd.DataFrame | None:
    """Choose what verdicts may expect of customers; None where the shop is not measurable.

    Parameters
    ----------
    outcomes : DataFrame
        Of ``expect_outcomes``.

    Returns
    -------
    DataFrame or None
        As ``estimate_fit`` takes it.
    """
    is_known = outcomes["basis_code"] != NOT_MEASURABLE
    if not is_known.any():
        return None
    return outcomes.loc[is_known, ["style_id", "size_label", *FACTORS]]
