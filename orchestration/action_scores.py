"""What the statistics say of actions on products, as tables of scores."""

from __future__ import annotations

from typing import Final

import duckdb
import pandas as pd

from models_ml.actions.verdicts import judge_actions

ACTION_VERDICTS: Final = "action_verdicts"
ACTION_WEEKS: Final = "action_weeks"
# Column types of the tables, as _scores__sources.yml describes them.
COLUMNS: Final = {
    ACTION_VERDICTS: {
        "action_id": "varchar",
        "verdict_code": "varchar",
        "cause_code": "varchar",
        "before_rate": "double",
        "after_rate": "double",
        "unmoved_rate": "double",
        "control_before_rate": "double",
        "control_after_rate": "double",
        "difference_rate": "double",
        "low_rate": "double",
        "high_rate": "double",
        "detectable_rate": "double",
        "trend_rate": "double",
        "trend_low_rate": "double",
        "trend_high_rate": "double",
        "week_variation": "double",
        "placebo_factor": "double",
        "is_trend_parallel": "boolean",
        "control_count": "bigint",
        "placebo_count": "bigint",
    },
    ACTION_WEEKS: {
        "action_id": "varchar",
        "week_number": "bigint",
        "developed_rate": "double",
        "low_rate": "double",
        "high_rate": "double",
        "control_rate": "double",
    },
}
READ_ACTIONS: Final = """
select
    action_id, style_id, is_acted, is_due, week_number, delivered_count,
    developed_exposure as developed_count, returned_count
from marts.rpt_product_action_evidence
order by action_id, style_id, week_number
"""


def score(marts: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """Judge the actions from the marts of the first step.

    Parameters
    ----------
    marts : DuckDBPyConnection
        An open file of marts.

    Returns
    -------
    dict of str to DataFrame
        By the name of the table.
    """
    verdicts = judge_actions(marts.execute(READ_ACTIONS).df())
    return {ACTION_VERDICTS: verdicts.actions, ACTION_WEEKS: verdicts.weeks}
