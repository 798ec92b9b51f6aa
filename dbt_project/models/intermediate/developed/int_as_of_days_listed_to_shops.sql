with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
    where as_of_date is not null
),

-- 13 months and a few days reach back to the month before the last that is needed.
bounds as (
    select
        as_of_date,
        cast(date_trunc('month', as_of_date) as date) as month_start_date,
        {{ add_days('as_of_date', -430) }} as first_date
    from shop
),

days as (
    {{ each_day('bounds', 'first_date', 'as_of_date') }}
),

month_ends as (
    select
        days.calendar_date,
        row_number() over (order by days.calendar_date desc) as month_number
    from days
    cross join bounds
    where
        days.calendar_date < bounds.month_start_date
        and cast(date_trunc('month', {{ add_days('days.calendar_date', 1) }}) as date)
        > days.calendar_date
),

final as (
    select
        as_of_date,
        true as is_current
    from shop

    union all

    select
        calendar_date as as_of_date,
        false as is_current
    from month_ends
    where month_number <= 13
)

select * from final
