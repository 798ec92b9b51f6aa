with

final as (
    select
        return_line_id,
        cast(sum(case when is_paid then refund_amount else 0 end) as bigint) as refunded_amount
    from {{ ref('int_refunds_resolved_to_outcomes') }}
    where return_line_id is not null
    group by return_line_id
)

select * from final
