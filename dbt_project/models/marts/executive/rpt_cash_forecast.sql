with

-- The month end before the last 12 serves the intervals alone.
as_of_days as (
    select
        as_of_date,
        is_current,
        row_number() over (order by as_of_date desc) as as_of_number
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

forecasts as (
    select
        as_of_date,
        method_code,
        week_number,
        forecast_amount,
        actual_amount,
        naive_amount,
        weighted_size_amount,
        payout_date
    from {{ ref('int_forecasts_joined_to_payouts') }}
),

dispersions as (
    select
        as_of_date,
        method_code,
        week_number,
        day_dispersion
    from {{ ref('int_forecasts_judged_to_dispersions') }}
),

spread as (
    select
        forecasts.as_of_date,
        forecasts.method_code,
        forecasts.week_number,
        forecasts.forecast_amount,
        forecasts.actual_amount,
        forecasts.naive_amount,
        dispersions.day_dispersion
        * {{ variance_of_forecast(
            'forecasts.forecast_amount',
            'cast(forecasts.forecast_amount as double) * forecasts.weighted_size_amount'
        ) }} as amount_variance,
        as_of_days.is_current,
        forecasts.payout_date
    from forecasts
    inner join as_of_days on forecasts.as_of_date = as_of_days.as_of_date
    inner join dispersions
        on
            forecasts.as_of_date = dispersions.as_of_date
            and forecasts.method_code = dispersions.method_code
            and forecasts.week_number = dispersions.week_number
    where as_of_days.as_of_number <= 13
),

final as (
    select
        method_code,
        week_number,
        forecast_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', -1.959964) }} as low_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', 1.959964) }} as high_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', -0.67449) }} as low_50_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', 0.67449) }} as high_50_amount,
        actual_amount,
        naive_amount,
        is_current,
        payout_date,
        as_of_date
    from spread
    order by as_of_date, method_code, payout_date
)

select * from final
