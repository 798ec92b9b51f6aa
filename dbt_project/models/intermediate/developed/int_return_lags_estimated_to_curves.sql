with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

bounds as (
    select
        cast('2000-01-01' as date) as first_date,
        {{ add_days("cast('2000-01-01' as date)", 120) }} as last_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

days as (
    {{ each_day('bounds', 'first_date', 'last_date') }}
),

ages as (
    select {{ days_between("cast('2000-01-01' as date)", 'calendar_date') }} as age_days
    from days
),

-- Cohorts of the year before, old enough to have come back.
lags as (
    select
        as_of_days.as_of_date,
        {{ days_between('seen_returns.delivered_date', 'seen_returns.seen_date') }} as lag_days,
        seen_returns.returned_count
    from {{ ref('int_return_lines_seen_to_cohorts') }} as seen_returns
    inner join as_of_days
        on
            seen_returns.seen_date <= as_of_days.as_of_date
            and seen_returns.delivered_date <= {{ add_days('as_of_days.as_of_date', -60) }}
            and seen_returns.delivered_date > {{ add_days('as_of_days.as_of_date', -425) }}
),

seen as (
    select
        lags.as_of_date,
        ages.age_days,
        sum(case when lags.lag_days <= ages.age_days then lags.returned_count else 0 end)
            as seen_count,
        sum(lags.returned_count) as returned_count
    from lags
    cross join ages
    group by lags.as_of_date, ages.age_days
),

order_lines as (
    select
        category_name,
        channel_name
    from {{ ref('int_order_lines_priced_to_order_lines') }}
    group by category_name, channel_name
),

final as (
    select
        seen.as_of_date,
        order_lines.category_name,
        order_lines.channel_name,
        seen.age_days,
        cast(seen.seen_count as double) / seen.returned_count as developed_share
    from seen
    cross join order_lines
)

select * from final
