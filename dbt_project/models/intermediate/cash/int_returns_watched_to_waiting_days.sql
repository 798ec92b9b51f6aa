with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- After four weeks it is known what nearly every return became. Exchanges are settled sooner than
-- refunds: among returns of all ages those that are settled would hold too many of them.
returns as (
    select
        as_of_days.as_of_date,
        announced.return_line_id,
        coalesce(announced.requested_resolution_code, 'refund') = 'exchange' as is_exchange_wanted,
        announced.announced_count,
        announced.announced_net_amount,
        case
            when announced.returned_date <= as_of_days.as_of_date then announced.returned_count
            else 0
        end as returned_count,
        case
            when announced.returned_date <= as_of_days.as_of_date
                then announced.returned_net_amount
            else 0
        end as returned_net_amount,
        -- How long it was on its way: to the arrival, or until it was turned down.
        least(
            {{ days_between('announced.announced_date', 'as_of_days.as_of_date') }},
            coalesce(
                {{ days_between('announced.announced_date', 'announced.returned_date') }}, 29
            ),
            coalesce(
                {{ days_between('announced.announced_date', 'announced.dropped_date') }}, 29
            ),
            29
        ) as waited_days
    from {{ ref('int_return_lines_announced_to_cohorts') }} as announced
    inner join as_of_days
        on
            announced.announced_date <= {{ add_days('as_of_days.as_of_date', -28) }}
            and announced.announced_date > {{ add_days('as_of_days.as_of_date', -393) }}
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
),

exchanges as (
    select
        return_line_id,
        min(shipped_date) as shipped_date
    from {{ ref('fct_exchanges') }}
    where is_shipped and shipped_date is not null
    group by return_line_id
),

final as (
    select
        returns.as_of_date,
        returns.is_exchange_wanted,
        returns.waited_days,
        count(
            case
                when refunds.return_line_id is not null or exchanges.return_line_id is not null
                    then 1
            end
        ) as resolved_count,
        cast(sum(returns.announced_count) as bigint) as announced_count,
        cast(sum(returns.announced_net_amount) as bigint) as announced_net_amount,
        cast(sum(returns.returned_count) as bigint) as returned_count,
        cast(sum(returns.returned_net_amount) as bigint) as returned_net_amount,
        cast(
            sum(coalesce(refunds.refund_amount, 0) + coalesce(debts.outstanding_amount, 0))
            as bigint
        ) as refund_amount
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
    group by returns.as_of_date, returns.is_exchange_wanted, returns.waited_days
)

select * from final
