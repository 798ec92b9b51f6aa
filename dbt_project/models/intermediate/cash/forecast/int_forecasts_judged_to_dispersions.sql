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

-- Squared error beyond chance, relative to the forecast, in whole millionths.
missed as (
    select
        as_of_date,
        week_number,
        {{ to_millionths(
            '((cast(actual_amount - forecast_amount as double) * (actual_amount - forecast_amount))'
            ' - chance_variance) / (cast(forecast_amount as double) * forecast_amount)'
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
        week_number,
        count(*) as miss_count,
        sum(missed_millionths) as missed_millionths
    from missed
    group by as_of_date, week_number
),

method_misses as (
    select
        as_of_date,
        method_code,
        sum((actual_amount - forecast_amount) * (actual_amount - forecast_amount))
        - sum(chance_variance) as missed_total,
        sum(forecast_amount * forecast_amount) as squared_total
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

-- Two misses of 10 % are believed before the first is seen; nothing is surer than 2 %.
week_variances as (
    select
        as_of_days.as_of_date,
        weeks.number as week_number,
        greatest(
            (coalesce(week_misses.missed_millionths, 0) + 20000)
            / (1000000.0 * (coalesce(week_misses.miss_count, 0) + 2)),
            0.0004
        ) as relative_variance
    from as_of_days
    cross join weeks
    left join week_misses
        on
            as_of_days.as_of_date = week_misses.as_of_date
            and weeks.number = week_misses.week_number
),

final as (
    select
        methods.as_of_date,
        methods.method_code,
        week_variances.week_number,
        round(week_variances.relative_variance, 6) as week_relative_variance,
        round(
            greatest(
                week_variances.relative_variance,
                coalesce(
                    method_misses.missed_total
                    / cast(nullif(method_misses.squared_total, 0) as double),
                    0.0
                )
            ),
            6
        ) as day_relative_variance
    from methods
    inner join week_variances on methods.as_of_date = week_variances.as_of_date
    left join method_misses
        on
            methods.as_of_date = method_misses.as_of_date
            and methods.method_code = method_misses.method_code
)

select * from final
