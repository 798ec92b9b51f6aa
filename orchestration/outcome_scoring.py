"""What the fit outcome model says of a shop, read from its marts."""

from __future__ import annotations

from typing import Final

import duckdb
import pandas as pd

from models_ml.fit.outcome_expectations import expect_outcomes

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
    "scored_count": "bigint",
    "learned_count": "bigint",
    "missing_small_count": "bigint",
    "missing_large_count": "bigint",
}
# Sorted, so that equal marts give equal scores.
READ_OUTCOMES: Final = """
select customer_id, style_id, size_label, category_name, brand_name, outcome_code
from marts.fct_fit_outcomes
order by order_line_id
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
