with

decisions as (
    select
        channel_name,
        policy_id,
        policy_version,
        rule_id,
        effect_code,
        cause_code,
        missed_code,
        reason_side_code,
        decider_code,
        requested_net_amount,
        is_estimated_delivery,
        is_otherwise_decided,
        is_exception,
        review_minutes,
        waited_minutes,
        cast(date_trunc('month', event_date) as date) as month_date
    from {{ ref('fct_return_decisions') }}
),

summed as (
    select
        channel_name,
        policy_id,
        policy_version,
        rule_id,
        effect_code,
        cause_code,
        missed_code,
        reason_side_code,
        count(*) as request_line_count,
        coalesce(sum(requested_net_amount), 0) as requested_net_amount,
        count(requested_net_amount) as priced_line_count,
        count(case when is_estimated_delivery then 1 end) as estimated_line_count,
        count(case when decider_code = 'system' then 1 end) as system_line_count,
        count(case when decider_code = 'staff' then 1 end) as staff_line_count,
        count(case when decider_code = 'unknown' then 1 end) as unattributed_line_count,
        count(case when is_otherwise_decided then 1 end) as otherwise_decided_line_count,
        count(case when is_exception then 1 end) as exception_line_count,
        coalesce(sum(case when is_exception then requested_net_amount end), 0)
            as exception_net_amount,
        count(review_minutes) as timed_line_count,
        coalesce(sum({{ to_millionths('review_minutes') }}), 0) as minutes_millionths,
        count(case when decider_code = 'staff' then review_minutes end) as staff_timed_line_count,
        coalesce(
            sum(case when decider_code = 'staff' then {{ to_millionths('review_minutes') }} end), 0
        ) as staff_minutes_millionths,
        count(waited_minutes) as waited_line_count,
        coalesce(sum(waited_minutes), 0) as waited_minutes,
        month_date
    from decisions
    group by
        channel_name, policy_id, policy_version, rule_id, effect_code, cause_code, missed_code,
        reason_side_code, month_date
),

final as (
    select
        channel_name,
        policy_id,
        policy_version,
        rule_id,
        effect_code,
        cause_code,
        missed_code,
        reason_side_code,
        request_line_count,
        cast(requested_net_amount as bigint) as requested_net_amount,
        priced_line_count,
        estimated_line_count,
        system_line_count,
        staff_line_count,
        unattributed_line_count,
        otherwise_decided_line_count,
        exception_line_count,
        cast(exception_net_amount as bigint) as exception_net_amount,
        timed_line_count,
        {{ from_millionths('minutes_millionths') }} as review_minutes,
        staff_timed_line_count,
        {{ from_millionths('staff_minutes_millionths') }} as staff_review_minutes,
        waited_line_count,
        cast(waited_minutes as bigint) as waited_minutes,
        month_date
    from summed
    order by month_date, policy_id, policy_version, rule_id, cause_code, reason_side_code
)

select * from final
