"""Rows of the marts of fit: a style of each verdict."""

from __future__ import annotations

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


VERDICTS = [
    build_verdict(FITS, "true_to_size", verdict_probability=0.99, needed_count=600),
    build_verdict(
        NEW, "not_enough_evidence", small_probability=0.3, more_deliveries_count=237,
        delivered_count=40,
    ),
    build_verdict(
        SMALL, "runs_small", small_probability=0.97, verdict_probability=0.97,
        diagnosis_code="grading", zone_code="instep", from_size_label="23.5",
        to_size_label="24.0",
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
    }
