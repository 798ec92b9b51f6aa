with

source as (
    {{ newest_rows(
        source('landing', 'refunds'),
        keys=['refund_id'],
        payload=[
            'return_line_id', 'order_id', 'method', 'amount', 'fee', 'initiated_at', 'paid_at',
            'failed_at'
        ]
    ) }}
),

renamed as (
    select
        refund_id,
        return_line_id,
        order_id,
        method as method_code,
        source_system,
        cast(amount as bigint) as refund_amount,
        cast(fee as bigint) as fee_amount,
        kept_place,
        other_place,
        coalesce(initiated_at = 'unknown', false) as is_initiated_day_unknown,
        coalesce(paid_at = 'unknown', false) as is_paid_day_unknown,
        coalesce(failed_at = 'unknown', false) as is_failed_day_unknown,
        cast(nullif(initiated_at, 'unknown') as timestamp) as initiated_at,
        cast(nullif(paid_at, 'unknown') as timestamp) as paid_at,
        cast(nullif(failed_at, 'unknown') as timestamp) as failed_at
    from source
)

select * from renamed
