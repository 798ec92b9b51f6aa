"""What the statistics say of the marts of the first step, written for the second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
from threadpoolctl import threadpool_limits

from models_ml.fit.labels import list_unknown_labels
from models_ml.fit.lots import estimate_lots
from models_ml.fit.segments import estimate_segments, gather_hints
from models_ml.fit.verdicts import estimate_fit
from models_ml.fit.zones import estimate_zones
from models_ml.rates.changes import detect_changes
from models_ml.rates.estimate import estimate_rates
from models_ml.reasons.share_reports import estimate_reason_shares
from orchestration import action_scores
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.scored_marts import (
    READ_CORRECTIONS,
    READ_EVIDENCE,
    READ_FIT,
    READ_LOTS,
    READ_REASONS,
    READ_SEGMENTS,
    READ_WEEKS,
    READ_ZONE_STYLES,
    READ_ZONES,
)
from orchestration.settings_values import AlarmSettings
from orchestration.store import open_database

SCORES: Final = "scores"
READERS: Final = f"source:{SCORES}+"  # dbt's word for all that rests on the scores
RATE_ESTIMATES: Final = "rate_estimates"
RATE_CHANGES: Final = "rate_changes"
REASON_SHARES: Final = "reason_shares"
FIT_SIZES: Final = "fit_sizes"
FIT_VERDICTS: Final = "fit_verdicts"
FIT_SEGMENTS: Final = "fit_segments"
FIT_LOTS: Final = "fit_lots"
FIT_LABELS: Final = "fit_unknown_labels"
FIT_ZONES: Final = "fit_zones"
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
    **action_scores.COLUMNS,
}


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
    evidence_of_fit = marts.execute(READ_FIT).df()
    segments = estimate_segments(marts.execute(READ_SEGMENTS).df(), budget=alarms.false_share)
    lots = estimate_lots(marts.execute(READ_LOTS).df(), budget=alarms.false_share)
    hints = gather_hints([segments.hints, lots.hints])
    fit = estimate_fit(evidence_of_fit, budget=alarms.false_share, hints=hints)
    return {
        RATE_ESTIMATES: scores.rate_estimates,
        RATE_CHANGES: scores.rate_changes,
        REASON_SHARES: estimate_reason_shares(reasons, corrections=corrections),
        FIT_SIZES: fit.sizes,
        FIT_VERDICTS: fit.verdicts,
        FIT_SEGMENTS: segments.segments,
        FIT_LOTS: lots.lots,
        FIT_LABELS: list_unknown_labels(evidence_of_fit),
        FIT_ZONES: estimate_zones(
            *(marts.execute(sql).df() for sql in (READ_ZONES, READ_ZONE_STYLES))
        ),
        **action_scores.score(marts),
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
    # BLAS in two threads spends more on waiting than on these small matrices.
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
