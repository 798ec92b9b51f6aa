with

parcels as (
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
    from {{ ref('int_shipments_resolved_to_deliveries') }}
),

-- Most orders leave in one parcel: only the others go through the window.
several as (
    select
        order_id,
        shipment_kind_code
    from {{ ref('int_shipments_resolved_to_deliveries') }}
    group by order_id, shipment_kind_code
    having count(*) > 1
),

ranked as (
    select
        parcels.*,
        row_number() over (
            partition by parcels.order_id, parcels.shipment_kind_code
            order by parcels.shipped_at nulls last, parcels.shipment_id
        ) as parcel_number
    from parcels
    inner join several
        on
            parcels.order_id = several.order_id
            and parcels.shipment_kind_code = several.shipment_kind_code
),

final as (
    select
        parcels.order_id,
        parcels.shipment_id,
        parcels.shipment_kind_code,
        parcels.has_arrived,
        parcels.has_failed,
        parcels.is_estimated,
        parcels.shipped_date,
        parcels.delivered_date,
        parcels.shipped_at,
        parcels.delivered_at
    from parcels
    left join several
        on
            parcels.order_id = several.order_id
            and parcels.shipment_kind_code = several.shipment_kind_code
    where several.order_id is null

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
