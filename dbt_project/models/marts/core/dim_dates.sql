with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

first_days as (
    select
        min(ordered_date) as ordered_date,
        min(shipped_date) as shipped_date,
        min(delivered_date) as delivered_date
    from {{ ref('fct_order_lines') }}
),

first_return_days as (
    select
        min(event_date) as event_date,
        min(received_date) as received_date
    from {{ ref('fct_return_lines') }}
),

first_refund_days as (
    select min(paid_date) as paid_date
    from {{ ref('fct_refunds') }}
),

bounds as (
    select
        least(
            first_days.ordered_date,
            first_days.shipped_date,
            first_days.delivered_date,
            first_return_days.event_date,
            first_return_days.received_date,
            first_refund_days.paid_date,
            shop.as_of_date
        ) as first_date,
        shop.as_of_date as last_date
    from first_days
    cross join first_return_days
    cross join first_refund_days
    cross join shop
),

days as (
    {{ each_day('bounds', 'first_date', 'last_date') }}
),

started as (
    select
        calendar_date,
        {{ to_week_start('calendar_date') }} as week_start_date,
        cast(date_trunc('month', calendar_date) as date) as month_start_date
    from days
),

final as (
    select
        calendar_date,
        week_start_date,
        month_start_date,
        {{ add_days('calendar_date', -364) }} as same_weekday_last_year_date,
        {{ days_between('week_start_date', 'calendar_date') }} + 1 as weekday_number
    from started
)

select * from final
