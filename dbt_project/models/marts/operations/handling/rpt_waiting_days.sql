with

stages as (
    select
        stage_code,
        channel_name,
        is_settled,
        waited_days,
        cast(date_trunc('month', began_date) as date) as began_month_date
    from {{ ref('int_return_lines_followed_to_stages') }}
),

final as (
    select
        stage_code,
        channel_name,
        waited_days,
        count(case when is_settled and waited_days is not null then 1 end) as settled_line_count,
        count(case when not is_settled and waited_days is not null then 1 end) as open_line_count,
        count(case when waited_days is null then 1 end) as unknown_line_count,
        began_month_date
    from stages
    group by stage_code, channel_name, waited_days, began_month_date
    order by began_month_date nulls last, stage_code, channel_name, waited_days nulls last
)

select * from final
