with

refunds as (
    select
        refund_id,
        return_line_id,
        order_id,
        source_system,
        method_code,
        refund_amount,
        fee_amount,
        is_outside_cash,
        is_paid,
        is_failed,
        paid_date,
        initiated_at,
        paid_at,
        failed_at
    from {{ ref('int_refunds_resolved_to_outcomes') }}
),

return_lines as (
    select
        return_line_id,
        order_id
    from {{ ref('fct_return_lines') }}
),

final as (
    select
        refunds.refund_id,
        refunds.return_line_id,
        coalesce(refunds.order_id, return_lines.order_id) as order_id,
        refunds.source_system,
        refunds.method_code,
        refunds.refund_amount,
        refunds.fee_amount,
        return_lines.return_line_id is not null as is_matched,
        refunds.is_outside_cash,
        refunds.is_paid,
        refunds.is_failed,
        refunds.paid_date,
        refunds.initiated_at,
        refunds.paid_at,
        refunds.failed_at
    from refunds
    left join return_lines on refunds.return_line_id = return_lines.return_line_id
)

select * from final
