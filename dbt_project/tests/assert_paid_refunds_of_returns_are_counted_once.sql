-- An order line with two return lines, or a return line with two refunds, doubles nothing.
with

refunds as (
    select coalesce(sum(refund_amount), 0) as refunded_amount
    from {{ ref('fct_refunds') }}
    where is_matched and is_paid
),

return_lines as (
    select coalesce(sum(refunded_amount), 0) as refunded_amount
    from {{ ref('fct_return_lines') }}
)

select
    refunds.refunded_amount,
    return_lines.refunded_amount as refunded_of_return_lines_amount
from refunds
cross join return_lines
where refunds.refunded_amount <> return_lines.refunded_amount
