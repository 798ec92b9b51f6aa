"""The query that ranks what can be offered instead of money, on requests just decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orchestration.offer_sql import render_offers

MOST_OFFERS: Final = 10  # of one request

# As int_return_requests_narrowed_to_open_requests has them.
REQUESTS: Final = (
    *("return_line_id", "sku", "reason_focus_code", "size_direction_code", "requested_count"),
    *("requested_net_amount", "is_exchange_allowed", "is_credit_allowed"),
)
VARIANTS: Final = (
    *("sku", "style_id", "size_label", "colour_name", "size_order", "available_count"),
    *("unit_cost_amount", "return_probability", "small_thousandths", "large_thousandths"),
    "is_in_catalogue",
)
KINDS: Final = (
    *("offer_kind_code", "accept_probability", "freight_amount", "second_return_line_amount"),
    *("second_return_unit_amount", "saved_refund_amount"),
)
# The styles asked for; one shelf beside them tells whether the shop counts its stock at all.
NARROWED: Final = """
insert into variants_asked
select *
from offer_variants
where style_id in (
    select style_id from offer_variants where sku in (select sku from offers_asked)
)
union
select * from (select * from offer_variants where available_count is not null limit 1)
"""
RANKED: Final = """
select
    cast(return_line_id as bigint) as asked_number,
    offer_rank,
    offer_kind_code,
    offered_sku,
    available_count,
    accept_probability,
    profit_amount,
    expected_profit_amount,
    offer_reason_code
from ranked
where offer_rank <= ?
order by asked_number, offer_rank
"""


def render_offer_question() -> str:
    """Render the query over ``offers_asked`` and ``variants_asked``; its parameter: the most.

    Returns
    -------
    str
        One row per request and offer, the best first.
    """
    ranked = render_offers(requests="offers_asked", variants="variants_asked", kinds="offer_kinds")
    return " ".join(("with ranked as (", ranked, ")", RANKED))


def list_offer_requests(decided: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """List the requests, by ``REQUESTS``, that may be offered something.

    Parameters
    ----------
    decided : sequence of mapping
        Rows of ``decision_sql.ANSWERED``.

    Returns
    -------
    list of list
        Without requests that the rules deny.
    """
    asked = [
        row
        | {
            "return_line_id": str(row["asked_number"]),
            "is_exchange_allowed": _allows(row, "exchange"),
            "is_credit_allowed": _allows(row, "credit"),
        }
        for row in map(dict, decided)
        if row["effect_code"] != "deny"
    ]
    return [[row[name] for name in REQUESTS] for row in asked]


def _allows(row: Mapping[str, Any], resolution: str) -> bool:
    """Say whether the rule offers it; a rule that names nothing forbids nothing."""
    resolutions = row["resolutions_text"]
    return resolutions is None or resolution in resolutions.split("|")
