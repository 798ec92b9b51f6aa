"""What the statistics say of the fit of styles, as tables of scores."""

from __future__ import annotations

from typing import Final

import duckdb
import pandas as pd

from models_ml.fit.labels import key_labels, list_unknown_labels
from models_ml.fit.lots import estimate_lots
from models_ml.fit.segments import estimate_segments, gather_hints
from models_ml.fit.verdicts import estimate_fit
from models_ml.fit.zones import estimate_zones
from orchestration.outcome_scoring import (
    FIT_OUTCOMES,
    OUTCOME_COLUMNS,
    choose_measurable,
    expect_fit_outcomes,
)
from orchestration.scored_marts import (
    READ_FIT,
    READ_LOTS,
    READ_SEGMENTS,
    READ_SIZE_LABELS,
    READ_ZONE_STYLES,
    READ_ZONES,
)

FIT_SIZES: Final = "fit_sizes"
FIT_VERDICTS: Final = "fit_verdicts"
FIT_SEGMENTS: Final = "fit_segments"
FIT_LOTS: Final = "fit_lots"
FIT_LABELS: Final = "fit_unknown_labels"
SIZE_LABELS: Final = "size_label_keys"
FIT_ZONES: Final = "fit_zones"
# Column types of the tables, as _scores__sources.yml describes them.
COLUMNS: Final = {
    FIT_SIZES: {
        "style_id": "varchar",
        "size_label": "varchar",
        "rank_number": "bigint",
        "size_rate": "double",
        "low_rate": "double",
        "high_rate": "double",
        "small_probability": "double",
        "large_probability": "double",
    },
    FIT_VERDICTS: {
        "style_id": "varchar",
        "verdict_code": "varchar",
        "diagnosis_code": "varchar",
        "from_size_label": "varchar",
        "to_size_label": "varchar",
        "order_basis_code": "varchar",
        "unknown_labels_text": "varchar",
        "small_probability": "double",
        "large_probability": "double",
        "swap_probability": "double",
        "verdict_probability": "double",
        "needed_count": "bigint",
        "more_deliveries_count": "bigint",
    },
    FIT_SEGMENTS: {
        "style_id": "varchar",
        "dimension_code": "varchar",
        "segment_kind_code": "varchar",
        "segment_label": "varchar",
        "finding_code": "varchar",
        "rank_number": "bigint",
        "size_rate": "double",
        "low_rate": "double",
        "high_rate": "double",
        "small_probability": "double",
        "large_probability": "double",
    },
    FIT_LOTS: {
        "style_id": "varchar",
        "lot_id": "varchar",
        "finding_code": "varchar",
        "size_rate": "double",
        "low_rate": "double",
        "high_rate": "double",
        "small_probability": "double",
        "large_probability": "double",
    },
    FIT_LABELS: {"style_id": "varchar", "size_label": "varchar", "is_blocking": "boolean"},
    SIZE_LABELS: {"size_label": "varchar", "size_key_text": "varchar", "is_known": "boolean"},
    FIT_ZONES: {
        "style_id": "varchar",
        "zone_code": "varchar",
        "small_rate": "double",
        "small_low_rate": "double",
        "small_high_rate": "double",
        "large_rate": "double",
        "large_low_rate": "double",
        "large_high_rate": "double",
        "category_small_rate": "double",
        "category_large_rate": "double",
    },
    FIT_OUTCOMES: OUTCOME_COLUMNS,
}


def score(marts: duckdb.DuckDBPyConnection, *, budget: float) -> dict[str, pd.DataFrame]:
    """Judge the fit of styles from the marts of the first step.

    Parameters
    ----------
    marts : DuckDBPyConnection
        An open file of marts.
    budget : float
        Accepted expected share of false verdicts and findings, in [0, 1).

    Returns
    -------
    dict of str to DataFrame
        By the name of the table.
    """
    evidence = marts.execute(READ_FIT).df()
    segments = estimate_segments(marts.execute(READ_SEGMENTS).df(), budget=budget)
    lots = estimate_lots(marts.execute(READ_LOTS).df(), budget=budget)
    hints = gather_hints([segments.hints, lots.hints])
    outcomes = expect_fit_outcomes(marts)
    fit = estimate_fit(evidence, budget=budget, hints=hints, buyers=choose_measurable(outcomes))
    return {
        FIT_SIZES: fit.sizes,
        FIT_VERDICTS: fit.verdicts,
        FIT_SEGMENTS: segments.segments,
        FIT_LOTS: lots.lots,
        FIT_LABELS: list_unknown_labels(evidence),
        SIZE_LABELS: key_labels(marts.execute(READ_SIZE_LABELS).df()["size_label"]),
        FIT_ZONES: estimate_zones(
            *(marts.execute(sql).df() for sql in (READ_ZONES, READ_ZONE_STYLES))
        ),
        FIT_OUTCOMES: outcomes,
    }
