with

judged as (
    select
        channel_name,
        resolution_code,
        received_date
    from {{ ref('int_return_lines_judged_to_resolutions') }}
),

final as (
    select
        channel_name,
        count(*) as arrived_line_count,
        count(case when resolution_code = 'in_time' then 1 end) as resolved_in_time_line_count,
        count(case when resolution_code = 'later' then 1 end) as resolved_later_line_count,
        count(case when resolution_code = 'open' then 1 end) as open_line_count,
        count(case when resolution_code = 'young_open' then 1 end) as young_open_line_count,
        received_date as calendar_date
    from judged
    group by channel_name, received_date
    order by received_date nulls last, channel_name
)

select * from final
