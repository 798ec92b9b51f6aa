-- What was paid in open months, and late in closed ones, is what the ledger of refunds holds
-- beyond what was known to be paid before the first month.
with

steps as (
    select
        month,
        sum(case when step in ('refunds', 'late_data') then amount else 0 end) as refunded_amount
    from {{ ref('rpt_roll_forward') }}
    group by month
),

bounds as (
    select
        sum(refunded_amount) as refunded_amount,
        min(month) as first_month,
        max(month) as last_month
    from steps
),

ledger as (
    select
        coalesce(sum(refunds.refund_amount), 0) as paid_amount,
        coalesce(
            sum(
                case
                    when
                        substring(cast(refunds.paid_date as string), 1, 7) < bounds.first_month
                        then refunds.refund_amount
                    else 0
                end
            ), 0
        ) as paid_before_amount
    from {{ ref('fct_refunds') }} as refunds
    cross join bounds
    where
        refunds.is_paid
        and substring(cast(refunds.paid_date as string), 1, 7) <= bounds.last_month
),

-- A closed first month says itself what had been paid before it.
first_closing as (
    select max(closings.amount + steps.refunded_amount) as paid_before_amount
    from {{ ref('rpt_closings') }} as closings
    inner join bounds on closings.month = bounds.first_month
    inner join steps on closings.month = steps.month
    where closings.metric = 'refunds_to_date'
)

select
    bounds.refunded_amount,
    ledger.paid_amount,
    ledger.paid_before_amount
from bounds
cross join ledger
cross join first_closing
where
    -bounds.refunded_amount
    <> ledger.paid_amount
    - coalesce(first_closing.paid_before_amount, ledger.paid_before_amount)
