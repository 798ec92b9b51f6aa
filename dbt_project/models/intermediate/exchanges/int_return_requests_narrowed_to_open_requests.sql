with

-- What still comes, or came and is not settled, and for which no exchange was begun.
open_lines as (
    select return_line_id
    from {{ ref('fct_return_outcomes') }}
    where
        not is_dropped
        and outcome_code = 'none'
        and exchange_count = 0
        and (is_arrival_awaited or is_settlement_awaited)
),

decisions as (
    select
        return_line_id,
        recorded_decision_code,
        effect_code,
        requested_net_amount,
        coalesce(
            position('|exchange|' in concat('|', resolutions_text, '|')) > 0
            or resolutions_text is null,
            true
        ) as is_exchange_allowed,
        coalesce(
            position('|credit|' in concat('|', resolutions_text, '|')) > 0
            or resolutions_text is null,
            true
        ) as is_credit_allowed
    from {{ ref('fct_return_decisions') }}
),

return_lines as (
    select
        return_line_id,
        sku,
        requested_count,
        event_date
    from {{ ref('fct_return_lines') }}
),

requests as (
    select
        return_line_id,
        coalesce(is_holdout, false) as is_holdout
    from {{ ref('stg_shop__return_requests') }}
),

reasons as (
    select
        return_line_id,
        reason_focus_code,
        size_direction_code
    from {{ ref('int_return_reasons_turned_to_directions') }}
),

-- What the shop approved stands, whatever the rules say; what they deny is offered nothing, and
-- the control group is shown nothing.
final as (
    select
        open_lines.return_line_id,
        return_lines.sku,
        coalesce(reasons.reason_focus_code, 'other') as reason_focus_code,
        reasons.size_direction_code,
        return_lines.requested_count,
        decisions.requested_net_amount,
        decisions.is_exchange_allowed,
        decisions.is_credit_allowed,
        return_lines.event_date
    from open_lines
    inner join decisions on open_lines.return_line_id = decisions.return_line_id
    inner join return_lines on open_lines.return_line_id = return_lines.return_line_id
    inner join requests on open_lines.return_line_id = requests.return_line_id
    left join reasons on open_lines.return_line_id = reasons.return_line_id
    where
        not requests.is_holdout
        and (
            decisions.effect_code <> 'deny'
            or coalesce(decisions.recorded_decision_code = 'approved', false)
        )
)

select * from final
