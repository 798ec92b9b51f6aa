with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- What was not graded 30 days after it arrived waits for nothing any more.
returns as (
    select
        as_of_days.as_of_date,
        seen_returns.return_line_id,
        seen_returns.channel_name,
        seen_returns.category_name,
        seen_returns.returned_net_amount
    from {{ ref('int_return_lines_seen_to_cohorts') }} as seen_returns
    inner join as_of_days
        on
            seen_returns.seen_date <= as_of_days.as_of_date
            and seen_returns.seen_date > {{ add_days('as_of_days.as_of_date', -30) }}
    where coalesce(seen_returns.requested_resolution_code, 'refund') <> 'exchange'
),

paid as (
    select
        return_line_id,
        min(paid_date) as paid_date
    from {{ ref('int_refunds_resolved_to_outcomes') }}
    where is_paid and return_line_id is not null
    group by return_line_id
),

exchanges as (
    select return_line_id
    from {{ ref('int_exchanges_joined_to_products') }}
    group by return_line_id
),

final as (
    select
        returns.as_of_date,
        returns.return_line_id,
        returns.channel_name,
        returns.category_name,
        returns.returned_net_amount
    from returns
    left join {{ ref('int_debts_listed_to_as_of_days') }} as debts
        on
            returns.as_of_date = debts.as_of_date
            and returns.return_line_id = debts.return_line_id
    left join paid
        on
            returns.return_line_id = paid.return_line_id
            and returns.as_of_date >= paid.paid_date
    left join exchanges on returns.return_line_id = exchanges.return_line_id
    where
        debts.return_line_id is null
        and paid.return_line_id is null
        and exchanges.return_line_id is null
)

select * from final
