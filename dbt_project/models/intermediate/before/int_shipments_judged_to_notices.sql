with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

shipments as (
    select
        deliveries.shipment_id,
        deliveries.order_id,
        coalesce(deliveries.delivered_at, events.last_failed_at) as ended_at,
        deliveries.shipped_at,
        {{ to_week_start('deliveries.shipped_date') }} as week_start_date
    from {{ ref('int_shipments_resolved_to_deliveries') }} as deliveries
    left join {{ ref('int_delivery_events_grouped_to_shipments') }} as events
        on deliveries.shipment_id = events.shipment_id
    where deliveries.has_arrived or deliveries.has_failed
),

notices as (
    select
        shipment_id,
        notice_sent_at
    from {{ ref('stg_shop__shipments') }}
    -- Whether it came before the end, nobody knows.
    where not is_notice_day_unknown
),

-- What an order holds; a replacement is no sale.
sold as (
    select
        order_lines.order_id,
        order_lines.channel_name,
        coalesce(products.category_name, 'unknown') as category_name
    from {{ ref('fct_order_lines') }} as order_lines
    left join {{ ref('dim_products') }} as products on order_lines.sku = products.sku
    where
        order_lines.has_order
        and not order_lines.is_exchange_leg
        and order_lines.delivery_state_code <> 'cancelled'
),

orders as (
    select
        order_id,
        min(channel_name) as channel_name,
        case when min(category_name) = max(category_name) then min(category_name) else 'several' end
            as category_name
    from sold
    group by order_id
),

events as (
    select
        events.shipment_id,
        bool_or(events.event_type_code = 'redelivery') as is_redelivered,
        bool_or(events.event_type_code = 'bring_back') as is_brought_back
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join shop
    where events.event_at < shop.known_before_at or events.is_event_day_unknown
    group by events.shipment_id
),

contacts as (
    select
        order_id,
        contacted_at
    from {{ ref('stg_shop__contacts') }}
    where topic_code = 'delivery' and order_id is not null and contacted_at is not null
),

asked as (
    select shipments.shipment_id
    from shipments
    inner join contacts
        on
            shipments.order_id = contacts.order_id
            and shipments.shipped_at <= contacts.contacted_at
            and shipments.ended_at >= contacts.contacted_at
    group by shipments.shipment_id
),

final as (
    select
        shipments.shipment_id,
        orders.channel_name,
        orders.category_name,
        case
            when notices.notice_sent_at < shipments.ended_at then 'sent'
            else 'not_sent'
        end as group_code,
        asked.shipment_id is not null as is_asked_about,
        coalesce(events.is_redelivered, false) as is_redelivered,
        coalesce(events.is_brought_back, false) as is_brought_back,
        shipments.week_start_date
    from shipments
    inner join notices on shipments.shipment_id = notices.shipment_id
    inner join orders on shipments.order_id = orders.order_id
    left join events on shipments.shipment_id = events.shipment_id
    left join asked on shipments.shipment_id = asked.shipment_id
    where shipments.ended_at is not null and shipments.week_start_date is not null
)

select * from final
