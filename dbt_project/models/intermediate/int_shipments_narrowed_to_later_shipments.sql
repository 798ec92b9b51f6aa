with

parcels as (
    select
        order_id,
        shipment_id,
        shipment_kind_code,
        shipped_at
    from {{ ref('int_shipments_resolved_to_deliveries') }}
),

-- Most orders leave in one parcel: only the others, and those that share their hash, go through
-- the window.
several as (
    select {{ hash_columns(['order_id', 'shipment_kind_code']) }} as order_kind_hash
    from parcels
    group by order_kind_hash
    having count(*) > 1
),

ranked as (
    select
        parcels.order_id,
        parcels.shipment_id,
        parcels.shipment_kind_code,
        row_number() over (
            partition by parcels.order_id, parcels.shipment_kind_code
            order by parcels.shipped_at nulls last, parcels.shipment_id
        ) as parcel_number
    from parcels
    inner join several
        on
            {{ hash_columns(['parcels.order_id', 'parcels.shipment_kind_code']) }}
            = several.order_kind_hash
),

final as (
    select
        shipment_id,
        order_id,
        shipment_kind_code,
        parcel_number
    from ranked
    where parcel_number > 1
)

select * from final
