with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

days_ahead as (
    {{ each_number(1, 56) }}
),

curves as (
    select
        as_of_date,
        method_code,
        age_days,
        payout_millionths,
        open_millionths
    from {{ ref('int_returns_estimated_to_payout_curves') }}
),

-- Announced by the as-of day and neither paid nor exchanged by then.
waiting as (
    select
        as_of_days.as_of_date,
        {{ days_between('announced_days.announced_date', 'as_of_days.as_of_date') }} as age_days,
        sum(announced_days.announced_net_amount) as announced_net_amount
    from {{ ref('int_returns_grouped_to_exit_days') }} as announced_days
    inner join as_of_days
        on
            announced_days.announced_date <= as_of_days.as_of_date
            and announced_days.announced_date > {{ add_days('as_of_days.as_of_date', -90) }}
            and (
                announced_days.exit_date is null
                or announced_days.exit_date > as_of_days.as_of_date
            )
    group by
        as_of_days.as_of_date,
        {{ days_between('announced_days.announced_date', 'as_of_days.as_of_date') }}
),

waiting_payouts as (
    select
        waiting.as_of_date,
        later.method_code,
        later.age_days - waiting.age_days as ahead_days,
        sum(
            cast(
                round(
                    100.0 * waiting.announced_net_amount * later.payout_millionths
                    / today.open_millionths
                ) as bigint
            )
        ) as payout_hundredths
    from waiting
    inner join curves as later
        on
            waiting.as_of_date = later.as_of_date
            and waiting.age_days < later.age_days
            and waiting.age_days + 56 >= later.age_days
    inner join curves as today
        on
            waiting.as_of_date = today.as_of_date
            and later.method_code = today.method_code
            and waiting.age_days = today.age_days
    where today.open_millionths > 0
    group by waiting.as_of_date, later.method_code, later.age_days - waiting.age_days
),

expected_payouts as (
    select
        return_days.as_of_date,
        curves.method_code,
        return_days.ahead_days + curves.age_days as ahead_days,
        sum(
            cast(
                round(
                    (return_days.delivered_hundredths + return_days.future_hundredths)
                    * (curves.payout_millionths / 1000000.0)
                ) as bigint
            )
        ) as payout_hundredths
    from {{ ref('int_cohorts_projected_to_return_days') }} as return_days
    inner join curves on return_days.as_of_date = curves.as_of_date
    where return_days.ahead_days + curves.age_days <= 56
    group by
        return_days.as_of_date, curves.method_code, return_days.ahead_days + curves.age_days
),

-- Refunds of no return go on as in the last eight weeks.
other_payouts as (
    select
        as_of_days.as_of_date,
        refunds.method_code,
        cast(round(100.0 * sum(refunds.refund_amount) / 56) as bigint) as payout_hundredths
    from {{ ref('int_refunds_grouped_to_payout_days') }} as refunds
    inner join as_of_days
        on
            refunds.paid_date <= as_of_days.as_of_date
            and refunds.paid_date > {{ add_days('as_of_days.as_of_date', -56) }}
    where refunds.announced_date is null
    group by as_of_days.as_of_date, refunds.method_code
),

-- Without an expected return, or a refund by the as-of day, there is nothing to go by.
grid as (
    select
        curves.as_of_date,
        curves.method_code,
        days_ahead.number as ahead_days
    from curves
    cross join days_ahead
    inner join {{ ref('int_cohorts_projected_to_return_days') }} as return_days
        on
            curves.as_of_date = return_days.as_of_date
            and days_ahead.number = return_days.ahead_days
    where curves.age_days = 0
),

final as (
    select
        grid.as_of_date,
        grid.method_code,
        grid.ahead_days,
        cast(
            round(
                (
                    coalesce(waiting_payouts.payout_hundredths, 0)
                    + coalesce(expected_payouts.payout_hundredths, 0)
                    + coalesce(other_payouts.payout_hundredths, 0)
                )
                / 100.0
            ) as bigint
        ) as forecast_amount,
        {{ add_days('grid.as_of_date', 'grid.ahead_days') }} as payout_date
    from grid
    left join waiting_payouts
        on
            grid.as_of_date = waiting_payouts.as_of_date
            and grid.method_code = waiting_payouts.method_code
            and grid.ahead_days = waiting_payouts.ahead_days
    left join expected_payouts
        on
            grid.as_of_date = expected_payouts.as_of_date
            and grid.method_code = expected_payouts.method_code
            and grid.ahead_days = expected_payouts.ahead_days
    left join other_payouts
        on
            grid.as_of_date = other_payouts.as_of_date
            and grid.method_code = other_payouts.method_code
)

select * from final
