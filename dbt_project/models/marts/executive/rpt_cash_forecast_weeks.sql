with

as_of_days as (
    select
        as_of_date,
        is_current,
        row_number() over (order by as_of_date desc) as as_of_number
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

days as (
    select
        as_of_date,
        week_number,
        forecast_amount,
        actual_amount,
        naive_amount,
        weighted_size_amount,
        payout_date
    from {{ ref('int_forecasts_joined_to_payouts') }}

    union all

    -- Week 0: all 56 days.
    select
        as_of_date,
        0 as week_number,
        forecast_amount,
        actual_amount,
        naive_amount,
        weighted_size_amount,
        payout_date
    from {{ ref('int_forecasts_joined_to_payouts') }}
),

summed as (
    select
        as_of_date,
        week_number,
        sum(forecast_amount) as forecast_amount,
        case when count(*) = count(actual_amount) then sum(actual_amount) end as actual_amount,
        sum(naive_amount) as naive_amount,
        sum(forecast_amount * weighted_size_amount) as chance_variance,
        count(distinct payout_date) as day_count,
        case
            when week_number = 0 then min(payout_date)
            else {{ to_week_start('min(payout_date)') }}
        end as week_start_date,
        max(payout_date) as last_date
    from days
    group by as_of_date, week_number
),

-- What was paid of the first week already.
paid as (
    select
        as_of_days.as_of_date,
        sum(payouts.refund_amount) as paid_amount
    from {{ ref('int_refunds_grouped_to_payout_days') }} as payouts
    inner join as_of_days
        on
            payouts.paid_date <= as_of_days.as_of_date
            and payouts.paid_date >= {{ to_week_start(add_days('as_of_days.as_of_date', 1)) }}
    group by as_of_days.as_of_date
),

dispersions as (
    select
        as_of_date,
        week_number,
        max(week_dispersion) as week_dispersion
    from {{ ref('int_forecasts_judged_to_dispersions') }}
    group by as_of_date, week_number
),

spread as (
    select
        summed.as_of_date,
        summed.week_number,
        summed.forecast_amount,
        summed.actual_amount,
        summed.naive_amount,
        dispersions.week_dispersion
        * {{ variance_of_forecast('summed.forecast_amount', 'summed.chance_variance') }}
            as amount_variance,
        coalesce(paid.paid_amount, 0) as paid_amount,
        summed.day_count,
        as_of_days.is_current,
        summed.week_start_date,
        summed.last_date
    from summed
    inner join as_of_days on summed.as_of_date = as_of_days.as_of_date
    inner join dispersions
        on
            summed.as_of_date = dispersions.as_of_date
            and summed.week_number = dispersions.week_number
    left join paid on summed.as_of_date = paid.as_of_date and summed.week_number = 1
    where as_of_days.as_of_number <= 13
),

final as (
    select
        week_number,
        cast(forecast_amount as bigint) as forecast_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', -1.959964) }} as low_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', 1.959964) }} as high_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', -0.67449) }} as low_50_amount,
        {{ bound_of_amount('forecast_amount', 'amount_variance', 0.67449) }} as high_50_amount,
        cast(actual_amount as bigint) as actual_amount,
        cast(naive_amount as bigint) as naive_amount,
        cast(paid_amount as bigint) as paid_amount,
        day_count,
        week_number > 0 and last_date = {{ add_days('week_start_date', 6) }} as is_whole_week,
        is_current,
        week_start_date,
        as_of_date
    from spread
    order by as_of_date, week_number
)

select * from final
