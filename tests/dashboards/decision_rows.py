"""Rows of the marts of decisions: rules that approve, refuse and ask, and a line without a rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dashboards.serving_fixture import Rows

OCTOBER, SEPTEMBER, NOVEMBER = date(2024, 10, 1), date(2024, 9, 1), date(2024, 11, 1)


def build_decisions(rule: str | None, effect: str, requests: int, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_return_decisions``; all decided by the system unless facts say else."""
    return {
        "channel_name": "web",
        "policy_id": "standard",
        "policy_version": "1",
        "rule_id": rule,
        "effect_code": effect,
        "cause_code": "rule",
        "reason_side_code": "customer",
        "request_line_count": requests,
        "priced_line_count": requests,
        "requested_net_amount": requests * 10_000,
        "system_line_count": requests,
        "month_date": OCTOBER,
    } | facts


# October and September: 400 requests, 340 by the system, 50 by staff in 4.5 minutes each of 40
# that are known; 6 exceptions. November is not over.
DECISIONS = [
    build_decisions(
        "期間内", "approve", 200, system_line_count=170, staff_line_count=30,
        staff_timed_line_count=20, staff_review_minutes=90.0, otherwise_decided_line_count=5,
        exception_line_count=2, exception_net_amount=20_000,
    ),
    build_decisions("期間内", "approve", 120, month_date=SEPTEMBER),
    build_decisions(
        "期間外", "deny", 60, system_line_count=50, staff_line_count=10,
        staff_timed_line_count=10, staff_review_minutes=45.0, otherwise_decided_line_count=4,
        exception_line_count=4, exception_net_amount=40_000,
    ),
    build_decisions(
        "担当者", "review", 12, system_line_count=0, staff_line_count=10,
        staff_timed_line_count=10, staff_review_minutes=45.0,
    ),
    build_decisions(
        None, "review", 8, policy_version=None, cause_code="no_order", system_line_count=0,
    ),
    build_decisions("期間内", "approve", 70, month_date=NOVEMBER),
    build_decisions("期間内", "approve", 3, month_date=None),
]  # fmt: skip


def build_rule(rule: str, effect: str, priority: int, *, ja: str, en: str) -> dict[str, Any]:
    """Build a row of ``rpt_policy_rules``."""
    return {
        "policy_id": "standard",
        "policy_version": "1",
        "rule_id": rule,
        "effect_code": effect,
        "message_ja_text": ja,
        "message_en_text": en,
        "priority_number": priority,
        "valid_from_date": date(2000, 1, 1),
    }


RULES = [
    build_rule("贈りもの", "approve", 5, ja="贈りものです。", en="It is a gift."),
    build_rule("期間内", "approve", 10, ja="お受けします。", en="We take it back."),
    build_rule("担当者", "review", 20, ja="確かめます。", en="We will look."),
    build_rule("期間外", "deny", 30, ja="お受けできません。", en="We cannot take it back."),
]


def list_decisions() -> Rows:
    """List two whole months of requests, one that runs, and the rules."""
    return {"rpt_return_decisions": DECISIONS, "rpt_policy_rules": RULES}


def list_few() -> Rows:
    """List requests of one month that are too few to judge."""
    few = build_decisions("期間内", "approve", 4, system_line_count=3, staff_line_count=1)
    return {"rpt_return_decisions": [few], "rpt_policy_rules": RULES}
