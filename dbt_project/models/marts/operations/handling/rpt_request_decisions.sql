with

requests as (
    select
        style_id,
        channel_name,
        decider_code,
        review_minutes,
        is_overridden,
        is_unjudged,
        event_date
    from {{ ref('int_return_requests_judged_to_deciders') }}
),

summed as (
    select
        style_id,
        channel_name,
        count(*) as request_line_count,
        count(case when decider_code = 'system' then 1 end) as system_line_count,
        count(case when decider_code = 'staff' then 1 end) as staff_line_count,
        count(case when decider_code = 'undecided' then 1 end) as undecided_line_count,
        count(case when decider_code = 'withdrawn' then 1 end) as withdrawn_line_count,
        count(case when decider_code = 'unknown' then 1 end) as unattributed_line_count,
        count(case when is_overridden then 1 end) as overridden_line_count,
        count(case when is_unjudged then 1 end) as unjudged_line_count,
        count(review_minutes) as timed_line_count,
        sum({{ to_millionths('review_minutes') }}) as minutes_millionths,
        event_date
    from requests
    group by style_id, channel_name, event_date
),

final as (
    select
        style_id,
        channel_name,
        request_line_count,
        system_line_count,
        staff_line_count,
        undecided_line_count,
        withdrawn_line_count,
        unattributed_line_count,
        overridden_line_count,
        unjudged_line_count,
        timed_line_count,
        coalesce(minutes_millionths, 0) / 1000000.0 as review_minutes,
        event_date
    from summed
    order by event_date, style_id, channel_name
)

select * from final
