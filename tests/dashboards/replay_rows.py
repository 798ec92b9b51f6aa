"""Rows of the marts of drafts: one that shortens the window, one that changes nothing."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

from dashboards.lib.measures_money import compute_share
from tests.dashboards.serving_fixture import Rows

EFFECTS = ("approve", "deny", "review")
SHORTER, SAME = "14日", "いまのまま"
FIRST, LAST = date(2023, 11, 26), date(2024, 11, 22)
# 6,000 requests; 420 are decided otherwise, and 300 of them are newly denied.
CELLS = {
    **{("approve", "approve"): 5_000, ("approve", "deny"): 220, ("approve", "review"): 20},
    **{("deny", "approve"): 10, ("deny", "deny"): 310, ("deny", "review"): 0},
    **{("review", "approve"): 90, ("review", "deny"): 80, ("review", "review"): 270},
}


def build_cells(draft: str, cells: dict[tuple[str, str], int], **facts: Any) -> list[Any]:
    """Build nine rows of ``rpt_policy_replays``."""
    return [
        {
            "draft_name": draft,
            "now_effect_code": now,
            "new_effect_code": new,
            "request_line_count": cells.get((now, new), 0),
            "priced_line_count": cells.get((now, new), 0),
            "requested_net_amount": 5_000 * cells.get((now, new), 0),
            # 5 minutes a review, over twelve months.
            "saved_month_minutes": 5
            * ((now == "review") - (new == "review"))
            * cells.get((now, new), 0)
            / 12,
            "first_event_date": FIRST if cells.get((now, new)) else None,
            "last_event_date": LAST if cells.get((now, new)) else None,
        }
        | facts
        for now, new in product(EFFECTS, EFFECTS)
    ]


def build_group(
    draft: str, kind: str, code: str, *, n: int, denied: int, finding: str | None = None
) -> dict[str, Any]:
    """Build a row of ``rpt_policy_replay_groups``."""
    share = compute_share(denied, n)
    return {
        "draft_name": draft,
        "group_kind_code": kind,
        "group_code": code,
        "finding_code": finding,
        "request_line_count": n,
        "customer_count": n // 2,
        "newly_denied_line_count": denied,
        "newly_approved_line_count": 0,
        "newly_denied_share": share.rate,
        "low_newly_denied_share": share.low,
        "high_newly_denied_share": share.high,
    }


GROUPS = [
    build_group(SHORTER, "all", "all", n=6_000, denied=300),
    build_group(SHORTER, "orders", "first", n=1_500, denied=120, finding="more"),
    build_group(SHORTER, "orders", "2_4", n=2_500, denied=125),
    build_group(SHORTER, "orders", "5_up", n=2_000, denied=55, finding="less"),
    build_group(SHORTER, "category", "ワンピース", n=900, denied=63, finding="more"),
    build_group(SHORTER, "category", "靴", n=2_000, denied=110),
    build_group(SHORTER, "category", "アウター", n=1_200, denied=50),
    build_group(SHORTER, "category", "シャツ", n=1_000, denied=42),
    build_group(SHORTER, "category", "帽子", n=500, denied=20),
    build_group(SHORTER, "category", "かばん", n=380, denied=15),
    build_group(SHORTER, "category", "unknown", n=20, denied=0),
    build_group(SHORTER, "days", "15_30", n=700, denied=270),
    build_group(SHORTER, "days", "8_14", n=1_500, denied=10),
    build_group(SHORTER, "days", "none", n=3_800, denied=20),
    build_group(SAME, "all", "all", n=6_000, denied=0),
]
UNCHANGED = {("approve", "approve"): 5_240, ("deny", "deny"): 320, ("review", "review"): 440}


def build_draft(name: str, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_policy_drafts``."""
    return {"draft_name": name, "rule_count": 13, "is_usable": True} | facts


def list_replays() -> Rows:
    """List two drafts and what they change."""
    return {
        "rpt_policy_drafts": [build_draft(SHORTER), build_draft(SAME)],
        "rpt_policy_replays": [*build_cells(SHORTER, CELLS), *build_cells(SAME, UNCHANGED)],
        "rpt_policy_replay_groups": GROUPS,
    }


def list_few() -> Rows:
    """List a draft of a shop with eight requests, of customers too few to be told apart."""
    cells = {("approve", "approve"): 6, ("approve", "deny"): 2}
    return {
        "rpt_policy_drafts": [build_draft(SHORTER)],
        "rpt_policy_replays": build_cells(SHORTER, cells, saved_month_minutes=None),
        "rpt_policy_replay_groups": [
            build_group(SHORTER, "all", "all", n=8, denied=2),
            build_group(SHORTER, "category", "靴", n=8, denied=2),
            build_group(SHORTER, "days", "none", n=8, denied=2),
        ],
    }
