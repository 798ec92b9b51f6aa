-- With a bank file, every payout and every paid bank transfer stands in exactly one row.
with

bank as (
    select
        count(*) as payout_count,
        coalesce(sum(payouts.payout_amount), 0) as payout_amount
    from {{ ref('stg_shop__bank_payouts') }} as payouts
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where shop.as_of_date is null or payouts.paid_date <= shop.as_of_date
),

transfers as (
    select coalesce(sum(refund_amount), 0) as refund_amount
    from {{ ref('fct_refunds') }}
    where is_paid and method_code = 'bank_transfer'
),

rows_of_both as (
    select
        count(payout_id) as payout_count,
        coalesce(sum(payout_amount), 0) as payout_amount,
        coalesce(
            sum(case when method_code = 'bank_transfer' then refund_amount else 0 end), 0
        ) as refund_amount
    from {{ ref('rpt_bank_reconciliation') }}
)

select
    rows_of_both.payout_count,
    rows_of_both.payout_amount,
    rows_of_both.refund_amount
from rows_of_both
cross join bank
cross join transfers
where
    rows_of_both.payout_count <> bank.payout_count
    or rows_of_both.payout_amount <> bank.payout_amount
    or (bank.payout_count > 0 and rows_of_both.refund_amount <> transfers.refund_amount)
