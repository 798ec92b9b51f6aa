"""Rows of the marts of the back yard: every state, a leak of six parts, four rails."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dashboards.serving_fixture import Rows

MONTHS = {"first_date": date(2023, 11, 1), "last_date": date(2024, 10, 31)}


def build_condition(number: int, code: str, state: str, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_conditions``."""
    return {
        "condition_number": number,
        "condition_code": code,
        "state_code": state,
        "threshold_share": 0.95,
        "partial_threshold_share": 0.8,
        **MONTHS,
    } | facts


def build_value(value: float, low: float, high: float, n: int) -> dict[str, Any]:
    """Say what a condition is judged by."""
    return {"value_share": value, "low": low, "high": high, "n_count": n}


CONDITIONS = [
    build_condition(
        1,
        "addresses",
        "partial",
        **build_value(0.968, 0.967, 0.969, 98_400),
        threshold_share=0.995,
        partial_threshold_share=0.95,
        month_amount=32_000,
    ),
    build_condition(
        2,
        "web_only",
        "partial",
        **build_value(0.942, 0.938, 0.946, 15_120),
        threshold_share=0.99,
        partial_threshold_share=0.9,
        month_amount=16_000,
    ),
    build_condition(3, "exchange_first", "not_measurable", missing_name="inventory_snapshots"),
    build_condition(
        4,
        "in_24_hours",
        "fail",
        **build_value(0.734, 0.727, 0.741, 13_870),
        month_amount=140_000,
    ),
    build_condition(
        5,
        "reasons_used",
        "pass",
        **build_value(0.928, 0.924, 0.932, 15_120),
        threshold_share=0.9,
        partial_threshold_share=0.7,
        month_amount=0,
    ),
]
FIGURES = [
    {
        "condition_number": number,
        "figure_code": code,
        "counted_count": counted,
        "n_count": n,
        "figure_value": value,
        **MONTHS,
    }
    for number, code, counted, n, value in (
        (1, "looked_at", 3_150, 98_400, 3_150.0),
        (1, "brought_back", 207, 98_400, 0.0021),
        (1, "closed_without_staff", 910, 1_000, 0.91),
        (2, "on_the_web", 14_243, 15_120, 0.942),
        (3, "offered", None, 0, None),
        (4, "hours_until_90", None, 13_870, 61.0),
        (5, "acted_on", 9, 10, 0.9),
    )
]
# 188,000 yen a month over 12 months: rate x (recorded + cases x each) / 12.
PARTS = [
    {
        "part_code": part,
        "hole_code": hole,
        "condition_number": number,
        "part_number": place,
        "recorded_unit_code": unit,
        "case_count": cases,
        "recorded_quantity": recorded,
        "month_amount": amount,
        "missing_name": missing,
        "month_count": 12,
        "is_whole_months": True,
        **MONTHS,
    }
    for place, (part, hole, number, unit, cases, recorded, amount, missing) in enumerate(
        (
            ("address_looks", "addresses", 1, "minutes", 600, 0.0, 20_000, None),
            ("bring_backs", "addresses", 1, "yen", 100, 24_000.0, 12_000, None),
            ("requests_by_hand", "returns", 2, "minutes", 720, 0.0, 16_000, None),
            ("transfer_fees", "refunds", 4, "yen", 0, 240_000.0, 20_000, None),
            ("digital_fees", "refunds", 4, "yen", 7, 0.0, None, "costs.digital_payout_fee"),
            ("waiting_goods", "grading", 4, "yen_days", 0, 288_000_000.0, 120_000, None),
        ),
        start=1,
    )
]
ASSUMED, PUBLISHED = ("default", "assumption"), ("default", "published")
OWN, ASKED = ("shop", "told"), ("none", "asked")
PLACES = {row["part_code"]: (row["part_number"], row["hole_code"]) for row in PARTS}
COSTS = [
    {
        "hole_code": PLACES[part][1],
        "part_code": part,
        "parameter_name": name,
        "role_code": role,
        "divisor_count": 60 if role == "rate" and name == "hourly_wage" else 1,
        "parameter_value": value,
        "source_code": source,
        "confidence_code": sure,
        "part_number": PLACES[part][0],
    }
    for part, name, role, value, (source, sure) in (
        ("address_looks", "address_check_minutes", "each", 15.0, ASSUMED),
        ("address_looks", "hourly_wage", "rate", 1600.0, OWN),
        ("bring_backs", "outbound_freight", "each", 600.0, ASSUMED),
        ("bring_backs", "bring_back_freights", "each", 2.0, ASSUMED),
        ("requests_by_hand", "service_minutes", "each", 10.0, ASSUMED),
        ("requests_by_hand", "hourly_wage", "rate", 1600.0, OWN),
        ("transfer_fees", "transfer_fee", "each", 165.0, PUBLISHED),
        ("digital_fees", "digital_payout_fee", "each", None, ASKED),
        ("waiting_goods", "price_decay", "rate", 0.005, ASSUMED),
    )
]
# Entered by hand: 1,200 in 12 months for 300,000 yen of fees and labour, 250 yen each.
RAILS = [
    {
        "method_code": method,
        "span_code": span,
        "refund_count": count,
        "refund_amount": count * 8_000,
        "fee_amount": fee,
        "entered_count": entered,
        "entry_labour_amount": 30_000 if entered else 0,
        "second_check_amount": 30_000 if entered else 0,
        "timed_count": count,
        "median_days": days,
        "p90_days": days + 2,
        "failed_count": failed,
    }
    for method, span, count, fee, entered, days, failed in (
        ("bank_transfer", "month", 9, 99, 9, 4, 0),
        ("bank_transfer", "period", 1_170, 240_000, 1_200, 4, 30),
        ("original_payment", "period", 8_000, 0, 0, 1, 0),
        ("wallet", "period", 300, None, 0, 0, 0),
        ("deferred_cancel", "period", 40, 0, 0, 2, 0),
    )
]


def list_yard() -> Rows:
    """List the rows of the marts."""
    return {
        "rpt_conditions": CONDITIONS,
        "rpt_condition_figures": FIGURES,
        "rpt_leak_parts": PARTS,
        "rpt_leak": COSTS,
        "rpt_refund_rails": RAILS,
    }


def list_unmeasured() -> Rows:
    """List the rows of a shop of which nothing can be measured yet."""
    unknown = {"value_share": None, "low": None, "high": None, "n_count": 0, "month_amount": None}
    names = ("address_checks", "return_requests", "return_requests", "return_receipts", "refunds")
    return {
        "rpt_conditions": [
            row | unknown | {"state_code": "not_measurable", "missing_name": name}
            for row, name in zip(CONDITIONS, names, strict=True)
        ],
        "rpt_condition_figures": [row | {"n_count": 0} for row in FIGURES],
        "rpt_leak_parts": [
            row | {"month_amount": None, "missing_name": "address_checks"} for row in PARTS
        ],
        "rpt_leak": COSTS,
    }
