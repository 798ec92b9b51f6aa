with

source as (
    {{ newest_rows(
        source('landing', 'orders'),
        keys=['order_id'],
        payload=[
            'customer_id', 'ordered_at', 'channel', 'payment_method', 'subtotal', 'discount',
            'points_used', 'shipping_fee', 'total', 'member_tier', 'policy_id',
            'policy_shown_at_checkout', 'cancelled_at', 'campaign_code', 'page_version',
            'ship_to_store'
        ]
    ) }}
),

renamed as (
    select
        order_id,
        customer_id,
        policy_id,
        campaign_code,
        page_version as page_version_code,
        channel as channel_name,
        payment_method as payment_method_name,
        member_tier as member_tier_name,
        source_system,
        cast(subtotal as bigint) as subtotal_amount,
        cast(discount as bigint) as discount_amount,
        cast(points_used as bigint) as points_amount,
        cast(shipping_fee as bigint) as shipping_fee_amount,
        cast(total as bigint) as total_amount,
        kept_place,
        other_place,
        coalesce(ordered_at = 'unknown', false) as is_ordered_day_unknown,
        cast(policy_shown_at_checkout as boolean) as policy_shown_at_checkout,
        coalesce(cancelled_at = 'unknown', false) as is_cancelled_day_unknown,
        cast(ship_to_store as boolean) as ship_to_store,
        cast(nullif(ordered_at, 'unknown') as timestamp) as ordered_at,
        cast(nullif(cancelled_at, 'unknown') as timestamp) as cancelled_at
    from source
)

select * from renamed
