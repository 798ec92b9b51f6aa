with

refunds as (
    select
        method_code,
        refund_amount,
        fee_amount,
        is_outside_cash,
        paid_date
    from {{ ref('fct_refunds') }}
    where is_paid
),

final as (
    select
        method_code,
        count(*) as refund_count,
        cast(sum(refund_amount) as bigint) as refund_amount,
        cast(sum(fee_amount) as bigint) as fee_amount,
        count(case when fee_amount is null then 1 end) as unknown_fee_count,
        is_outside_cash,
        paid_date as calendar_date
    from refunds
    group by paid_date, method_code, is_outside_cash
    order by paid_date nulls last, method_code
)

select * from final
