with

deliveries as (
    select
        shipment_id,
        order_id,
        shipment_kind_code,
        has_arrived,
        has_failed,
        is_estimated,
        shipped_date,
        delivered_date,
        shipped_at,
        delivered_at
    from {{ ref('int_shipments_resolved_to_deliveries') }}
),

-- Most orders leave in one parcel: they skip the window.
parcels as (
    select
        order_id,
        shipment_kind_code,
        min(shipment_id) as shipment_id,
        bool_or(has_arrived) as has_arrived,
        bool_or(has_failed) as has_failed,
        bool_or(is_estimated) as is_estimated,
        min(shipped_date) as shipped_date,
        min(delivered_date) as delivered_date,
        min(shipped_at) as shipped_at,
        min(delivered_at) as delivered_at,
        count(*) as parcel_count
    from deliveries
    group by order_id, shipment_kind_code
),

ranked as (
    select
        deliveries.*,
        row_number() over (
            partition by deliveries.order_id, deliveries.shipment_kind_code
            order by deliveries.shipped_at nulls last, deliveries.shipment_id
        ) as parcel_number
    from deliveries
    inner join parcels
        on
            deliveries.order_id = parcels.order_id
            and deliveries.shipment_kind_code = parcels.shipment_kind_code
    where parcels.parcel_count > 1
),

final as (
    select
        order_id,
        shipment_id,
        shipment_kind_code,
        has_arrived,
        has_failed,
        is_estimated,
        shipped_date,
        delivered_date,
        shipped_at,
        delivered_at
    from parcels
    where parcel_count = 1

    union all

    select
        order_id,
        shipment_id,
        shipment_kind_code,
        has_arrived,
        has_failed,
        is_estimated,
        shipped_date,
        delivered_date,
        shipped_at,
        delivered_at
    from ranked
    where parcel_number = 1
)

select * from final
