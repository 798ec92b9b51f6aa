with

source as (
    {{ newest_rows(
        source('landing', 'shipments'),
        keys=['shipment_id'],
        payload=[
            'order_id', 'kind', 'carrier', 'tracking_number', 'shipped_at', 'delivered_at',
            'freight_cost', 'notice_sent_at', 'country'
        ]
    ) }}
),

renamed as (
    select
        shipment_id,
        order_id,
        tracking_number,
        kind as shipment_kind_code,
        carrier as carrier_name,
        country as country_code,
        source_system,
        cast(freight_cost as bigint) as freight_amount,
        kept_place,
        other_place,
        coalesce(shipped_at = 'unknown', false) as is_shipped_day_unknown,
        coalesce(delivered_at = 'unknown', false) as is_delivered_day_unknown,
        cast(nullif(shipped_at, 'unknown') as timestamp) as shipped_at,
        coalesce(notice_sent_at = 'unknown', false) as is_notice_day_unknown,
        cast(nullif(delivered_at, 'unknown') as timestamp) as delivered_at,
        cast(nullif(notice_sent_at, 'unknown') as timestamp) as notice_sent_at
    from source
)

select * from renamed
