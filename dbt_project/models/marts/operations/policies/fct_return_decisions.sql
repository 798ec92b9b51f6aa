with

decisions as (
    select
        return_line_id,
        policy_version,
        rule_id,
        effect_code,
        cause_code,
        nearest_rule_id,
        missed_code,
        decision_reason_code,
        resolutions_text,
        shipping_payer_code,
        day_basis_code,
        counted_days
    from {{ ref('int_return_requests_judged_to_policies') }}
),

terms as (
    select *
    from {{ ref('int_return_requests_joined_to_terms') }}
),

return_lines as (
    select
        return_line_id,
        order_line_id,
        style_id,
        channel_name,
        decision_code,
        event_date,
        requested_at
    from {{ ref('fct_return_lines') }}
),

recorded as (
    select
        return_line_id,
        decision_rule_id,
        policy_version,
        decided_at
    from {{ ref('stg_shop__return_requests') }}
),

deciders as (
    select
        return_line_id,
        decider_code,
        review_minutes
    from {{ ref('int_return_requests_judged_to_deciders') }}
),

joined as (
    select
        terms.return_line_id,
        return_lines.order_line_id,
        return_lines.style_id,
        return_lines.channel_name,
        terms.policy_id,
        decisions.policy_version,
        decisions.rule_id,
        decisions.effect_code,
        decisions.cause_code,
        decisions.nearest_rule_id,
        decisions.missed_code,
        decisions.decision_reason_code,
        decisions.resolutions_text,
        decisions.shipping_payer_code,
        decisions.day_basis_code,
        decisions.counted_days,
        terms.inputs_sha256,
        terms.reason_side_code,
        terms.blocked_code,
        terms.member_tier_name,
        terms.returns_90d_count,
        terms.requested_net_amount,
        terms.since_delivered_days,
        terms.since_shipped_days,
        terms.since_ordered_days,
        terms.is_sale,
        terms.is_final_sale,
        terms.is_hygiene,
        terms.is_gift,
        terms.is_worn,
        coalesce(decisions.day_basis_code = 'delivered', false) and terms.is_estimated_delivery
            as is_estimated_delivery,
        return_lines.decision_code as recorded_decision_code,
        case return_lines.decision_code when 'approved' then 'approve' when 'denied' then 'deny' end
            as recorded_effect_code,
        recorded.decision_rule_id as recorded_rule_id,
        recorded.policy_version as recorded_policy_version,
        deciders.decider_code,
        deciders.review_minutes,
        terms.ordered_date,
        return_lines.event_date,
        return_lines.requested_at,
        case when return_lines.decision_code is not null then recorded.decided_at end as decided_at
    from terms
    inner join decisions on terms.return_line_id = decisions.return_line_id
    inner join return_lines on terms.return_line_id = return_lines.return_line_id
    inner join recorded on terms.return_line_id = recorded.return_line_id
    inner join deciders on terms.return_line_id = deciders.return_line_id
),

final as (
    select
        return_line_id,
        order_line_id,
        style_id,
        channel_name,
        policy_id,
        policy_version,
        rule_id,
        effect_code,
        cause_code,
        nearest_rule_id,
        missed_code,
        decision_reason_code,
        resolutions_text,
        shipping_payer_code,
        day_basis_code,
        counted_days,
        inputs_sha256,
        reason_side_code,
        blocked_code,
        member_tier_name,
        returns_90d_count,
        requested_net_amount,
        since_delivered_days,
        since_shipped_days,
        since_ordered_days,
        is_sale,
        is_final_sale,
        is_hygiene,
        is_gift,
        is_worn,
        is_estimated_delivery,
        recorded_decision_code,
        recorded_rule_id,
        recorded_policy_version,
        decider_code,
        -- What the table sends to a person, a person decides: that is no exception.
        coalesce(effect_code <> 'review' and recorded_effect_code <> effect_code, false)
            as is_otherwise_decided,
        coalesce(
            decider_code = 'staff'
            and effect_code <> 'review'
            and recorded_effect_code <> effect_code, false
        ) as is_exception,
        review_minutes,
        case
            when decider_code = 'staff' and decided_at >= requested_at
                then {{ minutes_between('requested_at', 'decided_at') }}
        end as waited_minutes,
        ordered_date,
        event_date,
        requested_at,
        decided_at
    from joined
    order by event_date, return_line_id
)

select * from final
