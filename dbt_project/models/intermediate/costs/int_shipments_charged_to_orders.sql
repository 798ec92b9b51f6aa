with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

final as (
    select
        shipments.order_id,
        cast(coalesce(sum(shipments.freight_amount), 0) as bigint) as known_freight_amount,
        count(case when shipments.freight_amount is null then 1 end) as uncosted_parcel_count
    from {{ ref('stg_shop__shipments') }} as shipments
    cross join shop
    where
        coalesce(shipments.shipment_kind_code, 'original') = 'original'
        and (shipments.shipped_at < shop.known_before_at or shipments.is_shipped_day_unknown)
    group by shipments.order_id
)

select * from final
