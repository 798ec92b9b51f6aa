"""The query that decides a handful of requests: what is told of each, laid over what is published.

It is asked of SQLite, which keeps what it has planned; what it joins was looked up in the
published version before. It repeats ``int_return_requests_joined_to_terms`` for requests that no
file holds yet; what is business in it is rendered from the macros that both share.
"""

from __future__ import annotations

from string import Template
from typing import Final

from orchestration.offer_sql import render_reason_focus
from orchestration.policy_sql import (
    render_blocked,
    render_decisions,
    render_default_policy,
    render_inputs,
    render_reason_side,
)

# What may be told of a request.
GIVEN: Final = (
    *("asked_number", "return_line_id", "order_line_id", "sku", "customer_id", "policy_id"),
    *("member_tier_name", "reason_code", "reason_side_code", "requested_count", "ordered_count"),
    *("returns_90d_count", "is_policy_shown", "is_sale", "is_final_sale", "is_hygiene", "is_gift"),
    *("is_worn", "ordered_date", "shipped_date", "delivered_date", "event_date", "requested_at"),
    *("lead_time_days", "requested_net_amount"),
)

KNOWN: Final = """
with known as (
    select
        given.asked_number,
        given.return_line_id as own_line_id,
        given.order_line_id,
        given.requested_count,
        given.event_date,
        given.requested_at,
        given.returns_90d_count as told_90d_count,
        given.requested_net_amount as told_net_amount,
        coalesce(given.sku, lines.sku) as sku,
        lines.net_amount,
        lines.ordered_count as sold_count,
        $reason_focus as reason_focus_code,
        case when reasons.is_size_reason then reasons.size_direction_code end
            as size_direction_code,
        coalesce(given.customer_id, lines.customer_id) as customer_id,
        given.order_line_id is null or lines.order_line_id is not null as is_line_known,
        given.sku is null or products.sku is not null as is_sku_known,
        given.reason_code is null or reasons.reason_code is not null as is_reason_known,
        lines.order_line_id is not null or given.ordered_date is not null as has_order_line,
        coalesce(nullif(trim(given.policy_id), ''), terms.policy_id, $default_policy) as policy_id,
        coalesce(given.member_tier_name, terms.member_tier_name) as member_tier_name,
        coalesce(given.is_policy_shown, terms.is_policy_shown) as is_policy_shown,
        given.reason_side_code as told_side_code,
        reasons.fault_side_code,
        coalesce(given.ordered_count, lines.ordered_count) as ordered_count,
        coalesce(given.is_sale, lines.is_sale, false) as is_sale,
        coalesce(
            given.is_final_sale, lines.is_final_sale, products.is_final_sale, false
        ) as is_final_sale,
        coalesce(given.is_hygiene, products.is_hygiene, false) as is_hygiene,
        coalesce(given.is_gift, lines.is_gift, false) as is_gift,
        coalesce(given.is_worn, false) as is_worn,
        coalesce(given.ordered_date, lines.ordered_date) as ordered_date,
        coalesce(
            given.shipped_date, lines.shipped_date, given.ordered_date, lines.ordered_date
        ) as shipped_date,
        coalesce(given.delivered_date, lines.delivered_date) as known_delivered_date,
        given.delivered_date is null
        and (lines.delivered_date is null or lines.is_estimated_delivery) as is_estimated_delivery,
        coalesce(lead_times.lead_time_days, given.lead_time_days) as lead_time_days
    from given
    left join lines on given.order_line_id = lines.order_line_id
    left join terms on lines.order_id = terms.order_id
    left join products on coalesce(given.sku, lines.sku) = products.sku
    left join lead_times on lines.source_system = lead_times.source_system
    left join reasons on given.reason_code = reasons.reason_code
),

-- By customer, the 90 days before; by order line, what came before. A request that a file holds
-- already comes after those of the same moment with a smaller id; any other, after all so far.
earlier as (
    select known.asked_number, 1 as returns_90d_count, 0 as requested_before_count
    from known
    inner join customer_days as earlier on known.customer_id = earlier.customer_id
    where
        earlier.event_date >= add_days(known.event_date, -90)
        and earlier.event_date < known.event_date

    union all

    select known.asked_number, 0, earlier.requested_count
    from known
    inner join line_requests as earlier on known.order_line_id = earlier.order_line_id
    where
        earlier.requested_at < known.requested_at
        or (
            earlier.requested_at = known.requested_at
            and coalesce(earlier.return_line_id < known.own_line_id, true)
        )
        or (earlier.requested_at is null and known.own_line_id is null)
),

before as (
    select
        asked_number,
        sum(returns_90d_count) as returns_90d_count,
        sum(requested_before_count) as requested_before_count
    from earlier
    group by asked_number
),

counted as (
    select
        known.*,
        coalesce(
            known.known_delivered_date, add_days(known.shipped_date, known.lead_time_days)
        ) as delivered_date,
        coalesce(known.told_90d_count, before.returns_90d_count, 0) as returns_90d_count,
        coalesce(before.requested_before_count, 0) as requested_before_count,
        coalesce(known.event_date < known.ordered_date, false) as is_requested_before_order
    from known
    left join before on known.asked_number = before.asked_number
),

judged as (
    select
        cast(asked_number as varchar) as return_line_id,
        *,
        coalesce(told_side_code, $reason_side) as reason_side_code,
        case
            when told_net_amount is not null then told_net_amount
            when requested_count = sold_count then net_amount
            when sold_count > 0
                then $share
        end as requested_net_amount,
        $blocked as blocked_code,
        count_days(delivered_date, event_date) as since_delivered_days,
        count_days(shipped_date, event_date) as since_shipped_days,
        count_days(ordered_date, event_date) as since_ordered_days
    from counted
),

asked as materialized (
    select *, sha256($inputs) as inputs_sha256 from judged
),

decided as ($decided)
"""
ANSWERED: Final = """
select
    asked.asked_number,
    asked.is_line_known,
    asked.is_sku_known,
    asked.is_reason_known,
    asked.policy_id,
    decided.policy_version,
    decided.rule_id,
    decided.effect_code,
    decided.cause_code,
    decided.nearest_rule_id,
    decided.missed_code,
    decided.decision_reason_code,
    decided.resolutions_text,
    decided.shipping_payer_code,
    decided.day_basis_code,
    decided.counted_days,
    asked.reason_side_code,
    asked.returns_90d_count,
    asked.sku,
    asked.requested_count,
    asked.requested_net_amount,
    asked.reason_focus_code,
    asked.size_direction_code,
    coalesce(decided.day_basis_code = 'delivered', false) and asked.is_estimated_delivery
        as is_estimated_delivery,
    asked.inputs_sha256
from asked
inner join decided on asked.return_line_id = decided.return_line_id
order by asked.asked_number
"""


def render_question() -> str:
    """Render the query over the tables of ``DecisionTables``.

    Returns
    -------
    str
        One row per request, in the order of ``asked_number``.
    """
    doubled, whole = "(2 * net_amount * requested_count + sold_count)", "(2 * sold_count)"
    known = Template(KNOWN).substitute(
        # Rounded down, below zero too: with the half that was added, as share_of_amount rounds.
        share=f"(({doubled} - (({doubled} % {whole}) + {whole}) % {whole}) / {whole})",
        default_policy=render_default_policy(),
        reason_side=render_reason_side(fault="fault_side_code", shown="is_policy_shown"),
        blocked=render_blocked("counted"),
        inputs=render_inputs(),
        reason_focus=render_reason_focus(
            is_size_reason="reasons.is_size_reason", reason_code="reasons.reason_code"
        ),
        decided=render_decisions(requests="asked", rules="rules_now"),
    )
    return " ".join((known, ANSWERED))
