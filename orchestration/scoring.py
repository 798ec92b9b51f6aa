"""What the statistics say of the marts of the first step, written for the second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
from threadpoolctl import threadpool_limits

from models_ml.fit.verdicts import estimate_fit
from models_ml.rates.changes import detect_changes
from models_ml.rates.estimate import estimate_rates
from models_ml.reasons.share_reports import estimate_reason_shares
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.outcome_scoring import FIT_OUTCOMES, OUTCOME_COLUMNS, expect_fit_outcomes
from orchestration.settings_values import AlarmSettings
from orchestration.store import open_database

SCORES: Final = "scores"
READERS: Final = f"source:{SCORES}+"  # dbt's word for all that rests on the scores
RATE_ESTIMATES: Final = "rate_estimates"
RATE_CHANGES: Final = "rate_changes"
REASON_SHARES: Final = "reason_shares"
FIT_SIZES: Final = "fit_sizes"
FIT_VERDICTS: Final = "fit_verdicts"
# Column types of the tables, as _scores__sources.yml describes them.
COLUMNS: Final = {
    RATE_ESTIMATES: {
        "level_code": "varchar",
        "group_id": "varchar",
        "prior_strength": "double",
        "posterior_rate": "double",
        "low_rate": "double",
        "high_rate": "double",
        "alarm_probability": "double",
        "is_alarm": "boolean",
        "is_rankable": "boolean",
    },
    RATE_CHANGES: {"group_id": "varchar", "since_date": "date", "change_score": "double"},
    REASON_SHARES: {
        "level_code": "varchar",
        "style_id": "varchar",
        "size_label": "varchar",
        "sku": "varchar",
        "month_start_date": "date",
        "date_basis_code": "varchar",
        "reason_code": "varchar",
        "reason_system": "varchar",
        "returned_count": "bigint",
        "told_returned_count": "bigint",
        "expected_returned_units": "double",
        "corrected_returned_units": "double",
        "reason_share": "double",
        "low_share": "double",
        "high_share": "double",
        "label_count": "bigint",
    },
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
    FIT_OUTCOMES: OUTCOME_COLUMNS,
}
# Sorted, so that equal marts give equal scores.
READ_EVIDENCE: Final = """
select
    level_code, group_id, style_id, category_name, delivered_count,
    developed_exposure as developed_count, returned_count, expected_rate
from marts.rpt_rate_evidence
order by level_code, group_id
"""
READ_WEEKS: Final = """
select
    style_id as group_id, week_start_date, developed_exposure as developed_count, returned_count,
    expected_rate
from marts.rpt_style_development_weeks
where expected_rate is not null
order by style_id, week_start_date
"""
READ_REASONS: Final = """
select
    products.style_id, products.size_label, reasons.sku, reasons.month_start_date,
    reasons.date_basis_code, reasons.reason_code, reasons.reason_system, reasons.returned_count,
    reasons.told_returned_count, reasons.expected_returned_units, reasons.returned_units_variance
from marts.rpt_sku_reasons as reasons
inner join marts.dim_products as products on reasons.sku = products.sku
where reasons.reason_source_code = 'classified'
order by all
"""
READ_FIT: Final = """
select
    style_id, size_label, size_order, category_name, delivered_count,
    developed_exposure as developed_count, small_units, large_units, size_units,
    greatest(returned_count - size_units, 0) as other_units
from marts.rpt_fit_evidence
order by style_id, size_label
"""
READ_CORRECTIONS: Final = """
select reason_code, correction_factor, correction_doubt, label_count
from marts.rpt_reason_corrections
order by reason_code
"""


@dataclass(frozen=True)
class Scores:
    """What the statistics say.

    Attributes
    ----------
    rate_estimates : DataFrame
        Of ``estimate_rates``.
    rate_changes : DataFrame
        Of ``detect_changes``.
    """

    rate_estimates: pd.DataFrame
    rate_changes: pd.DataFrame


def compute_scores(evidence: pd.DataFrame, weeks: pd.DataFrame, *, alarms: AlarmSettings) -> Scores:
    """Estimate rates and find changes.

    Parameters
    ----------
    evidence : DataFrame
        Of ``marts.rpt_rate_evidence``.
    weeks : DataFrame
        Of ``marts.rpt_style_development_weeks``.
    alarms : AlarmSettings

    Returns
    -------
    Scores
    """
    return Scores(
        rate_estimates=estimate_rates(
            evidence,
            knob=alarms.ratio,
            budget=alarms.false_share,
            minimum_developed_count=alarms.minimum_units,
        ),
        rate_changes=detect_changes(weeks, budget=alarms.false_share),
    )


def score_marts(
    marts: duckdb.DuckDBPyConnection, *, alarms: AlarmSettings
) -> dict[str, pd.DataFrame]:
    """Compute every table of scores from the marts of the first step.

    Parameters
    ----------
    marts : DuckDBPyConnection
        An open file of marts.
    alarms : AlarmSettings

    Returns
    -------
    dict of str to DataFrame
        By the name of the table.
    """
    evidence, weeks = (marts.execute(sql).df() for sql in (READ_EVIDENCE, READ_WEEKS))
    reasons, corrections = (marts.execute(sql).df() for sql in (READ_REASONS, READ_CORRECTIONS))
    scores = compute_scores(evidence, weeks, alarms=alarms)
    fit = estimate_fit(marts.execute(READ_FIT).df(), budget=alarms.false_share)
    return {
        RATE_ESTIMATES: scores.rate_estimates,
        RATE_CHANGES: scores.rate_changes,
        REASON_SHARES: estimate_reason_shares(reasons, corrections=corrections),
        FIT_SIZES: fit.sizes,
        FIT_VERDICTS: fit.verdicts,
        FIT_OUTCOMES: expect_fit_outcomes(marts),
    }


def build_around_scores(shop: Path, *, alarms: AlarmSettings, build: Callable[..., object]) -> None:
    """Build the marts up to the evidence, write the scores, and build what reads them.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    alarms : AlarmSettings
    build : callable
        Builds what the given flags of dbt select.
    """
    build("--exclude", READERS)
    write_scores(shop, alarms=alarms)
    build("--select", READERS)


def write_scores(shop: Path, *, alarms: AlarmSettings) -> dict[str, int]:
    """Read the marts of the first step, and write the scores into the build file.

    Parameters
    ----------
    shop : Path
        The shop's folder; dbt must not be running.
    alarms : AlarmSettings

    Returns
    -------
    dict of str to int
        Rows by table.
    """
    folder = ShopFolder(shop)
    # Two threads spend more on waiting for each other than on these small matrices and trees.
    with (
        open_database(folder.serving_database, temporary=folder.temporary, read_only=True) as marts,
        threadpool_limits(limits=1),
    ):
        scores = score_marts(marts, alarms=alarms)
    with open_database(folder.build_database, temporary=folder.temporary) as build:
        build.execute(compose("create schema if not exists $schema", schema=SCORES))
        return {table: write_table(build, rows, table=table) for table, rows in scores.items()}


def write_table(build: duckdb.DuckDBPyConnection, rows: pd.DataFrame, *, table: str) -> int:
    """Write a table of scores anew and return how many rows it has.

    Parameters
    ----------
    build : DuckDBPyConnection
        The build file, opened for writing.
    rows : DataFrame
        The columns of ``COLUMNS``; others are left out.
    table : str

    Returns
    -------
    int
    """
    columns = COLUMNS[table]
    typed = ", ".join(f"${name} {kind}" for name, kind in columns.items())
    names = {name: name for name in columns}
    place = {"schema": SCORES, "table": table}
    create = "create or replace table $schema.$table (" + typed + ")"
    build.execute(compose(create, **place, **names))
    build.register("rows_to_write", rows[list(columns)])
    build.execute(compose("insert into $schema.$table select * from rows_to_write", **place))
    build.unregister("rows_to_write")
    return len(rows)
