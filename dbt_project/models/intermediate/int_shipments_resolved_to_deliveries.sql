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
        lead_time_days,
        has_delivery_data
    from {{ ref('stg_kaeru__source_settings') }}
),

events as (
    select
        shipment_id,
        has_delivery_of_unknown_day,
        has_failure_of_unknown_day,
        first_delivered_at,
        last_failed_at,
        delivered_after_failure_at
    from {{ ref('int_delivery_events_grouped_to_shipments') }}
),

shipments as (
    select
        shipments.shipment_id,
        shipments.order_id,
        shipments.source_system,
        coalesce(shipments.shipment_kind_code, 'original') as shipment_kind_code,
        coalesce(source_settings.lead_time_days, shop.lead_time_days) as lead_time_days,
        coalesce(source_settings.has_delivery_data, false) as has_delivery_data,
        shipments.is_delivered_day_unknown,
        shipments.shipped_at,
        case when shipments.delivered_at < shop.known_before_at then shipments.delivered_at end
            as delivered_at,
        {{ to_shop_date('shipments.shipped_at', 'shop.time_zone_name') }} as shipped_date
    from {{ ref('stg_shop__shipments') }} as shipments
    cross join shop
    left join source_settings on shipments.source_system = source_settings.source_system
    where
        (shipments.shipped_at < shop.known_before_at or shipments.is_shipped_day_unknown)
        and shipments.shipment_kind_code is distinct from 'return'
),

-- One system sends the parcels, another what became of them.
sources_known_by_events as (
    select shipments.source_system
    from shipments
    inner join events on shipments.shipment_id = events.shipment_id
    where not shipments.has_delivery_data and events.first_delivered_at is not null
    group by shipments.source_system
),

joined as (
    select
        shipments.shipment_id,
        shipments.order_id,
        shipments.shipment_kind_code,
        shipments.lead_time_days,
        shipments.has_delivery_data or sources_known_by_events.source_system is not null
            as has_delivery_data,
        shipments.is_delivered_day_unknown
        or coalesce(events.has_delivery_of_unknown_day, false) as is_delivered_day_unknown,
        events.last_failed_at is not null or coalesce(events.has_failure_of_unknown_day, false)
            as has_failed_once,
        shipments.shipped_date,
        shipments.shipped_at,
        -- After a failure only a delivery that is known to lie behind it counts.
        case
            when events.has_failure_of_unknown_day then null
            when events.last_failed_at is null
                then coalesce(shipments.delivered_at, events.first_delivered_at)
            when shipments.delivered_at > events.last_failed_at
                then least(
                    shipments.delivered_at,
                    coalesce(events.delivered_after_failure_at, shipments.delivered_at)
                )
            else events.delivered_after_failure_at
        end as delivered_at
    from shipments
    left join events on shipments.shipment_id = events.shipment_id
    left join sources_known_by_events
        on shipments.source_system = sources_known_by_events.source_system
),

estimated as (
    select
        *,
        delivered_at is null and not has_failed_once and is_delivered_day_unknown
            as has_arrived_on_unknown_day,
        delivered_at is null
        and not has_failed_once
        and not is_delivered_day_unknown
        and not has_delivery_data as is_estimated,
        {{ add_days('shipped_date', 'lead_time_days') }} as estimated_date
    from joined
),

resolved as (
    select
        estimated.shipment_id,
        estimated.order_id,
        estimated.shipment_kind_code,
        coalesce(
            estimated.delivered_at is not null
            or estimated.has_arrived_on_unknown_day
            or (
                estimated.is_estimated
                and coalesce(estimated.estimated_date <= shop.as_of_date, true)
            ),
            false
        ) as has_arrived,
        estimated.has_failed_once and estimated.delivered_at is null as has_failed,
        estimated.is_estimated,
        estimated.shipped_date,
        case
            when estimated.is_estimated then estimated.estimated_date
            else {{ to_shop_date('estimated.delivered_at', 'shop.time_zone_name') }}
        end as delivered_date,
        estimated.shipped_at,
        estimated.delivered_at
    from estimated
    cross join shop
),

final as (
    select
        shipment_id,
        order_id,
        shipment_kind_code,
        has_arrived,
        has_failed,
        is_estimated and has_arrived as is_estimated,
        shipped_date,
        case when has_arrived then delivered_date end as delivered_date,
        shipped_at,
        delivered_at
    from resolved
)

select * from final
