with

order_lines as (
    select
        order_line_id,
        order_id,
        sku,
        lot_id,
        source_system,
        ordered_count,
        unit_price_amount,
        discount_allocated_amount,
        tax_rate,
        is_sale,
        is_final_sale,
        is_gift
    from {{ ref('stg_shop__order_lines') }}
),

orders as (
    select
        order_id,
        customer_id,
        campaign_code,
        channel_name,
        payment_method_name,
        is_late,
        is_cancelled,
        has_shipment_lines,
        has_parcel_arrived,
        has_parcel_failed,
        is_parcel_estimated,
        ordered_date,
        parcel_shipped_date,
        parcel_delivered_date,
        ordered_at,
        cancelled_at,
        parcel_shipped_at,
        parcel_delivered_at
    from {{ ref('int_orders_joined_to_parcels') }}
),

line_parcels as (
    select
        order_line_id,
        shipped_count,
        arrived_count,
        failed_count,
        is_estimated,
        shipped_date,
        delivered_date,
        shipped_at,
        delivered_at,
        last_delivered_at
    from {{ ref('int_shipment_lines_grouped_to_order_lines') }}
),

exchange_parcels as (
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
    where shipment_kind_code = 'exchange'
),

replacements as (
    select order_line_id
    from {{ ref('int_exchanges_grouped_to_replacements') }}
),

return_lines as (
    select
        order_line_id,
        requested_count,
        received_count,
        returned_count,
        failed_count,
        has_failed_on_unknown_day,
        last_failed_at
    from {{ ref('int_return_lines_grouped_to_order_lines') }}
),

joined as (
    select
        order_lines.*,
        orders.customer_id,
        orders.campaign_code,
        orders.channel_name,
        orders.payment_method_name,
        orders.order_id is not null as has_order,
        coalesce(orders.is_cancelled, false) as is_cancelled,
        replacements.order_line_id is not null as is_exchange_leg,
        orders.ordered_date,
        orders.ordered_at,
        orders.cancelled_at,
        return_lines.requested_count,
        return_lines.received_count,
        return_lines.returned_count,
        return_lines.failed_count as undeliverable_count,
        return_lines.has_failed_on_unknown_day,
        return_lines.last_failed_at,
        -- Where nothing lists a parcel's contents, a replacement goes with the first exchange
        -- parcel of its order and any other line with the first original one.
        line_parcels.order_line_id is not null as is_listed,
        coalesce(orders.has_shipment_lines, false) as has_shipment_lines,
        replacements.order_line_id is not null and exchange_parcels.order_id is not null
            as is_in_exchange_parcel,
        line_parcels.shipped_count as listed_shipped_count,
        line_parcels.arrived_count as listed_arrived_count,
        line_parcels.failed_count as listed_failed_count,
        line_parcels.is_estimated as is_listed_estimated,
        line_parcels.shipped_date as listed_shipped_date,
        line_parcels.delivered_date as listed_delivered_date,
        line_parcels.shipped_at as listed_shipped_at,
        line_parcels.delivered_at as listed_delivered_at,
        line_parcels.last_delivered_at as listed_last_delivered_at,
        exchange_parcels.has_arrived as has_exchange_arrived,
        exchange_parcels.has_failed as has_exchange_failed,
        exchange_parcels.is_estimated as is_exchange_estimated,
        exchange_parcels.shipped_date as exchange_shipped_date,
        exchange_parcels.delivered_date as exchange_delivered_date,
        exchange_parcels.shipped_at as exchange_shipped_at,
        exchange_parcels.delivered_at as exchange_delivered_at,
        orders.has_parcel_arrived,
        orders.has_parcel_failed,
        orders.is_parcel_estimated,
        orders.parcel_shipped_date,
        orders.parcel_delivered_date,
        orders.parcel_shipped_at,
        orders.parcel_delivered_at
    from order_lines
    left join orders on order_lines.order_id = orders.order_id
    left join line_parcels on order_lines.order_line_id = line_parcels.order_line_id
    left join replacements on order_lines.order_line_id = replacements.order_line_id
    left join exchange_parcels on order_lines.order_id = exchange_parcels.order_id
    left join return_lines on order_lines.order_line_id = return_lines.order_line_id
    where orders.is_late is not true
),

parcelled as (
    select
        order_line_id,
        order_id,
        sku,
        lot_id,
        source_system,
        customer_id,
        campaign_code,
        channel_name,
        payment_method_name,
        ordered_count,
        unit_price_amount,
        discount_allocated_amount,
        tax_rate,
        coalesce(requested_count, 0) as requested_count,
        received_count,
        coalesce(returned_count, 0) as returned_count,
        coalesce(undeliverable_count, 0) as undeliverable_count,
        case
            when is_listed then listed_shipped_count
            when has_shipment_lines then 0
            else ordered_count
        end as shipped_count,
        case
            when is_listed then listed_arrived_count
            when has_shipment_lines then 0
            when is_in_exchange_parcel and has_exchange_arrived then ordered_count
            when not is_in_exchange_parcel and has_parcel_arrived then ordered_count
            else 0
        end as arrived_count,
        case
            when is_listed then listed_failed_count
            when has_shipment_lines then 0
            when is_in_exchange_parcel and has_exchange_failed then ordered_count
            when not is_in_exchange_parcel and has_parcel_failed then ordered_count
            else 0
        end as failed_count,
        has_order,
        is_cancelled,
        coalesce(has_failed_on_unknown_day, false) as has_failed_on_unknown_day,
        is_exchange_leg,
        is_sale,
        is_final_sale,
        is_gift,
        coalesce(
            case
                when is_listed then is_listed_estimated
                when has_shipment_lines then false
                when is_in_exchange_parcel then is_exchange_estimated
                else is_parcel_estimated
            end,
            false
        ) as is_estimated,
        ordered_date,
        case
            when is_listed then listed_shipped_date
            when has_shipment_lines then null
            when is_in_exchange_parcel then exchange_shipped_date
            else parcel_shipped_date
        end as shipped_date,
        case
            when is_listed then listed_delivered_date
            when has_shipment_lines then null
            when is_in_exchange_parcel then exchange_delivered_date
            else parcel_delivered_date
        end as delivered_date,
        ordered_at,
        cancelled_at,
        last_failed_at,
        case
            when is_listed then listed_shipped_at
            when has_shipment_lines then null
            when is_in_exchange_parcel then exchange_shipped_at
            else parcel_shipped_at
        end as shipped_at,
        case
            when is_listed then listed_delivered_at
            when has_shipment_lines then null
            when is_in_exchange_parcel then exchange_delivered_at
            else parcel_delivered_at
        end as delivered_at,
        case
            when is_listed then listed_last_delivered_at
            when has_shipment_lines then null
            when is_in_exchange_parcel then exchange_delivered_at
            else parcel_delivered_at
        end as last_delivered_at
    from joined
),

-- A cancellation, or a request that says the parcel could not be handed over, stands unless a
-- delivery is reported after it.
judged as (
    select
        *,
        is_cancelled and not coalesce(last_delivered_at > cancelled_at, false)
            as is_cancelled_for_good,
        case
            when
                has_failed_on_unknown_day
                or not coalesce(last_delivered_at > last_failed_at, false)
                then least(undeliverable_count, ordered_count)
            else 0
        end as blocked_count
    from parcelled
),

delivered as (
    select
        *,
        case
            when is_cancelled_for_good then 0
            else least(arrived_count, ordered_count - blocked_count)
        end as delivered_count,
        -- Units on their way, and those that have not left.
        shipped_count - arrived_count - failed_count
        + greatest(ordered_count - shipped_count, 0) as travelling_count
    from judged
),

settled as (
    select
        *,
        case
            when is_cancelled_for_good then ordered_count - delivered_count
            else greatest(
                least(blocked_count, ordered_count - delivered_count),
                least(
                    failed_count,
                    greatest(ordered_count - delivered_count - travelling_count, 0)
                )
            )
        end as undelivered_count
    from delivered
),

final as (
    select
        order_line_id,
        order_id,
        sku,
        lot_id,
        source_system,
        customer_id,
        campaign_code,
        channel_name,
        payment_method_name,
        case
            when delivered_count > 0 and delivered_date is not null then 'delivered'
            when delivered_count > 0 then 'delivered_unknown_day'
            when is_cancelled_for_good then 'cancelled'
            when ordered_count > undelivered_count then 'in_transit'
            else 'not_delivered'
        end as delivery_state_code,
        ordered_count,
        delivered_count,
        ordered_count - delivered_count - undelivered_count as in_transit_count,
        undelivered_count,
        requested_count,
        received_count,
        returned_count,
        unit_price_amount,
        discount_allocated_amount,
        tax_rate,
        has_order,
        is_exchange_leg,
        delivered_count > 0 and is_estimated as is_estimated_delivery,
        arrived_count > ordered_count as is_over_delivered,
        is_sale,
        is_final_sale,
        is_gift,
        ordered_date,
        shipped_date,
        case when delivered_count > 0 then delivered_date end as delivered_date,
        ordered_at,
        shipped_at,
        case when delivered_count > 0 and not is_estimated then delivered_at end as delivered_at
    from settled
)

select * from final
