with

shop as (
    select
        as_of_date,
        cast(date_trunc('month', {{ add_days('as_of_date', 1) }}) as date) as end_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

orders as (
    select min(order_lines.ordered_date) as first_date
    from {{ ref('fct_order_lines') }} as order_lines
    cross join shop
    where order_lines.ordered_date <= shop.as_of_date
),

bounds as (
    select
        shop.as_of_date,
        orders.first_date,
        case
            when orders.first_date is not null
                then
                    greatest(
                        cast(
                            date_trunc(
                                'month', {{ add_months(add_days('orders.first_date', -1), 1) }}
                            ) as date
                        ),
                        {{ add_months('shop.end_date', -12) }}
                    )
        end as begin_date,
        shop.end_date
    from shop
    cross join orders
),

-- What began in the middle of its first month is counted from the next month on. Of less than one
-- whole month all days are taken, as they are.
final as (
    select
        case
            when begin_date < end_date
                then
                    12 * (extract(year from end_date) - extract(year from begin_date))
                    + extract(month from end_date) - extract(month from begin_date)
            when first_date is not null then 1
        end as month_count,
        coalesce(begin_date < end_date, false) as is_whole,
        case when begin_date < end_date then begin_date else first_date end as first_date,
        case when begin_date < end_date then {{ add_days('end_date', -1) }} else as_of_date end
            as last_date
    from bounds
)

select * from final
