with

source as (
    {{ newest_rows(
        source('landing', 'bank_payouts'),
        keys=['payout_id'],
        payload=['paid_on', 'amount', 'reference']
    ) }}
),

renamed as (
    select
        payout_id,
        reference as reference_text,
        source_system,
        cast(amount as bigint) as payout_amount,
        kept_place,
        other_place,
        cast(paid_on as date) as paid_date
    from source
)

select * from renamed
