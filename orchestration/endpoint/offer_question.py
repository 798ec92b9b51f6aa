"""The query that ranks what can be offered instead of money, on requests just decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from orchestration.identifiers import quote_name
from orchestration.offer_sql import render_offers

MOST_OFFERS: Final = 10  # of one request

# As int_return_requests_narrowed_to_open_requests has them; a list of each, one value a request.
REQUESTS: Final[Mapping[str, str]] = {
    "return_line_id": "varchar",
    "sku": "varchar",
    "reason_focus_code": "varchar",
    "size_direction_code": "varchar",
    "requested_count": "bigint",
    "requested_net_amount": "bigint",
    "is_exchange_allowed": "boolean",
    "is_credit_allowed": "boolean",
}
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
    """Render the query; its parameters are the lists of ``REQUESTS`` and ``MOST_OFFERS``.

    Returns
    -------
    str
        One row per request and offer, the best first.
    """
    columns = ", ".join(f"unnest(?::{kind}[]) as {quote_name(n)}" for n, kind in REQUESTS.items())
    ranked = render_offers(requests="asked", variants="offer_variants", kinds="offer_kinds")
    return " ".join(
        (
            *("with asked as (select", columns, "),"),
            "offer_variants as (select * from marts.fct_offer_variants),",
            "offer_kinds as (select * from marts.fct_offer_kinds),",
            *("ranked as (", ranked, ")", RANKED),
        )
    )


def list_offer_columns(decided: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """List the parameters for requests whose decisions are known and that may be offered something.

    Parameters
    ----------
    decided : sequence of mapping
        Rows of ``decision_sql.ANSWERED``.

    Returns
    -------
    list of list
        Without requests that the rules deny.
    """
    rows = [row for row in decided if row["effect_code"] != "deny"]
    told: dict[str, list[Any]] = {
        "return_line_id": [str(row["asked_number"]) for row in rows],
        "is_exchange_allowed": [_allows(row, "exchange") for row in rows],
        "is_credit_allowed": [_allows(row, "credit") for row in rows],
    }
    return [told[name] if name in told else [row[name] for row in rows] for name in REQUESTS]


def _allows(row: Mapping[str, Any], resolution: str) -> bool:
    """Say whether the rule offers it; a rule that names nothing forbids nothing."""
    resolutions = row["resolutions_text"]
    return resolutions is None or resolution in resolutions.split("|")
