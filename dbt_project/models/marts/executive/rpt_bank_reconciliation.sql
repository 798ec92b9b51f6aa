with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

payouts as (
    select
        payouts.payout_id,
        payouts.reference_text,
        payouts.payout_amount,
        payouts.paid_date
    from {{ ref('stg_shop__bank_payouts') }} as payouts
    cross join shop
    where shop.as_of_date is null or payouts.paid_date <= shop.as_of_date
),

covered as (
    select
        min(paid_date) as first_date,
        max(paid_date) as last_date
    from payouts
),

refunds as (
    select
        refund_id,
        method_code,
        refund_amount,
        paid_date
    from {{ ref('fct_refunds') }}
    where is_paid and is_outside_cash
),

matches as (
    select
        payout_id,
        refund_id,
        match_basis_code
    from {{ ref('int_bank_payouts_matched_to_refunds') }}
),

-- A bank transfer is expected in the bank's file; another refund only if a payout names it.
refund_sides as (
    select
        refunds.refund_id,
        matches.payout_id,
        refunds.method_code,
        matches.match_basis_code,
        refunds.refund_amount,
        refunds.paid_date
    from refunds
    left join matches on refunds.refund_id = matches.refund_id
    where matches.refund_id is not null or refunds.method_code = 'bank_transfer'
),

joined as (
    select
        refund_sides.refund_id,
        payouts.payout_id,
        payouts.reference_text,
        refund_sides.method_code,
        refund_sides.match_basis_code,
        refund_sides.refund_amount,
        payouts.payout_amount,
        covered.first_date,
        covered.last_date,
        refund_sides.paid_date as refund_paid_date,
        payouts.paid_date as payout_paid_date
    from refund_sides
    full join payouts on refund_sides.payout_id = payouts.payout_id
    cross join covered
    where covered.first_date is not null
),

final as (
    select
        case when refund_id is null then 'payout:' || payout_id else 'refund:' || refund_id end
            as reconciliation_id,
        refund_id,
        payout_id,
        reference_text,
        method_code,
        case
            when refund_id is null then 'payout_only'
            when payout_id is not null and payout_amount = refund_amount then 'matched'
            when payout_id is not null then 'amount_differs'
            when refund_paid_date between first_date and last_date then 'refund_only'
            else 'outside_bank_file'
        end as reconciliation_state_code,
        match_basis_code,
        refund_amount,
        payout_amount,
        coalesce(payout_amount, 0) - coalesce(refund_amount, 0) as difference_amount,
        refund_paid_date,
        payout_paid_date
    from joined
    order by payout_paid_date nulls last, refund_paid_date nulls last, reconciliation_id
)

select * from final
