with

returns as (
    select
        return_line_id,
        requested_resolution_code,
        announced_net_amount,
        announced_date,
        dropped_date
    from {{ ref('int_return_lines_announced_to_cohorts') }}
),

paid as (
    select
        return_line_id,
        min(paid_date) as paid_date,
        count(*) > count(paid_date) as is_any_day_unknown
    from {{ ref('int_refunds_resolved_to_outcomes') }}
    where is_paid and return_line_id is not null
    group by return_line_id
),

exchanges as (
    select
        return_line_id,
        min(shipped_date) as shipped_date,
        count(*) > count(shipped_date) as is_any_day_unknown
    from {{ ref('fct_exchanges') }}
    where is_shipped
    group by return_line_id
),

-- Whoever asked for an exchange or credit waits for no cash from the first day on; nor does who got
-- the money or the replacement on a day nobody knows: that day stands before every day.
exited as (
    select
        returns.announced_net_amount,
        returns.announced_date,
        case
            when
                returns.requested_resolution_code in ('exchange', 'credit')
                or paid.is_any_day_unknown
                or exchanges.is_any_day_unknown
                then returns.announced_date
            when paid.paid_date is not null and exchanges.shipped_date is not null
                then least(paid.paid_date, exchanges.shipped_date)
            else coalesce(paid.paid_date, exchanges.shipped_date, returns.dropped_date)
        end as exit_date
    from returns
    left join paid on returns.return_line_id = paid.return_line_id
    left join exchanges on returns.return_line_id = exchanges.return_line_id
),

floored as (
    select
        announced_net_amount,
        announced_date,
        case when exit_date < announced_date then announced_date else exit_date end as exit_date
    from exited
),

final as (
    select
        cast(sum(announced_net_amount) as bigint) as announced_net_amount,
        announced_date,
        exit_date
    from floored
    group by announced_date, exit_date
)

select * from final
