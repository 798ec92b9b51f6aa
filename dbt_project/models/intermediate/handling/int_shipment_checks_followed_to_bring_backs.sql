{#- What decides most is named: what only a customer can say, then what was corrected. -#}
{%- set defects = [
    'banchi_missing', 'banchi_suspected', 'city_unknown', 'town_unknown', 'town_unlisted',
    'town_typo', 'town_missing', 'ward_missing', 'city_missing', 'city_mismatch',
    'prefecture_mismatch', 'postal_mismatch', 'postal_generic', 'postal_unknown',
    'postal_format', 'postal_missing'
] -%}
with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

-- Whoever looked at an order looked at the address of its parcels.
looked_at as (
    select
        coalesce(checks.order_id, shipments.order_id) as order_id,
        bool_or(coalesce(checks.method_code = 'manual', false)) as is_manual
    from {{ ref('stg_shop__address_checks') }} as checks
    cross join shop
    left join {{ ref('stg_shop__shipments') }} as shipments
        on checks.shipment_id = shipments.shipment_id
    where
        (checks.checked_at is null or checks.checked_at < shop.known_before_at)
        and coalesce(checks.order_id, shipments.order_id) is not null
    group by coalesce(checks.order_id, shipments.order_id)
),

bring_backs as (
    select
        events.shipment_id,
        bool_or(coalesce(events.cause_code = 'address', false)) as is_address,
        bool_or(events.cause_code is null) as has_unknown_cause,
        sum(case when events.cause_code = 'address' then events.cost_amount end) as cost_amount
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join shop
    where
        events.event_type_code = 'bring_back'
        and (events.event_at < shop.known_before_at or events.is_event_day_unknown)
    group by events.shipment_id
),

final as (
    select
        checks.shipment_id,
        checks.lane_code,
        case
            {% for defect in defects -%}
                when checks.codes_text like '%{{ defect }}%' then '{{ defect }}'
            {% endfor -%}
            else 'none'
        end as defect_code,
        bring_backs.cost_amount as bring_back_cost_amount,
        coalesce(looked_at.is_manual, false) as is_looked_at,
        coalesce(bring_backs.is_address, false) as is_brought_back,
        coalesce(bring_backs.has_unknown_cause and not bring_backs.is_address, false)
            as is_cause_unknown,
        {{ to_shop_date('shipments.shipped_at', 'shop.time_zone_name') }} as shipped_date
    from {{ ref('stg_kaeru__shipment_checks') }} as checks
    cross join shop
    inner join {{ ref('stg_shop__shipments') }} as shipments
        on checks.shipment_id = shipments.shipment_id
    left join looked_at on shipments.order_id = looked_at.order_id
    left join bring_backs on checks.shipment_id = bring_backs.shipment_id
    where
        coalesce(shipments.shipment_kind_code, 'original') <> 'return'
        and (shipments.shipped_at is null or shipments.shipped_at < shop.known_before_at)
)

select * from final
