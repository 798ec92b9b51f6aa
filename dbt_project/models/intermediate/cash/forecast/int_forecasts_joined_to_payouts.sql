with

as_of_days as (
    select
        as_of_date,
        max(case when is_current then as_of_date end) over () as current_date_of_shop
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

forecasts as (
    select
        as_of_date,
        method_code,
        ahead_days,
        forecast_amount,
        payout_date
    from {{ ref('int_refunds_projected_to_payout_days') }}
),

payouts as (
    select
        method_code,
        sum(refund_amount) as refund_amount,
        sum(squared_total) as squared_total,
        paid_date
    from {{ ref('int_refunds_grouped_to_payout_days') }}
    group by method_code, paid_date
),

-- The first two months of a shop's refunds are no year to compare with.
reach as (
    select {{ add_days('min(paid_date)', 60) }} as first_date
    from payouts
),

recent as (
    select
        as_of_days.as_of_date,
        payouts.method_code,
        {{ days_between('payouts.paid_date', 'as_of_days.as_of_date') }} % 7 as phase_days,
        sum(payouts.refund_amount) as refund_amount
    from payouts
    inner join as_of_days
        on
            payouts.paid_date <= as_of_days.as_of_date
            and payouts.paid_date > {{ add_days('as_of_days.as_of_date', -28) }}
    group by
        as_of_days.as_of_date,
        payouts.method_code,
        {{ days_between('payouts.paid_date', 'as_of_days.as_of_date') }} % 7
),

-- The variance of a sum of random payouts is its mean times this: the mean payout, weighted by
-- its size.
sizes as (
    select
        as_of_days.as_of_date,
        payouts.method_code,
        sum(payouts.squared_total) as squared_total,
        sum(payouts.refund_amount) as refund_amount
    from payouts
    inner join as_of_days
        on
            payouts.paid_date <= as_of_days.as_of_date
            and payouts.paid_date > {{ add_days('as_of_days.as_of_date', -182) }}
    group by as_of_days.as_of_date, payouts.method_code
),

final as (
    select
        forecasts.as_of_date,
        forecasts.method_code,
        forecasts.ahead_days,
        -- Weeks begin on Monday; the first is that of the as-of day's morrow.
        cast(
            {{ divide_down(
                days_between(
                    to_week_start(add_days('forecasts.as_of_date', 1)), 'forecasts.payout_date'
                ),
                7
            ) }} + 1 as bigint
        ) as week_number,
        forecasts.forecast_amount,
        case
            when forecasts.payout_date <= as_of_days.current_date_of_shop
                then cast(coalesce(payouts.refund_amount, 0) as bigint)
        end as actual_amount,
        cast(
            case
                when {{ add_days('forecasts.payout_date', -364) }} >= reach.first_date
                    then coalesce(last_year.refund_amount, 0)
                else round(coalesce(recent.refund_amount, 0) / 4.0)
            end as bigint
        ) as naive_amount,
        cast(
            round(
                coalesce(
                    sizes.squared_total / cast(nullif(sizes.refund_amount, 0) as double), 0.0
                )
            ) as bigint
        ) as weighted_size_amount,
        forecasts.payout_date
    from forecasts
    inner join as_of_days on forecasts.as_of_date = as_of_days.as_of_date
    cross join reach
    left join payouts
        on
            forecasts.method_code = payouts.method_code
            and forecasts.payout_date = payouts.paid_date
    left join payouts as last_year
        on
            forecasts.method_code = last_year.method_code
            and {{ add_days('forecasts.payout_date', -364) }} = last_year.paid_date
    left join recent
        on
            forecasts.as_of_date = recent.as_of_date
            and forecasts.method_code = recent.method_code
            and (forecasts.ahead_days + recent.phase_days) % 7 = 0
    left join sizes
        on
            forecasts.as_of_date = sizes.as_of_date
            and forecasts.method_code = sizes.method_code
)

select * from final
