"""The work file: what waits, in the order in which to open it, with the next step in words."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboards.lib import serving
from dashboards.lib.shop import Shop, to_local

MART: Final = "rpt_grading_queue"
# Of the mart, in the order of the file; the message comes in one language.
COLUMNS: Final = (
    *("open_first_number", "return_line_id", "sku", "style_name", "size_label", "colour_name"),
    *("received_count", "received_at", "waited_hours", "is_past_24h", "grade_code"),
    *("waiting_code", "next_action_code", "next_step", "stock_action_code", "is_money_due"),
    *("resolution_code", "idle_cost_amount", "expected_idle_cost_amount"),
)


def build_work_file(shop: Shop, *, language_code: str) -> pd.DataFrame:
    """Build the file from the version that is held.

    Parameters
    ----------
    shop : Shop
        Times are on its clock.
    language_code : {"ja", "en"}

    Returns
    -------
    DataFrame
        The row to open first comes first; amounts are minor units of the currency a day.
    """
    rows = serving.read_mart(MART).sort_values("open_first_number")
    moments = [to_local(value, time_zone=shop.time_zone) for value in rows["received_at"]]
    rows = rows.assign(
        next_step=rows[f"message_{language_code}"],
        received_at=[
            moment.isoformat(timespec="minutes") if moment else None for moment in moments
        ],
    )
    return rows[list(COLUMNS)].reset_index(drop=True)
