with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

returns as (
    select
        as_of_days.as_of_date,
        seen_returns.return_line_id,
        seen_returns.returned_net_amount
    from {{ ref('int_return_lines_seen_to_cohorts') }} as seen_returns
    inner join as_of_days
        on
            seen_returns.seen_date <= as_of_days.as_of_date
            and seen_returns.seen_date > {{ add_days('as_of_days.as_of_date', -365) }}
),

refund_days as (
    select
        return_line_id,
        paid_date,
        sum(refund_amount) as refund_amount
    from {{ ref('int_refunds_resolved_to_outcomes') }}
    where is_paid and paid_date is not null and return_line_id is not null
    group by return_line_id, paid_date
),

refunds as (
    select
        as_of_days.as_of_date,
        refund_days.return_line_id,
        sum(refund_days.refund_amount) as refund_amount
    from refund_days
    inner join as_of_days on refund_days.paid_date <= as_of_days.as_of_date
    group by as_of_days.as_of_date, refund_days.return_line_id
),

exchanges as (
    select
        return_line_id,
        min(shipped_date) as shipped_date
    from {{ ref('int_exchanges_joined_to_products') }}
    where is_shipped and shipped_date is not null
    group by return_line_id
),

final as (
    select
        returns.as_of_date,
        count(*) as resolved_count,
        cast(sum(coalesce(refunds.refund_amount, 0)) as bigint) as refund_amount,
        cast(sum(returns.returned_net_amount) as bigint) as returned_net_amount,
        case
            when sum(returns.returned_net_amount) > 0
                then
                    cast(sum(coalesce(refunds.refund_amount, 0)) as double)
                    / sum(returns.returned_net_amount)
        end as refunded_rate
    from returns
    left join refunds
        on
            returns.as_of_date = refunds.as_of_date
            and returns.return_line_id = refunds.return_line_id
    left join exchanges
        on
            returns.return_line_id = exchanges.return_line_id
            and returns.as_of_date >= exchanges.shipped_date
    where refunds.return_line_id is not null or exchanges.return_line_id is not null
    group by returns.as_of_date
)

select * from final
