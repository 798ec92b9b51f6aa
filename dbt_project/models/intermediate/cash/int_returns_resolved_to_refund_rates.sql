with

summed as (
    select
        as_of_date,
        cast(sum(resolved_count) as bigint) as resolved_count,
        cast(sum(announced_count) as bigint) as announced_count,
        cast(sum(announced_net_amount) as bigint) as announced_net_amount,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(refund_amount) as bigint) as refund_amount,
        cast(sum(case when not is_exchange_wanted then returned_net_amount else 0 end) as bigint)
            as unexchanged_net_amount,
        cast(sum(case when not is_exchange_wanted then refund_amount else 0 end) as bigint)
            as unexchanged_refund_amount
    from {{ ref('int_returns_watched_to_waiting_days') }}
    group by as_of_date
),

-- A shop that sends neither refunds nor exchanges has no rate of refunds.
final as (
    select
        as_of_date,
        resolved_count,
        cast(returned_count as double) / nullif(announced_count, 0) as arrived_rate,
        case
            when resolved_count > 0 and announced_net_amount > 0
                then cast(refund_amount as double) / announced_net_amount
        end as refunded_rate,
        -- What arrived and asked for no exchange is refunded more often than a return to come.
        case
            when resolved_count > 0 and unexchanged_net_amount > 0
                then cast(unexchanged_refund_amount as double) / unexchanged_net_amount
        end as arrived_refunded_rate
    from summed
)

select * from final
