"""Rows of the marts of what came before the return: enquiries, notices, advice, bring-backs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.dashboards.serving_fixture import Rows

LAST_WEEK = date(2024, 11, 18)


def list_enquiries(topic: str, *, now: int, before: int) -> list[dict[str, Any]]:
    """List 16 whole weeks of 100 orders each: so many enquiries a week in the last four, before."""
    return [
        {
            "topic_code": topic,
            "contact_count": now if back < 4 else before,
            "timed_contact_count": 0,
            "order_count": 100,
            "week_start_date": LAST_WEEK - timedelta(weeks=back),
        }
        for back in range(16)
    ]


def build_group(kind: str, group: str, outcome: str, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_before_return``: 12 of 100 against 8.5 of others that are alike."""
    return {
        "kind_code": kind,
        "group_code": group,
        "other_group_code": {"not_sent": "sent"}.get(group, "followed"),
        "outcome_code": outcome,
        "unit_count": 1_200,
        "developed_exposure": 1_200.0,
        "outcome_units": 144.0,
        "outcome_share": 0.12,
        "matched_count": 1_000,
        "matched_share": 0.12,
        "other_share": 0.085,
        "difference_share": 0.035,
        "low_difference_share": 0.011,
        "high_difference_share": 0.06,
    } | facts


def build_repeat(days: int, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_repeat_purchases`` of customers to whom a parcel did not come."""
    return {
        "outcome_code": "bring_back",
        "speed_code": "none",
        "window_days": days,
        "customer_count": 220,
        "again_count": 90,
        "matched_count": 200,
        "matched_customer_again_count": 80,
        "matched_again": 96.0,
    } | facts


ENQUIRIES = [
    *list_enquiries("delivery", now=3, before=2),
    *list_enquiries("size", now=1, before=1),
]
FEW = {"matched_count": 4, "unit_count": 5}
GROUPS = [
    build_group("notice", "not_sent", "delivery_enquiry"),
    build_group("notice", "sent", "delivery_enquiry"),
    build_group(
        "notice", "not_sent", "bring_back", matched_share=0.008, other_share=0.01,
        difference_share=-0.002, low_difference_share=-0.009, high_difference_share=0.006,
    ),
    build_group("advice", "not_followed", "size_return"),
    build_group("advice", "none", "size_return", **FEW),
]  # fmt: skip


def list_before() -> Rows:
    """List enquiries of 16 weeks, groups against each other, and customers after a bring-back."""
    return {
        "rpt_enquiries": ENQUIRIES,
        "rpt_before_return": GROUPS,
        "rpt_repeat_purchases": [
            build_repeat(90),
            build_repeat(180, matched_count=4, customer_count=6),
            build_repeat(90, outcome_code="refund", speed_code="days_0_1", customer_count=999),
        ],
    }
