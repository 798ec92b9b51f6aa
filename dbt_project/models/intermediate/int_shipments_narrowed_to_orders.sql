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

later_parcels as (
    select shipment_id
    from {{ ref('int_shipments_narrowed_to_later_shipments') }}
),

final as (
    select parcels.*
    from parcels
    left join later_parcels on parcels.shipment_id = later_parcels.shipment_id
    where later_parcels.shipment_id is null
)

select * from final
