with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

weeks as (
    {{ each_number(0, 9) }}
),

forecasts as (
    select
        as_of_date,
        method_code,
        week_number,
        forecast_amount,
        actual_amount,
        weighted_size_amount,
        payout_date
    from {{ ref('int_forecasts_joined_to_payouts') }}
    where actual_amount is not null
),

-- On an as-of day only those payouts of earlier forecasts are known that lie before it.
known as (
    select
        as_of_days.as_of_date,
        forecasts.as_of_date as made_date,
        forecasts.method_code,
        forecasts.week_number,
        forecasts.forecast_amount,
        forecasts.actual_amount,
        forecasts.forecast_amount * forecasts.weighted_size_amount as chance_variance
    from forecasts
    inner join as_of_days
        on
            forecasts.as_of_date < as_of_days.as_of_date
            and forecasts.payout_date <= as_of_days.as_of_date
),

leveled as (
    select
        as_of_date,
        made_date,
        week_number,
        forecast_amount,
        actual_amount,
        chance_variance
    from known

    union all

    -- Week 0: all of them.
    select
        as_of_date,
        made_date,
        0 as week_number,
        forecast_amount,
        actual_amount,
        chance_variance
    from known
),

summed as (
    select
        as_of_date,
        made_date,
        week_number,
        sum(forecast_amount) as forecast_amount,
        sum(actual_amount) as actual_amount,
        sum(chance_variance) as chance_variance
    from leveled
    group by as_of_date, made_date, week_number
),

-- Squared error over the variance expected, in whole millionths.
missed as (
    select
        as_of_date,
        week_number,
        {{ to_millionths(
            'least(cast(actual_amount - forecast_amount as double)'
            ' * (actual_amount - forecast_amount) / '
            ~ variance_of_forecast('forecast_amount', 'chance_variance') ~ ', 10000.0)'
        ) }} as missed_millionths
    from summed
    where
        forecast_amount > 0
        -- All days of the row are over.
        and {{ days_between('made_date', 'as_of_date') }}
        >= case when week_number = 0 then 56 else 7 * week_number end
),

week_misses as (
    select
        as_of_date,
        week_number = 0 as is_whole,
        count(*) as miss_count,
        sum(missed_millionths) as missed_millionths
    from missed
    group by as_of_date, week_number = 0
),

method_misses as (
    select
        as_of_date,
        method_code,
        count(*) as day_count,
        sum((actual_amount - forecast_amount) * (actual_amount - forecast_amount)) as missed_total,
        {{ variance_of_squares(
            'cast(sum(forecast_amount * forecast_amount) as double)', 'sum(chance_variance)'
        ) }} as expected_variance
    from known
    group by as_of_date, method_code
),

methods as (
    select
        as_of_date,
        method_code
    from {{ ref('int_forecasts_joined_to_payouts') }}
    group by as_of_date, method_code
),

-- Before a miss is seen, and with the weight of 16 weeks, 4 sums of all days or a method's 56 days
-- after it, misses are believed to be as expected.
week_dispersions as (
    select
        as_of_days.as_of_date,
        weeks.number as week_number,
        (
            case when weeks.number = 0 then 4.0 else 16.0 end
            + coalesce(week_misses.missed_millionths, 0) / 1000000.0
        )
        / (
            case when weeks.number = 0 then 4.0 else 16.0 end
            + coalesce(week_misses.miss_count, 0)
        ) as dispersion
    from as_of_days
    cross join weeks
    left join week_misses
        on
            as_of_days.as_of_date = week_misses.as_of_date
            and (weeks.number = 0) = week_misses.is_whole
),

final as (
    select
        methods.as_of_date,
        methods.method_code,
        week_dispersions.week_number,
        round(week_dispersions.dispersion, 6) as week_dispersion,
        round(
            case
                when method_misses.expected_variance > 0
                    then
                        (
                            56.0
                            + method_misses.day_count
                            * (method_misses.missed_total / method_misses.expected_variance)
                        )
                        / (56.0 + method_misses.day_count)
                else 1.0
            end,
            6
        ) as day_dispersion
    from methods
    inner join week_dispersions on methods.as_of_date = week_dispersions.as_of_date
    left join method_misses
        on
            methods.as_of_date = method_misses.as_of_date
            and methods.method_code = method_misses.method_code
)

select * from final
