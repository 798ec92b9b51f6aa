with

summed as (
    select
        judged.draft_name,
        placed.group_kind_code,
        placed.group_code,
        count(*) as request_line_count,
        count(distinct placed.customer_id) as customer_count,
        count(case when judged.is_newly_denied then 1 end) as newly_denied_line_count,
        count(case when judged.is_newly_approved then 1 end) as newly_approved_line_count
    from {{ ref('int_return_requests_judged_to_drafts') }} as judged
    inner join {{ ref('int_return_requests_sorted_to_replay_groups') }} as placed
        on judged.return_line_id = placed.return_line_id
    group by judged.draft_name, placed.group_kind_code, placed.group_code
),

shared as (
    select
        draft_name,
        group_kind_code,
        group_code,
        request_line_count,
        customer_count,
        newly_denied_line_count,
        newly_approved_line_count,
        cast(newly_denied_line_count as double) / request_line_count as newly_denied_share,
        {{ bound_of_share('newly_denied_line_count', 'request_line_count', '-') }}
            as low_newly_denied_share,
        {{ bound_of_share('newly_denied_line_count', 'request_line_count', '+') }}
            as high_newly_denied_share
    from summed
),

whole as (
    select
        draft_name,
        newly_denied_share
    from shared
    where group_kind_code = 'all'
),

final as (
    select
        shared.draft_name,
        shared.group_kind_code,
        shared.group_code,
        case
            when shared.group_kind_code not in ('orders', 'category') then null
            when shared.request_line_count < 30 then null
            when shared.low_newly_denied_share > whole.newly_denied_share then 'more'
            when shared.high_newly_denied_share < whole.newly_denied_share then 'less'
        end as finding_code,
        shared.request_line_count,
        shared.customer_count,
        shared.newly_denied_line_count,
        shared.newly_approved_line_count,
        shared.newly_denied_share,
        shared.low_newly_denied_share,
        shared.high_newly_denied_share
    from shared
    inner join whole on shared.draft_name = whole.draft_name
    order by shared.draft_name, shared.group_kind_code, shared.group_code
)

select * from final
