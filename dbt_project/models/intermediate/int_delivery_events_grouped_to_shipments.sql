with

events as (
    select
        events.shipment_id,
        events.event_at,
        events.is_event_day_unknown,
        events.event_type_code = 'delivered' as is_delivery,
        events.event_type_code in ('bring_back', 'refused') as is_failure
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where
        events.event_type_code in ('delivered', 'bring_back', 'refused')
        and (events.event_at < shop.known_before_at or events.is_event_day_unknown)
),

grouped as (
    select
        shipment_id,
        bool_or(is_delivery and is_event_day_unknown) as has_delivery_of_unknown_day,
        bool_or(is_failure and is_event_day_unknown) as has_failure_of_unknown_day,
        min(case when is_delivery then event_at end) as first_delivered_at,
        max(case when is_failure then event_at end) as last_failed_at
    from events
    group by shipment_id
),

delivered_after_failure as (
    select
        events.shipment_id,
        min(events.event_at) as delivered_after_failure_at
    from events
    inner join grouped on events.shipment_id = grouped.shipment_id
    where events.is_delivery and events.event_at > grouped.last_failed_at
    group by events.shipment_id
),

final as (
    select
        grouped.shipment_id,
        grouped.has_delivery_of_unknown_day,
        grouped.has_failure_of_unknown_day,
        grouped.first_delivered_at,
        grouped.last_failed_at,
        delivered_after_failure.delivered_after_failure_at
    from grouped
    left join delivered_after_failure
        on grouped.shipment_id = delivered_after_failure.shipment_id
)

select * from final
