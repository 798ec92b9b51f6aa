with

return_lines as (
    select
        return_line_id,
        style_id,
        channel_name,
        decision_code,
        event_date
    from {{ ref('fct_return_lines') }}
    where has_request and return_type_code = 'customer_return'
),

decisions as (
    select
        return_line_id,
        policy_version,
        review_minutes,
        nullif(trim(decision_rule_id), '') as decision_rule_id,
        nullif(lower(trim(decided_by)), '') as decided_by
    from {{ ref('stg_shop__return_requests') }}
),

-- A rule without a person is the system's; a decision with neither is nobody's that we know.
decided as (
    select
        return_lines.return_line_id,
        return_lines.style_id,
        return_lines.channel_name,
        return_lines.decision_code,
        decisions.decision_rule_id,
        decisions.policy_version,
        decisions.review_minutes,
        case
            when coalesce(return_lines.decision_code = 'review', true) then 'undecided'
            when return_lines.decision_code = 'cancelled' then 'withdrawn'
            when
                decisions.decided_by in (
                    'system', 'auto', 'automatic', 'policy', 'rule', 'kaeru', 'システム', '自動'
                )
                then 'system'
            when decisions.decided_by is not null then 'staff'
            when decisions.decision_rule_id is not null then 'system'
            else 'unknown'
        end as decider_code,
        return_lines.event_date
    from return_lines
    inner join decisions on return_lines.return_line_id = decisions.return_line_id
),

-- The files do not say what a rule wants; what the system always does by it does.
rules as (
    select
        decision_rule_id,
        policy_version,
        min(decision_code) as decision_code
    from decided
    where decider_code = 'system' and decision_rule_id is not null
    group by decision_rule_id, policy_version
    having min(decision_code) = max(decision_code)
),

final as (
    select
        decided.return_line_id,
        decided.style_id,
        decided.channel_name,
        decided.decider_code,
        decided.decision_rule_id,
        -- The system alone takes no minute of staff.
        case
            when decided.decider_code = 'undecided' then null
            when decided.decider_code = 'system' then coalesce(decided.review_minutes, 0)
            else decided.review_minutes
        end as review_minutes,
        decided.decider_code <> 'undecided' and decided.review_minutes is not null
            as has_review_minutes,
        decided.decider_code = 'staff'
        and coalesce(decided.decision_code <> rules.decision_code, false) as is_overridden,
        decided.decider_code = 'unknown'
        or (decided.decider_code = 'staff' and rules.decision_code is null) as is_unjudged,
        decided.event_date
    from decided
    left join rules
        on
            decided.decision_rule_id = rules.decision_rule_id
            and decided.policy_version is not distinct from rules.policy_version
)

select * from final
