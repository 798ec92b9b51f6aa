"""Rows of the marts of fit: a style of each verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dashboards.serving_fixture import Rows

SIZES = ("23.0", "23.5", "24.0")
# Styles by what is said of them; a screen shows the numbers.
FITS, NEW, SMALL, LARGE, SWAP = "2001", "2002", "2003", "2004", "2005"


def build_verdict(style_id: str, verdict: str, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_fit_verdicts``."""
    return {
        "style_id": style_id,
        "style_name": f"靴 {style_id}",
        "category_name": "靴",
        "season_name": "24AW",
        "verdict_code": verdict,
        "diagnosis_code": "none",
        "order_basis_code": "given",
        "small_probability": 0.0,
        "large_probability": 0.0,
        "swap_probability": 0.0,
        "delivered_count": 1000,
        "developed_exposure": 900.0,
        "small_units": 0.0,
        "large_units": 0.0,
        "size_units": 0.0,
        "page_en_text": "Advice.",
        "page_ja_text": "すすめ。",
        "maker_en_text": "Advice.",
        "maker_ja_text": "すすめ。",
    } | facts


def build_origin(
    kind: str, name: str, *, judged: int, small: int, expected: float, is_standing_out: bool = False
) -> dict[str, Any]:
    return {
        "origin_code": kind, "origin_name": name, "style_count": judged + 5,
        "judged_style_count": judged, "small_style_count": small, "large_style_count": 1,
        "swapped_style_count": 0, "expected_misfit_units": expected,
        "is_standing_out": is_standing_out,
    }  # fmt: skip


def build_segment(style_id: str, label: str, rank: int | None, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_fit_segments``."""
    return {
        "style_id": style_id,
        "dimension_code": "height_band",
        "segment_kind_code": "named",
        "segment_label": label,
        "rank_number": rank,
        "delivered_count": 120,
        "developed_exposure": 100.0,
        "size_rate": 0.1,
        "low_rate": 0.05,
        "high_rate": 0.45,
        "small_probability": 0.0,
        "large_probability": 0.0,
    } | facts


VERDICTS = [
    build_verdict(FITS, "true_to_size", verdict_probability=0.99, needed_count=600),
    build_verdict(
        NEW, "not_enough_evidence", small_probability=0.3, more_deliveries_count=237,
        delivered_count=40,
    ),
    build_verdict(
        SMALL, "runs_small", small_probability=0.97, verdict_probability=0.97,
        diagnosis_code="grading", zone_code="instep", from_size_label="23.5",
        to_size_label="24.0", lowest_list_price_amount=15_400, highest_list_price_amount=15_400,
        launched_date=date(2024, 9, 7),
    ),
    build_verdict(
        LARGE, "runs_large", large_probability=0.99, verdict_probability=0.99,
        diagnosis_code="block", zone_code="heel",
    ),
    build_verdict(
        SWAP, "label_swap", swap_probability=0.96, verdict_probability=0.96,
        diagnosis_code="label", from_size_label="23.0", to_size_label="23.5",
    ),
]  # fmt: skip


def build_change(style_id: str, why: str, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_fit_verdict_changes``: 5 % of 500 units, now 9.5 % of 1,000."""
    return {
        "style_id": style_id,
        "verdict_code": "runs_small",
        "previous_verdict_code": "not_enough_evidence",
        "why_code": why,
        "side_code": "small",
        "previous_developed_exposure": 500.0,
        "developed_exposure": 1000.0,
        "previous_side_units": 25.0,
        "side_units": 95.0,
        "previous_delivered_count": 520,
        "delivered_count": 1040,
        "is_changed": True,
        "previous_date": date(2024, 10, 31),
        "since_date": date(2024, 11, 3),
    } | facts


CHANGES = [
    build_change(SMALL, "more_small"),
    build_change(
        LARGE, "same", is_changed=False, previous_verdict_code="runs_large",
        previous_date=date(2024, 11, 23),
    ),
]  # fmt: skip


ORIGINS = [
    build_origin("factory", "千葉", judged=90, small=21, expected=8.2, is_standing_out=True),
    build_origin("factory", "大阪", judged=60, small=3, expected=5.6),
    build_origin("material", "革", judged=150, small=24, expected=14.0),
]


def list_fit() -> Rows:
    """List a style of each verdict, and the sizes of the one that runs small."""
    return {
        "rpt_fit_verdicts": VERDICTS,
        "rpt_fit_sizes": [
            {
                "style_id": SMALL,
                "size_label": size,
                "rank_number": place,
                "delivered_count": 100,
                "returned_count": 40,
                "developed_exposure": 100.0,
                "small_units": (5.0, 20.0, 40.0)[place],
                "large_units": 2.0,
                "size_units": 10.0,
                "size_rate": 0.1,
                "small_probability": (0.1, 0.95, 0.99)[place],
                "large_probability": 0.0,
            }
            for place, size in enumerate(SIZES)
        ],
        "rpt_fit_evidence": [],
        "rpt_fit_origins": ORIGINS,
        "rpt_fit_zone_rates": [
            {
                "style_id": SMALL, "zone_code": zone, "small_units": units, "large_units": 1.0,
                "small_rate": units / 300, "small_low_rate": units / 400,
                "small_high_rate": units / 220, "large_rate": 0.003, "large_low_rate": 0.0,
                "large_high_rate": 0.02, "category_small_rate": 0.02, "category_large_rate": 0.01,
            }
            for zone, units in (("instep", 30.0), ("toe", 6.0))
        ],
        "rpt_fit_segments": [
            build_segment(FITS, "150cm未満", 0, size_rate=0.4, finding_code="small"),
            build_segment(FITS, "150-155cm", 1, size_rate=0.1),
            build_segment(FITS, "other", None, segment_kind_code="other", size_rate=0.12),
            build_segment(FITS, "M", 0, dimension_code="usual_size", small_probability=0.3),
        ],
        "rpt_fit_verdict_changes": CHANGES,
        "rpt_fit_unknown_labels": [
            {
                "sku": f"{NEW}-{place}", "style_id": NEW, "style_name": f"靴 {NEW}",
                "size_label": label, "file_name": "products-20241101.csv", "line_number": 7 + place,
                "is_blocking": True,
            }
            for place, label in enumerate(("ちび", "でか"))
        ],
    }  # fmt: skip
