"""Rows of the marts of waiting: a queue, hours, steps, graders, and second looks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.dashboards.serving_fixture import Rows

WEEK = date(2024, 11, 4)
END = datetime(2024, 11, 24, 15)  # UTC: the as-of day ends in Tokyo
STEPS = {"refund": "返金する。", "grade": "開けて検品する。", "restock": "棚へ戻す。"}
ENGLISH = {"refund": "Refund.", "grade": "Open and grade it.", "restock": "Shelve it."}


def build_waiting(number: int, waits: str, hours: int, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_grading_queue``."""
    action = "grade" if waits == "grading" else waits
    row = {
        "return_line_id": f"R-{number}",
        "style_id": "7712",
        "sku": "7712-25-黒",
        "style_name": "ローファー",
        "size_label": "25.0",
        "colour_name": "黒",
        "waiting_code": waits,
        "next_action_code": action,
        "message_ja": STEPS[action],
        "message_en": ENGLISH[action],
        "chance_source_code": "style",
        "received_count": 1,
        "waited_hours": hours,
        "is_past_24h": hours >= 24 and waits != "restock",
        "received_at": END - timedelta(hours=hours),
        "received_date": (END - timedelta(hours=hours - 9)).date(),
        "open_first_number": number,
    }
    return row | facts


# The oldest first; what loses most was opened last.
QUEUE = [
    build_waiting(4, "grading", 118, expected_idle_cost_amount=90),
    build_waiting(1, "refund", 97, grade_code="A", idle_cost_amount=412, is_money_due=True),
    build_waiting(3, "refund", 30, grade_code="B", idle_cost_amount=120, received_count=2),
    build_waiting(2, "restock", 26, grade_code="A", idle_cost_amount=200),
    build_waiting(5, "grading", 3, style_id=None, style_name=None, size_label=None),
]


def build_hours(hours: int | None, settled: int, still: int = 0, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_resolution_hours``."""
    counts = {"settled_line_count": settled, "open_line_count": still}
    return {"waited_hours": hours, "week_start_date": WEEK, **counts, **facts}


# 100 arrivals: 70 within 24 hours, 4 open before them: of the 26 left one in two by hour 60.
HOURS = [
    build_hours(5, 40),
    build_hours(24, 30),
    build_hours(30, 0, 4),
    build_hours(60, 13),
    build_hours(200, 0, 13),
    build_hours(None, 0, unknown_line_count=2),
    build_hours(10, 50, week_start_date=WEEK - timedelta(days=364)),
]
# Per line: 10 h to the grade (of it 6 min of work), 20 h to the refund (4), 5 h to the shelf (3).
MOVED = [
    {
        "is_shelved": True,
        "finished_line_count": 10,
        "grading_minutes": 6_000,
        "settling_minutes": 12_000,
        "shelving_minutes": 3_000,
        "inspection_work_minutes": 60.0,
        "settling_work_minutes": 40.0,
        "shelving_work_minutes": 30.0,
        "week_start_date": WEEK,
    },
    {
        "is_shelved": False,
        "finished_line_count": 90,
        "grading_minutes": 900_000,
        "week_start_date": WEEK,
    },
]


def build_grader(number: int, n: int, share: float, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_graders``."""
    a = round(n * share)
    return {
        "grader_number": number,
        "graded_count": n,
        "grade_a_count": a,
        "grade_b_count": n - a,
        "pool_a_share": 0.716,
        "adjusted_a_share": share,
        "low_a_share": share - 0.03,
        "high_a_share": share + 0.03,
        **facts,
    }


GRADERS = [
    build_grader(1, 3_412, 0.724),
    build_grader(2, 3_105, 0.719),
    build_grader(3, 612, 0.582, is_standing_out=True),
    build_grader(4, 12, 0.5),
]
AGREEMENTS = [
    {"first_grade_code": "A", "second_grade_code": "A", "graded_twice_count": 88},
    {"first_grade_code": "A", "second_grade_code": "B", "graded_twice_count": 9},
    {"first_grade_code": "B", "second_grade_code": "C", "graded_twice_count": 3},
]
CONFORMANCE = [
    {
        "grade_code": grade,
        "graded_count": n + 5,
        "moved_count": n,
        "conforming_count": right,
        "month_date": date(2024, 10, 1),
    }
    for grade, n, right in (("A", 300, 297), ("B", 60, 48), ("C", 9, 9))
]


def list_waiting() -> Rows:
    """List the rows of all the marts."""
    return {
        "rpt_grading_queue": QUEUE,
        "rpt_resolution_hours": HOURS,
        "rpt_waiting_steps": MOVED,
        "rpt_graders": GRADERS,
        "rpt_grade_agreements": AGREEMENTS,
        "rpt_grading_conformance": CONFORMANCE,
    }
