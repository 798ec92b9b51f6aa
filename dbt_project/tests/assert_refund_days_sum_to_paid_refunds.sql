-- To the yen, whatever the rail and even where the day is not known.
with

days as (
    select
        coalesce(sum(refund_count), 0) as refund_count,
        coalesce(sum(refund_amount), 0) as refund_amount,
        coalesce(sum(fee_amount), 0) as fee_amount
    from {{ ref('rpt_refund_days') }}
),

refunds as (
    select
        count(*) as refund_count,
        coalesce(sum(refund_amount), 0) as refund_amount,
        coalesce(sum(fee_amount), 0) as fee_amount
    from {{ ref('fct_refunds') }}
    where is_paid
)

select
    days.refund_count,
    days.refund_amount,
    days.fee_amount
from days
cross join refunds
where
    days.refund_count <> refunds.refund_count
    or days.refund_amount <> refunds.refund_amount
    or days.fee_amount <> refunds.fee_amount
