"""Rows of the marts of actions: one of each verdict, and those that cannot be measured."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.dashboards.serving_fixture import Rows

SINCE = date(2024, 8, 19)
WORKED, UNCLEAR, TREND, EARLY, UNDATED = "A1", "A2", "A3", "A4", "A5"


def build_action(action_id: str, style_id: str, verdict: str, cause: str, **facts: Any) -> Any:
    """Build a row of ``rpt_product_actions``."""
    return {
        "action_id": action_id,
        "style_id": style_id,
        "style_name": f"靴 {style_id}",
        "category_name": "靴",
        "season_name": "24AW",
        "action_text": "サイズ表を直した",
        "finding_text": "サイズの声",
        "effective_basis_code": "effective_from",
        "control_basis_code": "price",
        "verdict_code": verdict,
        "cause_code": cause,
        "before_count": 4000,
        "after_count": 4000,
        "after_developed_exposure": 4000.0,
        "before_rate": 0.187,
        "after_rate": 0.125,
        "unmoved_rate": 0.187,
        "control_before_rate": 0.109,
        "control_after_rate": 0.109,
        "control_count": 24,
        "placebo_count": 60,
        "trend_rate": 0.004,
        "trend_low_rate": -0.02,
        "trend_high_rate": 0.028,
        "is_trend_parallel": True,
        "is_overlapping": False,
        "is_policy_changed": False,
        "opened_date": SINCE - timedelta(days=20),
        "effective_date": SINCE,
        "known_date": SINCE + timedelta(days=77),
        "as_of_date": date(2024, 11, 23),
    } | facts


ACTIONS = [
    build_action(
        WORKED, "5540", "worked", "fell", difference_rate=-0.062, low_rate=-0.081,
        high_rate=-0.043, detectable_rate=0.019, year_delivered_count=30_000,
        saved_amount=6_400_000, saved_low_amount=4_100_000, saved_high_amount=8_700_000,
    ),
    build_action(
        UNCLEAR, "1187", "no_evidence", "unclear", difference_rate=-0.002, low_rate=-0.018,
        high_rate=0.014, detectable_rate=0.016, is_overlapping=True,
        effective_basis_code="closed_on",
    ),
    build_action(
        TREND, "3007", "no_evidence", "trend", difference_rate=-0.05, low_rate=-0.08,
        high_rate=-0.02, detectable_rate=0.03, is_trend_parallel=False,
    ),
    build_action(
        EARLY, "7712", "too_early", "not_over", difference_rate=-0.019, low_rate=-0.076,
        high_rate=0.038, detectable_rate=0.057, effective_date=date(2024, 11, 9),
        known_date=date(2025, 1, 24), after_count=64,
    ),
    build_action(
        UNDATED, "8099", "not_measurable", "no_date", effective_date=None, known_date=None,
        effective_basis_code=None, control_basis_code=None, before_rate=None, after_rate=None,
        control_before_rate=None, control_after_rate=None, is_trend_parallel=None, before_count=0,
        after_count=0, control_count=0, trend_rate=None,
    ),
]  # fmt: skip


def list_actions() -> Rows:
    """List an action of each verdict with its weeks."""
    return {
        "rpt_product_actions": ACTIONS,
        "rpt_product_action_weeks": [
            {
                "action_id": row["action_id"],
                "style_id": row["style_id"],
                "week_number": week,
                "delivered_count": 500,
                "returned_count": 90,
                "developed_exposure": 500.0,
                "developed_rate": rate,
                "low_rate": rate - 0.03,
                "high_rate": rate + 0.03,
                "control_rate": row["control_before_rate"],
                "week_start_date": row["effective_date"] + timedelta(days=7 * week),
            }
            for row in ACTIONS
            if row["effective_date"] is not None
            for week in range(-8, 2 if row["action_id"] == EARLY else 8)
            for rate in (row["before_rate"] if week < 0 else row["after_rate"],)
        ],
        "rpt_product_action_evidence": [],
    }
