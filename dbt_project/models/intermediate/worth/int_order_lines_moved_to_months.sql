with

left_stock as (
    select
        sku,
        delivered_count as moved_count,
        delivered_date as moved_date
    from {{ ref('fct_order_lines') }}
    where delivered_count > 0 and delivered_date is not null
),

came_back as (
    select
        sku,
        -sent_back_count as moved_count,
        coalesce(received_date, event_date) as moved_date
    from {{ ref('fct_return_lines') }}
    where
        sent_back_count > 0
        and sku is not null
        and is_matched
        and (is_counted_in_cohort or return_type_code in ('exchange_leg', 'recall'))
        and coalesce(received_date, event_date) is not null
),

movements as (
    select
        sku,
        moved_count,
        moved_date
    from left_stock

    union all

    select
        sku,
        moved_count,
        moved_date
    from came_back
),

final as (
    select
        sku,
        cast(sum(moved_count) as bigint) as net_sold_count,
        cast(date_trunc('month', moved_date) as date) as month_start_date
    from movements
    group by sku, date_trunc('month', moved_date)
)

select * from final
