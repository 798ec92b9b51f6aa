with

wishes as (
    select true as is_exchange_wanted

    union all

    select false as is_exchange_wanted
),

days as (
    {{ each_number(0, 28) }}
),

watched as (
    select
        as_of_date,
        is_exchange_wanted,
        waited_days,
        announced_count,
        announced_net_amount,
        returned_count,
        refund_amount
    from {{ ref('int_returns_watched_to_waiting_days') }}
),

-- Of what was on its way still after so many days.
remaining as (
    select
        watched.as_of_date,
        watched.is_exchange_wanted,
        days.number as waited_days,
        cast(sum(watched.returned_count) as double) / nullif(sum(watched.announced_count), 0)
            as arrived_rate,
        cast(sum(watched.refund_amount) as double) / nullif(sum(watched.announced_net_amount), 0)
            as refunded_rate
    from watched
    inner join days on watched.waited_days > days.number
    group by watched.as_of_date, watched.is_exchange_wanted, days.number
),

-- Where no return was on its way for so long, all returns must say.
final as (
    select
        rates.as_of_date,
        wishes.is_exchange_wanted,
        days.number as waited_days,
        coalesce(remaining.arrived_rate, rates.arrived_rate) as arrived_rate,
        coalesce(remaining.refunded_rate, rates.refunded_rate) as refunded_rate
    from {{ ref('int_returns_resolved_to_refund_rates') }} as rates
    cross join wishes
    cross join days
    left join remaining
        on
            rates.as_of_date = remaining.as_of_date
            and wishes.is_exchange_wanted = remaining.is_exchange_wanted
            and days.number = remaining.waited_days
)

select * from final
