with

final as (
    select
        cast(sum(contact_count) as bigint) as contact_count,
        -- Every topic of a week repeats the week's orders.
        max(order_count) as order_count,
        week_start_date
    from {{ ref('rpt_enquiries') }}
    group by week_start_date
    order by week_start_date
)

select * from final
