"""What the statistics say of the marts of the first step, written for the second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
from threadpoolctl import threadpool_limits

from models_ml.rates.changes import detect_changes
from models_ml.rates.estimate import estimate_rates
from models_ml.reasons.share_reports import estimate_reason_shares
from orchestration import action_scores, fit_scores
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.scored_marts import (
    READ_CORRECTIONS,
    READ_EVIDENCE,
    READ_REASONS,
    READ_WEEKS,
)
from orchestration.settings_values import AlarmSettings
from orchestration.store import open_database

SCORES: Final = "scores"
READERS: Final = f"source:{SCORES}+"  # dbt's word for all that rests on the scores
RATE_ESTIMATES: Final = "rate_estimates"
RATE_CHANGES: Final = "rate_changes"
REASON_SHARES: Final = "reason_shares"
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
    **fit_scores.COLUMNS,
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
    return {
        RATE_ESTIMATES: scores.rate_estimates,
        RATE_CHANGES: scores.rate_changes,
        REASON_SHARES: estimate_reason_shares(reasons, corrections=corrections),
        **fit_scores.score(marts, budget=alarms.false_share),
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
