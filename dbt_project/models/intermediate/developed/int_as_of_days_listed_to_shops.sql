with

shop as (
    select
        as_of_date,
        {{ add_days('as_of_date', -400) }} as earliest_date
    from {{ ref('int_settings_pivoted_to_shops') }}
    where as_of_date is not null
),

days as (
    {{ each_day('shop', 'earliest_date', 'as_of_date') }}
),

final as (
    select
        days.calendar_date as as_of_date,
        days.calendar_date = shop.as_of_date as is_current
    from days
    cross join shop
    where
        days.calendar_date = shop.as_of_date
        or extract(day from {{ add_days('days.calendar_date', 1) }}) = 1
)

select * from final
