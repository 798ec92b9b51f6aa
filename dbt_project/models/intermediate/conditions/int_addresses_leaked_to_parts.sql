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

checks as (
    select
        checks.method_code,
        checks.minutes_spent,
        coalesce(checks.order_id, shipments.order_id) as order_id,
        {{ to_shop_date('checks.checked_at', 'shop.time_zone_name') }} as checked_date
    from {{ ref('stg_shop__address_checks') }} as checks
    cross join shop
    left join {{ ref('stg_shop__shipments') }} as shipments
        on checks.shipment_id = shipments.shipment_id
    where checks.checked_at < shop.known_before_at
),

-- Several looks at one order, of which none says its minutes, are one look.
looks as (
    select
        checks.order_id,
        sum({{ to_millionths('checks.minutes_spent') }}) as recorded_millionths
    from checks
    cross join months
    where
        checks.method_code = 'manual'
        and checks.order_id is not null
        and checks.checked_date between months.first_date and months.last_date
    group by checks.order_id
),

looked_at as (
    select
        count(case when recorded_millionths is null then 1 end) as case_count,
        coalesce(sum(recorded_millionths), 0) as recorded_millionths
    from looks
),

told_checks as (
    select
        case
            when count(*) = 0 then 'address_checks'
            when count(method_code) = 0 then 'address_checks.method'
        end as missing_name
    from checks
),

events as (
    select
        case events.event_type_code
            when 'bring_back' then 'bring_backs'
            when 'redelivery' then 'redeliveries'
        end as part_code,
        events.cause_code,
        events.cost_amount,
        {{ to_shop_date('events.event_at', 'shop.time_zone_name') }} as event_date
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join shop
    where events.event_at < shop.known_before_at
),

-- A shop whose bring-backs never say why does not say which were for the address.
told_events as (
    select
        case
            when count(*) = 0 then 'delivery_events'
            when
                count(case when part_code = 'bring_backs' then 1 end) > 0
                and count(case when part_code = 'bring_backs' then cause_code end) = 0
                then 'delivery_events.cause'
        end as missing_name
    from events
),

brought as (
    select
        events.part_code,
        count(case when events.cost_amount is null then 1 end) as case_count,
        sum(coalesce(events.cost_amount, 0)) as recorded_amount
    from events
    cross join months
    where
        events.cause_code = 'address'
        and events.event_date between months.first_date and months.last_date
    group by events.part_code
),

final as (
    select
        'address_looks' as part_code,
        told_checks.missing_name,
        looked_at.case_count,
        {{ from_millionths('looked_at.recorded_millionths') }} as recorded_quantity
    from looked_at
    cross join told_checks

    union all

    select
        parts.part_code,
        told_events.missing_name,
        coalesce(brought.case_count, 0) as case_count,
        cast(coalesce(brought.recorded_amount, 0) as double) as recorded_quantity
    from {{ ref('leak_parts') }} as parts
    cross join told_events
    left join brought on parts.part_code = brought.part_code
    where parts.part_code in ('bring_backs', 'redeliveries')
)

select * from final
