with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- Exchanges are settled sooner than refunds: among returns of all ages those that are settled
-- would hold too many of them. After two weeks it is known what nearly every return became.
returns as (
    select
        as_of_days.as_of_date,
        seen_returns.return_line_id,
        seen_returns.returned_net_amount,
        coalesce(seen_returns.requested_resolution_code, 'refund') = 'exchange'
            as is_exchange_wanted
    from {{ ref('int_return_lines_seen_to_cohorts') }} as seen_returns
    inner join as_of_days
        on
            seen_returns.seen_date <= {{ add_days('as_of_days.as_of_date', -14) }}
            and seen_returns.seen_date > {{ add_days('as_of_days.as_of_date', -379) }}
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

-- What is accepted and unpaid is owed, whether or not the payment failed.
debts as (
    select
        as_of_date,
        return_line_id,
        outstanding_amount
    from {{ ref('int_debts_listed_to_as_of_days') }}
    where outstanding_amount > 0
),

exchanges as (
    select
        return_line_id,
        min(shipped_date) as shipped_date
    from {{ ref('int_exchanges_joined_to_products') }}
    where is_shipped and shipped_date is not null
    group by return_line_id
),

summed as (
    select
        returns.as_of_date,
        count(
            case
                when refunds.return_line_id is not null or exchanges.return_line_id is not null
                    then 1
            end
        ) as resolved_count,
        cast(sum(coalesce(refunds.refund_amount, 0)) as bigint) as refund_amount,
        cast(sum(coalesce(debts.outstanding_amount, 0)) as bigint) as owed_amount,
        cast(sum(returns.returned_net_amount) as bigint) as returned_net_amount,
        sum(
            case
                when not returns.is_exchange_wanted
                    then coalesce(refunds.refund_amount, 0) + coalesce(debts.outstanding_amount, 0)
                else 0
            end
        ) as unexchanged_refund_amount,
        sum(case when not returns.is_exchange_wanted then returns.returned_net_amount else 0 end)
            as unexchanged_net_amount
    from returns
    left join refunds
        on
            returns.as_of_date = refunds.as_of_date
            and returns.return_line_id = refunds.return_line_id
    left join debts
        on
            returns.as_of_date = debts.as_of_date
            and returns.return_line_id = debts.return_line_id
    left join exchanges
        on
            returns.return_line_id = exchanges.return_line_id
            and returns.as_of_date >= exchanges.shipped_date
    group by returns.as_of_date
),

-- A shop that sends neither refunds nor exchanges has no rate.
final as (
    select
        as_of_date,
        resolved_count,
        refund_amount,
        owed_amount,
        returned_net_amount,
        case
            when returned_net_amount > 0
                then cast(refund_amount + owed_amount as double) / returned_net_amount
        end as refunded_rate,
        -- What arrived and asked for no exchange is refunded more often than a return to come.
        case
            when unexchanged_net_amount > 0
                then cast(unexchanged_refund_amount as double) / unexchanged_net_amount
        end as arrived_refunded_rate
    from summed
    where resolved_count > 0
)

select * from final
