with

parts as (
    select
        hole_code,
        missing_name,
        part_number,
        month_amount,
        month_count,
        is_whole_months,
        first_date,
        last_date
    from {{ ref('rpt_leak_parts') }}
),

-- What is measured of a hole is its leak; of which nothing is measured has none that we know.
final as (
    select
        hole_code,
        cast(sum(month_amount) as bigint) as month_amount,
        count(*) as part_count,
        count(missing_name) as unmeasured_part_count,
        min(month_count) as month_count,
        bool_and(is_whole_months) as is_whole_months,
        min(first_date) as first_date,
        min(last_date) as last_date
    from parts
    group by hole_code
    order by min(part_number)
)

select * from final
