"""Rows of the marts of offers: steps of two months, bands of prices, and requests that are open."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dashboards.serving_fixture import Rows

STEPS = ("requested", "stock_unknown", "eligible", "offered", "accepted", "begun", "shipped")
ENDS = ("kept", "sent_back", "young", "unfollowed")


def build_funnel(month: date, *, net: int | None = 10_000, **lines: Any) -> dict[str, Any]:
    """Build a row of ``rpt_exchange_funnel``; each line asks back the same amount."""
    row: dict[str, Any] = {"month_date": month, "reason_group_code": "FIT"}
    row |= {"band_from_amount": 6000, "offered_eligible_line_count": 0}
    for step in (*STEPS, *ENDS):
        count = lines.pop(step, 0)
        row[f"{step}_line_count"] = count
        row[f"{step}_net_amount"] = None if count is None or net is None else count * net
    return row | lines


def build_scope(band: int | None, requests: int, exchanges: int, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_exchange_break_even`` of a shop without a control group."""
    return {
        "scope_code": "all" if band is None else "band",
        "band_from_amount": band,
        "request_line_count": requests,
        "exchange_line_count": exchanges,
        "exchange_share": exchanges / requests,
        "subsidy_amount": 600,
        "break_even_state_code": "no_exchange",
        "lift_state_code": "no_holdout",
    } | facts


def build_request(key: str, **facts: Any) -> dict[str, Any]:
    """Build a row of ``rpt_open_requests`` whose best offer is the next size."""
    return {
        "return_line_id": key,
        "sku": "A-M",
        "style_id": "A",
        "style_name": "リネンシャツ",
        "size_label": "M",
        "colour_name": "ネイビー",
        "reason_focus_code": "size",
        "size_direction_code": "small",
        "requested_count": 1,
        "requested_net_amount": 9_000,
        "exchange_offer_count": 2,
        "offer_kind_code": "next_size",
        "offer_reason_code": "one_size_larger",
        "offered_sku": "A-L",
        "offered_size_label": "L",
        "offered_colour_name": "ネイビー",
        "available_count": 4,
        "accept_probability": 0.5,
        "profit_amount": 5_000,
        "expected_profit_amount": 2_500,
        "event_date": date(2024, 11, 20),
    } | facts


CREDIT = {
    "exchange_offer_count": 0, "offer_kind_code": "credit", "offered_sku": None,
    "offer_reason_code": "nothing_suitable", "offered_size_label": None,
    "offered_colour_name": None, "available_count": None, "accept_probability": None,
    "profit_amount": None, "expected_profit_amount": None,
}  # fmt: skip
FUNNEL = [
    build_funnel(
        date(2024, 10, 1), requested=280, stock_unknown=20, eligible=200, offered=150, accepted=60,
        begun=70, shipped=65, kept=30, sent_back=5, young=28, unfollowed=2,
        saving_line_count=35, net_saving_amount=105_000,
    ),
    build_funnel(
        date(2024, 9, 1), requested=120, eligible=100, offered=50, accepted=20, begun=30,
        shipped=25, kept=20, sent_back=5, saving_line_count=25, net_saving_amount=45_000,
    ),
    build_funnel(date(2024, 11, 1), requested=70, eligible=60, offered=40, begun=10),
]  # fmt: skip
SCOPES = [
    build_scope(
        None, 400, 120, saving_line_count=60, net_saving_amount=150_000, saving_each_amount=2_500,
        break_even_share=0.072, break_even_state_code="measured", holdout_line_count=100,
        holdout_exchange_line_count=20, holdout_exchange_share=0.2, lift_share=0.1,
        low_lift_share=0.004, high_lift_share=0.181, lift_state_code="measured",
    ),
    build_scope(
        6000, 250, 80, saving_line_count=50, net_saving_amount=160_000, saving_each_amount=3_200,
        break_even_share=0.06, break_even_state_code="measured",
    ),
    build_scope(
        3000, 140, 40, saving_line_count=40, net_saving_amount=-20_000, saving_each_amount=-500,
        break_even_state_code="never",
    ),
    build_scope(10_000, 10, 0),
]  # fmt: skip
REQUESTS = [
    build_request("R1"),
    build_request("R2", expected_profit_amount=None, accept_probability=None),
    build_request("R3", profit_amount=None, expected_profit_amount=None),
    build_request("R4", **CREDIT),
]


def list_offers() -> Rows:
    """List two whole months on the way to exchanges, and four open requests."""
    return {
        "rpt_exchange_funnel": FUNNEL,
        "rpt_exchange_break_even": SCOPES,
        "rpt_open_requests": REQUESTS,
    }


def list_few_offers() -> Rows:
    """List four requests of a shop that says neither what was offered nor what is in stock."""
    few = build_funnel(
        date(2024, 10, 1), requested=4, stock_unknown=4, offered=None, accepted=None, begun=1
    )
    unknown = {**CREDIT, "offer_reason_code": "stock_unknown"}
    return {
        "rpt_exchange_funnel": [few | {"offered_eligible_line_count": None}],
        "rpt_exchange_break_even": [build_scope(None, 4, 1), build_scope(6000, 4, 1)],
        "rpt_open_requests": [build_request("R1", **unknown)],
    }
