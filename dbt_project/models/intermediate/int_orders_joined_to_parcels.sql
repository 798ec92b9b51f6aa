with

shop as (
    select
        time_zone_name,
        lead_time_days,
        as_of_date,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

source_settings as (
    select
        source_system,
        lead_time_days
    from {{ ref('stg_kaeru__source_settings') }}
),

orders as (
    select
        orders.order_id,
        orders.customer_id,
        orders.campaign_code,
        orders.channel_name,
        orders.payment_method_name,
        orders.source_system,
        coalesce(source_settings.lead_time_days, shop.lead_time_days) as lead_time_days,
        coalesce(orders.ordered_at >= shop.known_before_at, false) as is_late,
        coalesce(
            orders.is_cancelled_day_unknown or orders.cancelled_at < shop.known_before_at, false
        ) as is_cancelled,
        {{ to_shop_date('orders.ordered_at', 'shop.time_zone_name') }} as ordered_date,
        orders.ordered_at,
        orders.cancelled_at,
        shop.as_of_date
    from {{ ref('stg_shop__orders') }} as orders
    cross join shop
    left join source_settings on orders.source_system = source_settings.source_system
    where orders.ordered_at is not null or orders.is_ordered_day_unknown
),

shipment_sources as (
    select source_system
    from {{ ref('stg_shop__shipments') }}
    group by source_system
),

-- Another system may send the parcels of these orders; only then the orders must be looked up.
orders_sent_by_others as (
    select
        orders.order_id,
        orders.source_system
    from {{ ref('stg_shop__orders') }} as orders
    left join shipment_sources on orders.source_system = shipment_sources.source_system
    where shipment_sources.source_system is null
),

sources_sent_by_others as (
    select orders_sent_by_others.source_system
    from {{ ref('stg_shop__shipments') }} as shipments
    inner join orders_sent_by_others on shipments.order_id = orders_sent_by_others.order_id
    group by orders_sent_by_others.source_system
),

sources_with_parcels as (
    select source_system
    from shipment_sources

    union all

    select source_system
    from sources_sent_by_others
),

orders_with_shipment_lines as (
    select deliveries.order_id
    from {{ ref('stg_shop__shipment_lines') }} as shipment_lines
    inner join {{ ref('int_shipments_resolved_to_deliveries') }} as deliveries
        on shipment_lines.shipment_id = deliveries.shipment_id
    group by deliveries.order_id
),

parcels as (
    select
        order_id,
        has_arrived,
        has_failed,
        is_estimated,
        shipped_date,
        delivered_date,
        shipped_at,
        delivered_at
    from {{ ref('int_shipments_narrowed_to_orders') }}
    where shipment_kind_code = 'original'
),

joined as (
    select
        orders.*,
        orders_with_shipment_lines.order_id is not null as has_shipment_lines,
        sources_with_parcels.source_system is null as is_without_parcels,
        coalesce(parcels.has_arrived, false) as has_parcel_arrived,
        coalesce(parcels.has_failed, false) as has_parcel_failed,
        coalesce(parcels.is_estimated, false) as is_parcel_estimated,
        parcels.shipped_date as parcel_shipped_date,
        parcels.delivered_date as parcel_delivered_date,
        parcels.shipped_at as parcel_shipped_at,
        parcels.delivered_at as parcel_delivered_at,
        {{ add_days('orders.ordered_date', 'orders.lead_time_days') }} as estimated_date
    from orders
    left join parcels on orders.order_id = parcels.order_id
    left join orders_with_shipment_lines
        on orders.order_id = orders_with_shipment_lines.order_id
    left join sources_with_parcels
        on orders.source_system = sources_with_parcels.source_system
),

final as (
    select
        order_id,
        customer_id,
        campaign_code,
        channel_name,
        payment_method_name,
        is_late,
        is_cancelled,
        has_shipment_lines,
        -- A source that sends no parcels at all: the order's day and the lead time must do.
        case
            when is_without_parcels then coalesce(estimated_date <= as_of_date, true)
            else has_parcel_arrived
        end as has_parcel_arrived,
        has_parcel_failed,
        is_parcel_estimated or is_without_parcels as is_parcel_estimated,
        ordered_date,
        parcel_shipped_date,
        case
            when not is_without_parcels then parcel_delivered_date
            when estimated_date <= as_of_date then estimated_date
        end as parcel_delivered_date,
        ordered_at,
        cancelled_at,
        parcel_shipped_at,
        parcel_delivered_at
    from joined
)

select * from final
