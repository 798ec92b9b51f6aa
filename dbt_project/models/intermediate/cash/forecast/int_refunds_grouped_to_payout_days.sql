with

refunds as (
    select
        return_line_id,
        method_code,
        refund_amount,
        paid_date
    from {{ ref('int_refunds_resolved_to_outcomes') }}
    where is_paid and is_outside_cash and paid_date is not null
),

returns as (
    select
        return_line_id,
        announced_date
    from {{ ref('int_return_lines_announced_to_cohorts') }}
),

final as (
    select
        refunds.method_code,
        cast(sum(refunds.refund_amount) as bigint) as refund_amount,
        cast(sum(refunds.refund_amount * refunds.refund_amount) as bigint) as squared_total,
        returns.announced_date,
        refunds.paid_date
    from refunds
    left join returns on refunds.return_line_id = returns.return_line_id
    group by refunds.method_code, returns.announced_date, refunds.paid_date
)

select * from final
