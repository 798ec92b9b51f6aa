with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

orders as (
    select
        order_id,
        customer_id
    from {{ ref('stg_shop__orders') }}
    where customer_id is not null
),

return_lines as (
    select
        return_line_id,
        order_id,
        return_type_code,
        event_date,
        received_date
    from {{ ref('fct_return_lines') }}
),

outcomes as (
    select
        return_line_id,
        outcome_code,
        is_customer_return,
        resolved_date
    from {{ ref('fct_return_outcomes') }}
),

bring_backs as (
    select
        shipments.order_id,
        events.shipment_id,
        {{ to_shop_date('events.event_at', 'shop.time_zone_name') }} as event_date
    from {{ ref('stg_shop__delivery_events') }} as events
    cross join shop
    inner join {{ ref('stg_shop__shipments') }} as shipments
        on events.shipment_id = shipments.shipment_id
    where
        events.event_type_code = 'bring_back'
        -- A parcel on its way to the shop is not brought back to it.
        and shipments.shipment_kind_code is distinct from 'return'
        and (events.event_at < shop.known_before_at or events.is_event_day_unknown)
),

happened as (
    select
        return_lines.order_id,
        return_lines.return_line_id as source_id,
        case
            when not outcomes.is_customer_return then null
            when outcomes.outcome_code = 'exchanged' then 'exchange'
            when outcomes.outcome_code = 'refunded' then 'refund'
            when outcomes.outcome_code = 'credited' then 'credit'
        end as outcome_code,
        {{ days_between('return_lines.received_date', 'outcomes.resolved_date') }}
            as days_to_resolution,
        return_lines.event_date,
        outcomes.resolved_date
    from return_lines
    inner join outcomes on return_lines.return_line_id = outcomes.return_line_id

    union all

    -- A parcel that came back is settled the day it came back.
    select
        order_id,
        shipment_id as source_id,
        'bring_back' as outcome_code,
        null as days_to_resolution,
        event_date,
        event_date as resolved_date
    from bring_backs
),

ranked as (
    select
        orders.customer_id,
        case when happened.resolved_date is not null then happened.outcome_code end
            as outcome_code,
        happened.days_to_resolution,
        case when happened.outcome_code is not null then happened.resolved_date end
            as resolved_date,
        row_number() over (
            partition by orders.customer_id
            order by
                case when happened.outcome_code is not null then happened.resolved_date end
                nulls last,
                happened.event_date nulls last,
                happened.outcome_code nulls last,
                happened.source_id
        ) as happened_number
    from happened
    inner join orders on happened.order_id = orders.order_id
),

final as (
    select
        customer_id,
        outcome_code,
        case
            when outcome_code is null or outcome_code = 'bring_back' then 'none'
            when days_to_resolution is null then 'unknown'
            when days_to_resolution <= 1 then 'days_0_1'
            when days_to_resolution <= 3 then 'days_2_3'
            when days_to_resolution <= 7 then 'days_4_7'
            when days_to_resolution <= 14 then 'days_8_14'
            else 'days_15_up'
        end as speed_code,
        resolved_date
    from ranked
    where happened_number = 1
)

select * from final
