with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

events as (
    select
        events.shipment_id,
        bool_or(coalesce(events.cause_code = 'address', false)) as is_address,
        bool_or(events.cause_code is null) as has_unknown_cause
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join shop
    where
        events.event_type_code = 'bring_back'
        and (events.event_at < shop.known_before_at or events.is_event_day_unknown)
    group by events.shipment_id
),

shipments as (
    select
        shipments.shipment_id,
        {{ to_shop_date('shipments.shipped_at', 'shop.time_zone_name') }} as shipped_date
    from {{ ref('stg_shop__shipments') }} as shipments
    cross join shop
    where
        coalesce(shipments.shipment_kind_code, 'original') <> 'return'
        and shipments.shipped_at < shop.known_before_at
),

-- What came back for no stated cause is in neither part of the rate.
final as (
    select
        count(*) as parcel_count,
        count(case when events.is_address then 1 end) as brought_back_count,
        count(case when events.has_unknown_cause and not events.is_address then 1 end)
            as unknown_cause_count
    from shipments
    cross join months
    left join events on shipments.shipment_id = events.shipment_id
    where shipments.shipped_date between months.first_date and months.last_date
)

select * from final
