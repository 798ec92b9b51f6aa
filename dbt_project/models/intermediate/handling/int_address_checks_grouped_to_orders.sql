{%- set defects = [
    'prefecture_mismatch', 'ward_missing', 'city_missing', 'city_mismatch', 'postal_missing',
    'postal_format', 'postal_unknown', 'postal_mismatch', 'postal_generic', 'town_missing',
    'town_typo', 'town_unlisted', 'town_unknown', 'city_unknown', 'banchi_missing',
    'banchi_suspected'
] -%}
with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

shipments as (
    select
        shipment_id,
        order_id,
        shipment_kind_code,
        shipped_at
    from {{ ref('stg_shop__shipments') }}
),

imported as (
    select
        coalesce(checks.order_id, shipments.order_id) as order_id,
        checks.method_code,
        statuses.lane_code,
        checks.codes_text,
        false as is_own,
        checks.checked_at
    from {{ ref('stg_shop__address_checks') }} as checks
    cross join shop
    left join shipments on checks.shipment_id = shipments.shipment_id
    left join {{ ref('address_statuses') }} as statuses
        on lower(trim(checks.status_name)) = statuses.status_text
    where
        (checks.checked_at is null or checks.checked_at < shop.known_before_at)
        and coalesce(checks.order_id, shipments.order_id) is not null
),

imported_orders as (
    select distinct order_id
    from imported
),

-- Where somebody else checked an order, that knows more: what the customer answered, who looked.
-- Our own check judges the address alone, so it stands from the moment the parcel left.
own as (
    select
        shipments.order_id,
        'system' as method_code,
        checks.lane_code,
        checks.codes_text,
        true as is_own,
        shipments.shipped_at as checked_at
    from {{ ref('stg_kaeru__shipment_checks') }} as checks
    cross join shop
    inner join shipments on checks.shipment_id = shipments.shipment_id
    left join imported_orders on shipments.order_id = imported_orders.order_id
    where
        imported_orders.order_id is null
        and coalesce(shipments.shipment_kind_code, 'original') <> 'return'
        and (shipments.shipped_at is null or shipments.shipped_at < shop.known_before_at)
),

gathered as (
    select
        order_id,
        method_code,
        lane_code,
        codes_text,
        is_own,
        checked_at
    from imported
    union all
    select
        order_id,
        method_code,
        lane_code,
        codes_text,
        is_own,
        checked_at
    from own
),

checks as (
    select
        order_id,
        method_code,
        lane_code,
        coalesce(
            {% for defect in defects -%}
                lower(codes_text) like '%{{ defect }}%'
                {%- if not loop.last %}
                    or {% endif %}
            {%- endfor %},
            false
        ) as has_defect_code,
        is_own,
        checked_at
    from gathered
),

-- The last word stands; of words of the same moment the open one.
numbered as (
    select
        order_id,
        lane_code,
        row_number() over (
            partition by order_id
            order by
                checked_at desc nulls last,
                case when lane_code = 'ask' then 0 else 1 end
        ) as word_number
    from checks
    where lane_code in ('ship', 'correct', 'ask', 'resolved')
),

last_words as (
    select
        order_id,
        lane_code
    from numbered
    where word_number = 1
),

grouped as (
    select
        order_id,
        bool_or(coalesce(lane_code in ('ship', 'correct', 'ask', 'resolved'), false))
            as is_checked,
        bool_or(
            coalesce(
                lane_code in ('correct', 'ask', 'resolved')
                or (lane_code = 'ship' and has_defect_code),
                false
            )
        ) as has_defect,
        bool_or(coalesce(lane_code = 'ship', false)) as is_passed,
        bool_or(coalesce(lane_code = 'ship' and checked_at is null, false))
            as is_passed_day_unknown,
        bool_or(coalesce(lane_code = 'not_checked', false)) as is_skipped,
        bool_or(lane_code is null) as has_unknown_status,
        bool_or(coalesce(method_code = 'manual', false)) as is_manual,
        -- Our own check says nothing of who else looked.
        bool_or(not is_own and method_code is not null) as has_method,
        bool_or(method_code is null) as has_unknown_method,
        min(case when lane_code = 'ship' then checked_at end) as passed_at
    from checks
    group by order_id
),

bring_backs as (
    select
        shipments.order_id,
        bool_or(coalesce(events.cause_code = 'address', false)) as is_caused_by_address,
        bool_or(events.cause_code is null) as has_unknown_cause,
        bool_or(events.cause_code is not null) as has_known_cause,
        bool_or(coalesce(events.cause_code = 'address', false) and events.is_event_day_unknown)
            as is_address_day_unknown,
        max(case when events.cause_code = 'address' then events.event_at end) as address_at
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join shop
    inner join shipments on events.shipment_id = shipments.shipment_id
    where
        events.event_type_code = 'bring_back'
        and (events.event_at < shop.known_before_at or events.is_event_day_unknown)
    group by shipments.order_id
),

-- What came back before it passed is why it was looked at, and no miss.
final as (
    select
        grouped.order_id,
        grouped.is_checked,
        grouped.has_defect,
        grouped.has_defect and coalesce(last_words.lane_code <> 'ask', false) as is_closed,
        grouped.is_passed,
        grouped.is_passed
        and coalesce(
            bring_backs.is_caused_by_address
            and (
                grouped.is_passed_day_unknown
                or bring_backs.is_address_day_unknown
                or bring_backs.address_at >= grouped.passed_at
            ),
            false
        ) as is_missed,
        grouped.is_passed
        and coalesce(
            bring_backs.has_unknown_cause and not bring_backs.is_caused_by_address, false
        ) as is_cause_unknown,
        coalesce(bring_backs.has_known_cause, false) as has_known_cause,
        grouped.is_skipped and not grouped.is_checked and not grouped.is_manual as is_skipped,
        grouped.has_unknown_status,
        grouped.is_manual,
        grouped.has_method,
        grouped.has_unknown_method
    from grouped
    left join last_words on grouped.order_id = last_words.order_id
    left join bring_backs on grouped.order_id = bring_backs.order_id
)

select * from final
