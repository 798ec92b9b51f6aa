-- Every draft decides every request once, and nobody is newly denied in one mart alone.
with

decisions as (
    select count(*) as request_count
    from {{ ref('fct_return_decisions') }}
),

replays as (
    select
        draft_name,
        sum(request_line_count) as request_count,
        sum(
            case
                when now_effect_code <> 'deny' and new_effect_code = 'deny' then request_line_count
                else 0
            end
        ) as denied_count
    from {{ ref('rpt_policy_replays') }}
    group by draft_name
),

groups as (
    select
        draft_name,
        group_kind_code,
        sum(request_line_count) as request_count,
        sum(newly_denied_line_count) as denied_count
    from {{ ref('rpt_policy_replay_groups') }}
    where group_kind_code <> 'orders'
    group by draft_name, group_kind_code
)

select
    replays.draft_name,
    groups.group_kind_code
from replays
cross join decisions
left join groups on replays.draft_name = groups.draft_name
where
    replays.request_count <> decisions.request_count
    or coalesce(groups.request_count, 0) <> decisions.request_count
    or coalesce(groups.denied_count, 0) <> replays.denied_count
