"""Rows of the marts of addresses: every lane, defects of both kinds, parcels abroad."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dashboards.serving_fixture import Rows

FIRST, LAST = date(2024, 8, 26), date(2024, 11, 22)  # 89 days


def build_lane(lane: str, defect: str, parcels: int, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_address_lanes``."""
    return {
        "lane_code": lane,
        "defect_code": defect,
        "parcel_count": parcels,
        "shipped_date": LAST,
    } | facts


def build_backs(count: int, amount: int, **facts: Any) -> dict[str, Any]:
    """Say how many were brought back, and at which cost."""
    return {"brought_back_parcel_count": count, "bring_back_cost_amount": amount, **facts}


# 2,000 addresses: 1,900 ship, 60 are corrected, 40 asked. 28 were brought back for 42,000 yen. Of
# the 28, two would have shipped as sound.
LANES = [
    build_lane("ship", "none", 1_000, shipped_date=FIRST),
    build_lane("ship", "none", 900, looked_at_parcel_count=9, **build_backs(2, 3_000)),
    build_lane(
        "correct", "postal_mismatch", 50, looked_at_parcel_count=30, **build_backs(5, 7_500)
    ),
    build_lane("correct", "ward_missing", 10, **build_backs(1, 1_500)),
    build_lane("ask", "banchi_missing", 36, looked_at_parcel_count=20, **build_backs(18, 27_000)),
    build_lane("ask", "town_unknown", 4, **build_backs(2, 3_000)),
    build_lane("not_checked", "none", 7),
]
ORDERS = [
    {
        "channel_name": channel,
        "order_count": 1_000,
        "checked_order_count": 900,
        "defect_order_count": 50,
        "closed_without_staff_order_count": 30,
        "open_order_count": 15,
        "manual_order_count": 20,
        "passed_order_count": 850,
        "missed_order_count": 1,
        "ordered_date": LAST,
    }
    for channel in ("自社", "モール")
]


def list_landed() -> list[dict[str, Any]]:
    """List the files that tell who looked and what was brought back."""
    return [
        {"entity_name": name, "file_count": 1, "rows_in_count": 10, "is_landed": True}
        for name in ("address_checks", "delivery_events")
    ]


def list_lanes() -> Rows:
    """List the rows of both marts."""
    return {"rpt_address_lanes": LANES, "rpt_address_checks": ORDERS}
