with

source as (
    {{ newest_rows(
        source('landing', 'exchanges'),
        keys=['exchange_id'],
        payload=[
            'return_line_id', 'replacement_sku', 'replacement_order_line_id', 'shipped_at',
            'is_shipping_free', 'price_difference', 'bonus_credit'
        ]
    ) }}
),

renamed as (
    select
        exchange_id,
        return_line_id,
        replacement_sku,
        replacement_order_line_id,
        source_system,
        cast(price_difference as bigint) as price_difference_amount,
        cast(bonus_credit as bigint) as bonus_credit_amount,
        kept_place,
        other_place,
        coalesce(shipped_at = 'unknown', false) as is_shipped_day_unknown,
        cast(is_shipping_free as boolean) as is_shipping_free,
        cast(nullif(shipped_at, 'unknown') as timestamp) as shipped_at
    from source
)

select * from renamed
