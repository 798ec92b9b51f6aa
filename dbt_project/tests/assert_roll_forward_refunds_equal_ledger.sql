-- What was paid in open months, and late in closed ones, is what the ledger of refunds holds.
with

steps as (
    select
        coalesce(
            sum(case when step in ('refunds', 'late_data') then amount else 0 end), 0
        ) as refunded_amount,
        min(month) as first_month,
        max(month) as last_month
    from {{ ref('rpt_roll_forward') }}
),

ledger as (
    select coalesce(sum(refunds.refund_amount), 0) as refunded_amount
    from {{ ref('fct_refunds') }} as refunds
    cross join steps
    where
        refunds.is_paid
        and substring(cast(refunds.paid_date as string), 1, 7)
        between steps.first_month and steps.last_month
)

select
    steps.refunded_amount,
    ledger.refunded_amount as ledger_amount
from steps
cross join ledger
where -steps.refunded_amount <> ledger.refunded_amount
