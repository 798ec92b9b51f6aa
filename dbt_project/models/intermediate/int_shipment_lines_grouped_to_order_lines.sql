with

shipment_lines as (
    select
        shipment_id,
        order_line_id,
        shipped_count
    from {{ ref('stg_shop__shipment_lines') }}
),

deliveries as (
    select
        shipment_id,
        has_arrived,
        has_failed,
        is_estimated,
        shipped_date,
        delivered_date,
        shipped_at,
        delivered_at
    from {{ ref('int_shipments_resolved_to_deliveries') }}
),

final as (
    select
        shipment_lines.order_line_id,
        cast(sum(shipment_lines.shipped_count) as bigint) as shipped_count,
        cast(
            sum(case when deliveries.has_arrived then shipment_lines.shipped_count else 0 end)
            as bigint
        ) as arrived_count,
        cast(
            sum(case when deliveries.has_failed then shipment_lines.shipped_count else 0 end)
            as bigint
        ) as failed_count,
        bool_or(deliveries.is_estimated) as is_estimated,
        min(deliveries.shipped_date) as shipped_date,
        min(deliveries.delivered_date) as delivered_date,
        min(deliveries.shipped_at) as shipped_at,
        min(deliveries.delivered_at) as delivered_at,
        max(deliveries.delivered_at) as last_delivered_at
    from shipment_lines
    inner join deliveries on shipment_lines.shipment_id = deliveries.shipment_id
    group by shipment_lines.order_line_id
)

select * from final
