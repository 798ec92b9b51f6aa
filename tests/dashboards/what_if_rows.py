"""Rows of the marts of "What if?": 100 requests a month, one in five exchanged."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dashboards.serving_fixture import Rows

# A month: 1,000,000 yen lost, 20 exchanges that keep 4,000 each, 10 refunds by hand of 400 each.
BASELINE: dict[str, Any] = {
    "missing_name": None,
    "month_count": 12,
    "return_line_count": 1_300,
    "loss_amount": 12_000_000,
    "request_line_count": 1_200,
    "exchange_line_count": 240,
    "exchange_share": 0.2,
    "low_exchange_share": 0.178,
    "high_exchange_share": 0.224,
    "saving_line_count": 400,
    "saving_each_amount": 4_000,
    "low_saving_each_amount": 3_000,
    "high_saving_each_amount": 5_000,
    "exchanged_line_count": 220,
    "replacement_freight_amount": 132_000,
    "bonus_amount": 0,
    "shortest_window_days": 14,
    "longest_window_days": 45,
    "refund_count": 800,
    "hand_refund_count": 120,
    "low_hand_share": 0.128,
    "high_hand_share": 0.176,
    "hand_cost_amount": 48_000,
    "digital_fee_amount": None,
    "contribution_amount": 60_000_000,
    "is_whole_months": True,
    "first_date": date(2023, 11, 1),
    "last_date": date(2024, 10, 31),
}
DAYS = [
    {
        "counted_days": day,
        "request_line_count": count,
        "refund_line_count": count,
        "exchange_line_count": 0,
        "refused_line_count": refused,
        "low_refused_share": low,
        "high_refused_share": high,
        "avoidable_amount": amount,
    }
    for day, count, refused, low, high, amount in (
        (10, 300, 384, 0.294, 0.347, 1_500_000),
        (20, 60, 84, 0.057, 0.086, 360_000),
        (28, 24, 24, 0.013, 0.03, 96_000),
    )
]


def list_what_if() -> Rows:
    """List the rows of the marts."""
    return {"rpt_what_if_baseline": [BASELINE], "rpt_what_if_window_days": DAYS}


def list_unmeasured_what_if() -> Rows:
    """List the rows of a shop whose refunds were never landed."""
    row = BASELINE | {
        "missing_name": "refunds",
        "loss_amount": None,
        "saving_line_count": 0,
        "saving_each_amount": None,
        "low_saving_each_amount": None,
        "high_saving_each_amount": None,
        "refund_count": 0,
        "hand_refund_count": 0,
        "low_hand_share": None,
        "high_hand_share": None,
    }
    return {"rpt_what_if_baseline": [row], "rpt_what_if_window_days": []}
