"""Rows of a shop whose reasons are stated, read and inspected; each figure is counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Rows = dict[str, list[dict[str, Any]]]

FIRST = date(2024, 9, 2)  # Monday of the first of twelve whole weeks, which end on 24 November
HALF = 6  # weeks
LABELS = [
    # Code, group, direction, Japanese, English.
    ("FIT.SMALL", "FIT", "small", "小さい・きつい", "Too small / tight"),
    ("LOOK.COLOR", "LOOK", None, "色が違う・色味", "Colour differs / disliked"),
    ("QUAL.DEFECT", "QUAL", None, "不良・故障", "Defective"),
    ("CUST.CHANGED_MIND", "CUST", None, "気が変わった", "Changed mind"),
    ("NONE", "OTHER", None, "理由なし", "No reason given"),
]
STATED = [
    # Units of a week in the first and in the second half; 50 a week, 600 in all.
    ("FIT.SMALL", 10, 20),  # 180 of 600 are about size: 30.0 %; 20 → 40 %
    ("LOOK.COLOR", 10, 10),
    ("CUST.CHANGED_MIND", 20, 10),
    ("NONE", 10, 10),
]
READ = [
    # Code, most probable, told and expected of each week: 40 are told.
    ("FIT.SMALL", 20, 20, 18.0),  # 45.0 %
    ("LOOK.COLOR", 10, 10, 12.5),  # 31.3 %
    ("NONE", 20, 10, 0.0),  # 25.0 % cannot be read; ten more wrote nothing
]
TOGETHER = [
    # Stated, read, inspected, state, units.
    ("FIT.SMALL", "FIT.SMALL", None, "decided", 80),
    ("LOOK.COLOR", "LOOK.COLOR", None, "decided", 40),
    # Of 100 who chose a change of mind and were read, 40 wrote of size or colour.
    ("CUST.CHANGED_MIND", "CUST.CHANGED_MIND", None, "decided", 60),
    ("CUST.CHANGED_MIND", "FIT.SMALL", None, "decided", 30),
    ("CUST.CHANGED_MIND", "LOOK.COLOR", None, "decided", 10),
    ("CUST.CHANGED_MIND", None, None, "for_a_person", 20),
    # The inspection confirms 30 of 40.
    ("QUAL.DEFECT", "QUAL.DEFECT", "QUAL.DEFECT", "decided", 30),
    ("QUAL.DEFECT", "QUAL.DEFECT", "CUST.CHANGED_MIND", "decided", 10),
    ("FIT.SMALL", None, None, "no_text", 100),
    # Said nothing, wrote something.
    (None, "FIT.SMALL", None, "decided", 25),
]
QuoteFacts = tuple[str, int, str, str, str | None, str | None, float | None, str]
QUOTES: list[QuoteFacts] = [
    # Code, number, line, text, its places, those of an injury, probability, state.
    ("FIT.SMALL", 1, "r1", "甲がきつく、色も写真と違います。", "[[0, 5]]", None, 0.84, "decided"),
    ("LOOK.COLOR", 1, "r1", "甲がきつく、色も写真と違います。", "[[6, 14]]", None, 0.61, "decided"),
    ("FIT.SMALL", 2, "r2", "きついです。電話は [phone] へ。", "[[0, 3]]", None, 0.9, "decided"),
    ("QUAL.DEFECT", 1, "r3", "金具で指を切りました。", "[[0, 2]]", "[[3, 9]]", 0.7, "escalated"),
    ("NONE", 1, "r4", "なんとなく。", None, None, None, "unsure"),
]


def list_reasons() -> Rows:
    """List the rows of reasons by request, of how they agree, and of quotes."""
    return {
        "rpt_reason_labels": [
            {
                "reason_code": code,
                "group_code": group,
                "size_direction_code": direction,
                "label_ja_text": ja,
                "label_en_text": en,
            }
            for code, group, direction, ja, en in LABELS
        ],
        "rpt_reason_disagreements": [
            {
                "style_id": "7712",
                "stated_reason_code": stated,
                "read_reason_code": read,
                "inspected_reason_code": inspected,
                "reading_state_code": state,
                "returned_count": units,
                "month_start_date": date(2024, 10, 1),
            }
            for stated, read, inspected, state, units in TOGETHER
        ],
        "rpt_reason_quotes": [build_quote(*quote) for quote in QUOTES],
    }


def list_weeks() -> list[dict[str, Any]]:
    """List the rows of ``rpt_style_reason_weeks``: by request, and what was read by cohort."""
    rows = []
    for week in range(2 * HALF):
        monday = FIRST + timedelta(weeks=week)
        for code, before, after in STATED:
            units = before if week < HALF else after
            told = 0 if code == "NONE" else units
            rows.append(build_week(code, "stated", monday, units, told=told, expected=units))
        for code, units, told, expected in READ:
            rows.append(build_week(code, "classified", monday, units, told=told, expected=expected))
    # Of 30 texts of the cohort 24 say that it is too small: 80 %.
    for code, units, told, expected in (("FIT.SMALL", 25, 25, 24.0), ("NONE", 35, 5, 0.0)):
        row = build_week(code, "classified", FIRST, units, told=told, expected=expected)
        rows.append({**row, "date_basis_code": "cohort"})
    return rows


def build_week(
    code: str, source: str, monday: date, units: int, *, told: int, expected: float
) -> dict[str, Any]:
    """Build a row of ``rpt_style_reason_weeks``."""
    return {
        "style_id": "7712",
        "reason_source_code": source,
        "date_basis_code": "event",
        "reason_code": code,
        "reason_system": "taxonomy",
        "reason_state_code": "none" if code == "NONE" else "coded",
        "is_size_reason": code == "FIT.SMALL",
        "returned_count": units,
        "told_returned_count": told,
        "expected_returned_units": float(expected),
        "week_start_date": monday,
    }


def build_quote(
    code: str,
    number: int,
    line: str,
    text: str,
    spans: str | None,
    danger: str | None,
    probability: float | None,
    state: str,
) -> dict[str, Any]:
    """Build a row of ``rpt_reason_quotes``."""
    return {
        "style_id": "7712",
        "reason_code": code,
        "return_line_id": line,
        "size_label": "25.0",
        "quote_text": text,
        "evidence_spans_text": spans,
        "danger_spans_text": danger,
        "language_code": "ja",
        "zones_text": "instep" if line == "r1" else None,
        "quote_number": number,
        "is_shop_quote": True,
        "return_line_count": 3 if line == "r2" else 1,
        "reason_probability": probability,
        "is_decided": state == "decided",
        "is_abstained": state != "decided",
        "is_escalated": state == "escalated",
        "event_date": date(2024, 11, 20),
    }
