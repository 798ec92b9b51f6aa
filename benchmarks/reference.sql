-- The marts of dbt_project, but those of trust, as one script for DuckDB: the yardstick of P1. By hand
-- for speed: temporary tables of the columns that are used, keys that repeat found by a 64-bit hash,
-- no view computed twice. benchmarks/building.py compares every mart. See DECISIONS 16.
-- Attached: store (landed text), serving (the file that would be published).

create schema serving.marts;

create temp macro floor_share(dividend, divisor) as
    (dividend - (dividend % divisor + divisor) % divisor) // divisor;

-- The half rounded up, also below nothing.
create temp macro share_of(amount, part, whole) as
    case
        when part = whole then amount
        when whole > 0 then floor_share(2 * amount * part + whole, 2 * whole)
    end;

create temp table shop as
with settings as (
    select
        coalesce(max(setting_value) filter (setting_name = 'time_zone'), 'Asia/Tokyo') as time_zone,
        coalesce(cast(max(setting_value) filter (setting_name = 'lead_time_days') as int), 2)
            as lead_time_days,
        cast(max(setting_value) filter (setting_name = 'as_of') as date) as as_of
    from store.landing.settings
)

select
    *,
    coalesce(
        timezone('UTC', timezone(time_zone, cast(as_of + 1 as timestamp))),
        timestamp '9999-12-31 00:00:00'
    ) as known_before
from settings;

create temp table orders as
with repeated as (
    select hash(order_id) as key_hash
    from store.landing.orders
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.orders as landed
    anti join repeated on hash(order_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.orders as landed
    semi join repeated on hash(order_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by order_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            customer_id desc nulls last, ordered_at desc nulls last, channel desc nulls last, payment_method desc nulls last, subtotal desc nulls last, discount desc nulls last, points_used desc nulls last, shipping_fee desc nulls last, total desc nulls last, member_tier desc nulls last, policy_id desc nulls last, policy_shown_at_checkout desc nulls last, cancelled_at desc nulls last, campaign_code desc nulls last, page_version desc nulls last, ship_to_store desc nulls last
    ) = 1
)

select
    order_id,
    customer_id,
    campaign_code,
    channel,
    payment_method,
    source_system,
    coalesce(cast(discount as bigint), 0) as discount,
    coalesce(cast(points_used as bigint), 0) as points,
    coalesce(ordered_at = 'unknown', false) as is_day_unknown,
    cast(nullif(ordered_at, 'unknown') as timestamp) as ordered_time,
    cast(timezone(time_zone, timezone('UTC', ordered_time)) as date) as ordered_date,
    coalesce(cancelled_at = 'unknown' or cast(nullif(cancelled_at, 'unknown') as timestamp) < known_before, false) as is_cancelled,
    cast(nullif(cancelled_at, 'unknown') as timestamp) as cancelled_time,
    coalesce(ordered_time >= known_before, false) as is_late
from newest
cross join shop;

create temp table order_lines as
with repeated as (
    select hash(order_line_id) as key_hash
    from store.landing.order_lines
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.order_lines as landed
    anti join repeated on hash(order_line_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.order_lines as landed
    semi join repeated on hash(order_line_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by order_line_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            order_id desc nulls last, sku desc nulls last, quantity desc nulls last, unit_price desc nulls last, list_price desc nulls last, discount_allocated desc nulls last, tax_rate desc nulls last, is_sale desc nulls last, is_final_sale desc nulls last, is_gift desc nulls last, lot_id desc nulls last, advised_size_label desc nulls last
    ) = 1
)

select
    order_line_id,
    order_id,
    sku,
    lot_id,
    source_system,
    cast(quantity as bigint) as ordered_count,
    cast(unit_price as bigint) as unit_price,
    coalesce(cast(discount_allocated as bigint), 0) as own_discount,
    cast(tax_rate as double) as tax_rate,
    cast(is_sale as boolean) as is_sale,
    cast(is_final_sale as boolean) as is_final_sale,
    cast(is_gift as boolean) as is_gift
from newest
cross join shop;

create temp table exchanges as
with repeated as (
    select hash(exchange_id) as key_hash
    from store.landing.exchanges
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.exchanges as landed
    anti join repeated on hash(exchange_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.exchanges as landed
    semi join repeated on hash(exchange_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by exchange_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            return_line_id desc nulls last, replacement_sku desc nulls last, replacement_order_line_id desc nulls last, shipped_at desc nulls last, is_shipping_free desc nulls last, price_difference desc nulls last, bonus_credit desc nulls last
    ) = 1
)

select
    exchange_id,
    return_line_id,
    replacement_sku,
    replacement_order_line_id,
    source_system,
    cast(price_difference as bigint) as price_difference,
    cast(bonus_credit as bigint) as bonus_credit,
    coalesce(shipped_at = 'unknown', false) as is_day_unknown,
    cast(nullif(shipped_at, 'unknown') as timestamp) as shipped_time,
    case when shipped_time < known_before then shipped_time end as shipped_known
from newest
cross join shop;

create temp table events as
with repeated as (
    select hash(shipment_id, event_at, event_type) as key_hash
    from store.landing.delivery_events
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.delivery_events as landed
    anti join repeated on hash(shipment_id, event_at, event_type) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.delivery_events as landed
    semi join repeated on hash(shipment_id, event_at, event_type) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by shipment_id, event_at, event_type
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            cause desc nulls last, cost desc nulls last
    ) = 1
)

select
    shipment_id,
    event_type = 'delivered' as is_delivery,
    coalesce(event_at = 'unknown', false) as is_day_unknown,
    cast(nullif(event_at, 'unknown') as timestamp) as event_time
from newest
cross join shop
where event_type in ('delivered', 'bring_back', 'refused') and (event_time < known_before or is_day_unknown);

create temp table shipments as
with repeated as (
    select hash(shipment_id) as key_hash
    from store.landing.shipments
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.shipments as landed
    anti join repeated on hash(shipment_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.shipments as landed
    semi join repeated on hash(shipment_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by shipment_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            order_id desc nulls last, kind desc nulls last, carrier desc nulls last, tracking_number desc nulls last, shipped_at desc nulls last, delivered_at desc nulls last, freight_cost desc nulls last, notice_sent_at desc nulls last, country desc nulls last
    ) = 1
)

select
    shipment_id,
    order_id,
    coalesce(kind, 'original') as kind,
    source_system,
    coalesce(delivered_at = 'unknown', false) as is_day_unknown,
    cast(nullif(shipped_at, 'unknown') as timestamp) as shipped_time,
    cast(nullif(delivered_at, 'unknown') as timestamp) as delivered_text_time,
    case when delivered_text_time < known_before then delivered_text_time end as delivered_time,
    kind is distinct from 'return' and (coalesce(shipped_at = 'unknown', false) or coalesce(shipped_time < known_before, false)) as is_used
from newest
cross join shop;

create temp table shipment_lines as
with repeated as (
    select hash(shipment_id, order_line_id) as key_hash
    from store.landing.shipment_lines
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.shipment_lines as landed
    anti join repeated on hash(shipment_id, order_line_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.shipment_lines as landed
    semi join repeated on hash(shipment_id, order_line_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by shipment_id, order_line_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            quantity desc nulls last
    ) = 1
)

select
    shipment_id,
    order_line_id,
    cast(quantity as bigint) as shipped_count
from newest
cross join shop;

create temp table requests as
with repeated as (
    select hash(return_line_id) as key_hash
    from store.landing.return_requests
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.return_requests as landed
    anti join repeated on hash(return_line_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.return_requests as landed
    semi join repeated on hash(return_line_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by return_line_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            return_id desc nulls last, order_line_id desc nulls last, order_id desc nulls last, sku desc nulls last, requested_at desc nulls last, request_channel desc nulls last, return_type desc nulls last, reason_code desc nulls last, reason_system desc nulls last, reason_text desc nulls last, quantity desc nulls last, requested_resolution desc nulls last, wanted_sku desc nulls last, usage_state desc nulls last, decision desc nulls last, decision_rule_id desc nulls last, policy_version desc nulls last, decided_at desc nulls last, decided_by desc nulls last, review_minutes desc nulls last, exchange_offered_at desc nulls last, offered_sku desc nulls last, location_id desc nulls last, is_holdout desc nulls last
    ) = 1
)

select
    return_line_id,
    return_id,
    order_line_id,
    order_id,
    sku,
    reason_code,
    coalesce(return_type, 'customer_return') as return_type,
    case when reason_code is not null then coalesce(reason_system, 'taxonomy') end as reason_system,
    request_channel,
    case when coalesce(cast(nullif(decided_at, 'unknown') as timestamp) < known_before, true) then decision end as decision,
    requested_resolution,
    source_system,
    coalesce(cast(quantity as bigint), 1) as requested_count,
    quantity is null as is_quantity_assumed,
    coalesce(requested_at = 'unknown', false) as is_day_unknown,
    cast(nullif(requested_at, 'unknown') as timestamp) as requested_time,
    cast(timezone(time_zone, timezone('UTC', requested_time)) as date) as requested_date,
    coalesce(requested_time < known_before, false) or is_day_unknown as is_used
from newest
cross join shop;

create temp table receipts as
with repeated as (
    select hash(return_line_id, received_at) as key_hash
    from store.landing.return_receipts
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.return_receipts as landed
    anti join repeated on hash(return_line_id, received_at) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.return_receipts as landed
    semi join repeated on hash(return_line_id, received_at) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by return_line_id, received_at
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            quantity desc nulls last, graded_at desc nulls last, grade desc nulls last, grader_id desc nulls last, disposition desc nulls last, restocked_at desc nulls last, inspected_reason desc nulls last, note desc nulls last
    ) = 1
)

select
    return_line_id,
    source_system,
    cast(quantity as bigint) as received_count,
    grade,
    grade <> 'X' and coalesce(cast(nullif(graded_at, 'unknown') as timestamp) < known_before, true) is true as is_accepted,
    cast(nullif(received_at, 'unknown') as timestamp) as received_time,
    cast(timezone(time_zone, timezone('UTC', received_time)) as date) as received_date,
    coalesce(received_at = 'unknown', false) or coalesce(received_time < known_before, false) as is_used
from newest
cross join shop;

create temp table refunds as
with repeated as (
    select hash(refund_id) as key_hash
    from store.landing.refunds
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.refunds as landed
    anti join repeated on hash(refund_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.refunds as landed
    semi join repeated on hash(refund_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by refund_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            return_line_id desc nulls last, order_id desc nulls last, method desc nulls last, amount desc nulls last, fee desc nulls last, initiated_at desc nulls last, paid_at desc nulls last, failed_at desc nulls last
    ) = 1
)

select
    refund_id,
    return_line_id,
    order_id,
    method,
    source_system,
    cast(amount as bigint) as amount,
    cast(fee as bigint) as fee,
    coalesce(paid_at = 'unknown', false) as is_paid_unknown,
    coalesce(failed_at = 'unknown', false) as is_failed_unknown,
    coalesce(cast(nullif(initiated_at, 'unknown') as timestamp), cast(nullif(paid_at, 'unknown') as timestamp), cast(nullif(failed_at, 'unknown') as timestamp)) as begun_time,
    case when cast(nullif(initiated_at, 'unknown') as timestamp) < known_before then cast(nullif(initiated_at, 'unknown') as timestamp) end as initiated_time,
    case when cast(nullif(paid_at, 'unknown') as timestamp) < known_before then cast(nullif(paid_at, 'unknown') as timestamp) end as paid_time,
    case when cast(nullif(failed_at, 'unknown') as timestamp) < known_before then cast(nullif(failed_at, 'unknown') as timestamp) end as failed_time,
    paid_time is not null or is_paid_unknown as has_payment,
    failed_time is not null or is_failed_unknown as has_failure,
    has_payment and (not has_failure or coalesce(paid_time > failed_time, false)) as is_paid
from newest
cross join shop
where begun_time is null or begun_time < known_before or paid_time is not null or failed_time is not null;

create temp table catalogue as
with repeated as (
    select hash(sku) as key_hash
    from store.landing.products
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.products as landed
    anti join repeated on hash(sku) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.products as landed
    semi join repeated on hash(sku) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by sku
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            style_id desc nulls last, style_name desc nulls last, category desc nulls last, brand desc nulls last, season desc nulls last, size_label desc nulls last, size_order desc nulls last, colour_name desc nulls last, list_price desc nulls last, unit_cost desc nulls last, is_hygiene desc nulls last, is_final_sale desc nulls last, launched_on desc nulls last, image_path desc nulls last, factory desc nulls last, material desc nulls last, lot_id desc nulls last, length_cm desc nulls last, chest_width_cm desc nulls last, shoulder_width_cm desc nulls last, sleeve_length_cm desc nulls last, waist_cm desc nulls last, hip_cm desc nulls last, inseam_cm desc nulls last, foot_length_cm desc nulls last, foot_width_cm desc nulls last
    ) = 1
)

select
    sku,
    style_id,
    style_name,
    category,
    brand,
    season,
    size_label,
    colour_name,
    cast(size_order as bigint) as size_order,
    cast(list_price as bigint) as list_price,
    cast(unit_cost as bigint) as unit_cost,
    cast(is_hygiene as boolean) as is_hygiene,
    cast(is_final_sale as boolean) as is_final_sale,
    cast(launched_on as date) as launched_date
from newest
cross join shop;

create temp table known_customers as
with repeated as (
    select hash(customer_id) as key_hash
    from store.landing.customers
    where is_filtered is not true
    group by key_hash
    having count(*) > 1
),

newest as (
    select landed.*
    from store.landing.customers as landed
    anti join repeated on hash(customer_id) = repeated.key_hash
    where is_filtered is not true
    union all
    select landed.*
    from store.landing.customers as landed
    semi join repeated on hash(customer_id) = repeated.key_hash
    where is_filtered is not true
    qualify row_number() over (
        partition by customer_id
        order by coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
            first_order_at desc nulls last, height_band desc nulls last, age_band desc nulls last, usual_size desc nulls last, consent_flag desc nulls last
    ) = 1
)

select
    customer_id,
    height_band,
    age_band,
    usual_size,
    cast(consent_flag as boolean) as has_consent,
    cast(timezone(time_zone, timezone('UTC', cast(nullif(first_order_at, 'unknown') as timestamp))) as date) as first_order_date
from newest
cross join shop;

create temp table replacements as
select distinct replacement_order_line_id as order_line_id
from exchanges
where replacement_order_line_id is not null;

create temp table products as
with skus as (
    select sku from catalogue
    union
    select distinct sku from order_lines
    union
    select distinct sku from requests where sku is not null
    union
    select replacement_sku from exchanges
)

select
    skus.sku,
    coalesce(catalogue.style_id, skus.sku) as style_id,
    coalesce(catalogue.style_name, catalogue.style_id, skus.sku) as style_name,
    catalogue.* exclude (sku, style_id, style_name),
    catalogue.sku is not null as is_in_catalogue
from skus
left join catalogue on skus.sku = catalogue.sku;

create temp table parcels as
with grouped as (
    select
        shipment_id,
        bool_or(is_delivery and is_day_unknown) as has_delivery_unknown,
        bool_or(not is_delivery and is_day_unknown) as has_failure_unknown,
        min(event_time) filter (is_delivery) as first_delivered,
        max(event_time) filter (not is_delivery) as last_failed,
        list(event_time) filter (is_delivery) as deliveries
    from events
    group by shipment_id
),

histories as (
    select
        * exclude (deliveries),
        list_min(list_filter(deliveries, lambda delivered: delivered > last_failed))
            as delivered_again
    from grouped
),

known_sources as (
    select source_system from store.landing.source_settings where has_delivery_data
    union
    select source_system
    from shipments
    semi join (select shipment_id from histories where first_delivered is not null) as seen
        on shipments.shipment_id = seen.shipment_id
    where is_used
),

judged as (
    select
        shipments.shipment_id,
        shipments.order_id,
        shipments.kind,
        shipments.shipped_time,
        cast(timezone(time_zone, timezone('UTC', shipped_time)) as date) as shipped_date,
        shipped_date + coalesce(cast(source_settings.lead_time_days as int), shop.lead_time_days)
            as estimated_date,
        last_failed is not null or coalesce(has_failure_unknown, false) as has_failed_once,
        case
            when has_failure_unknown then null
            when last_failed is null then coalesce(delivered_time, first_delivered)
            when delivered_time > last_failed
                then least(delivered_time, coalesce(delivered_again, delivered_time))
            else delivered_again
        end as arrived_time,
        is_day_unknown or coalesce(has_delivery_unknown, false) as is_unknown,
        known_sources.source_system is not null as is_reported,
        arrived_time is null and not has_failed_once and not is_unknown and not is_reported
            as is_guessed,
        coalesce(
            arrived_time is not null
            or (not has_failed_once and is_unknown)
            or (is_guessed and coalesce(estimated_date <= as_of, true)),
            false
        ) as has_arrived,
        cast(timezone(time_zone, timezone('UTC', arrived_time)) as date) as arrived_date
    from shipments
    cross join shop
    left join histories on shipments.shipment_id = histories.shipment_id
    left join store.landing.source_settings as source_settings
        on shipments.source_system = source_settings.source_system
    left join known_sources on shipments.source_system = known_sources.source_system
    where is_used
)

select
    shipment_id,
    order_id,
    kind,
    has_arrived,
    has_failed_once and arrived_time is null as has_failed,
    is_guessed and has_arrived as is_estimated,
    shipped_date,
    case when has_arrived then if(is_guessed, estimated_date, arrived_date) end as delivered_date,
    shipped_time,
    arrived_time
from judged;

create temp table later_parcels as
with several as (
    select hash(order_id, kind) as pair_hash
    from parcels
    group by pair_hash
    having count(*) > 1
)

select shipment_id
from parcels
semi join several on hash(order_id, kind) = several.pair_hash
qualify row_number() over (
    partition by order_id, kind order by shipped_time nulls last, shipment_id
) > 1;

create temp table listed_lines as
select
    order_line_id,
    cast(sum(shipped_count) as bigint) as shipped_count,
    cast(coalesce(sum(shipped_count) filter (has_arrived), 0) as bigint) as arrived_count,
    cast(coalesce(sum(shipped_count) filter (has_failed), 0) as bigint) as failed_count,
    bool_or(is_estimated) as is_estimated,
    min(shipped_date) as shipped_date,
    min(delivered_date) as delivered_date,
    min(shipped_time) as shipped_time,
    min(arrived_time) as arrived_time,
    max(arrived_time) as last_arrived_time
from shipment_lines
inner join parcels on shipment_lines.shipment_id = parcels.shipment_id
group by order_line_id;

create temp table sending_sources as
select distinct source_system from shipments
union
select orders.source_system
from orders
anti join (select distinct source_system from shipments) as senders
    on orders.source_system = senders.source_system
semi join shipments on orders.order_id = shipments.order_id;

create temp table listed_orders as
select distinct order_id
from parcels
semi join shipment_lines on parcels.shipment_id = shipment_lines.shipment_id;

create temp table shop_receives as
select count(*) > 0 as has_receipts, count(grade) > 0 as has_grades from receipts;

create temp table matches as
with unnamed as (
    select
        return_line_id,
        order_id,
        sku,
        sum(requested_count) over (
            partition by order_id, sku
            order by requested_time nulls last, return_line_id
            rows unbounded preceding
        ) - requested_count as units_before
    from requests
    where is_used and order_line_id is null and order_id is not null and sku is not null
),

candidates as (
    select
        order_line_id,
        order_lines.order_id,
        order_lines.sku,
        sum(ordered_count) over (
            partition by order_lines.order_id, order_lines.sku
            order by order_line_id
            rows unbounded preceding
        ) as units_until
    from order_lines
    semi join unnamed
        on order_lines.order_id = unnamed.order_id and order_lines.sku = unnamed.sku
)

select return_line_id, order_line_id
from unnamed
inner join candidates using (order_id, sku)
qualify row_number() over (
    partition by return_line_id
    order by
        units_until <= units_before,
        if(units_until > units_before, units_until, -units_until),
        order_line_id
) = 1;

create temp table return_lines as
with late_lines as (
    select order_line_id
    from order_lines
    semi join (select order_id from orders where is_late) as late
        on order_lines.order_id = late.order_id
),

named as (
    select
        requests.* exclude (order_line_id),
        coalesce(requests.order_line_id, matches.order_line_id) as order_line_id
    from requests
    left join matches on requests.return_line_id = matches.return_line_id
    where is_used
),

used as (
    select named.*
    from named
    left join late_lines on named.order_line_id = late_lines.order_line_id
    where not is_day_unknown or late_lines.order_line_id is null
),

arrivals as (
    select
        return_line_id,
        min(source_system) as source_system,
        coalesce(sum(received_count), 0) as stated_count,
        coalesce(sum(received_count) filter (is_accepted), 0) as accepted_count,
        count(*) filter (received_count is null) as unstated,
        count(*) filter (received_count is null and is_accepted) as unstated_accepted,
        min(received_date) as received_date,
        min(received_time) as received_time
    from receipts
    where is_used
    group by return_line_id
),

-- An arrival of an unknown day cannot be older than its request, when that is not used yet.
used_arrivals as (
    select arrivals.*
    from arrivals
    left join requests on arrivals.return_line_id = requests.return_line_id
    left join used on arrivals.return_line_id = used.return_line_id
    where
        received_time is not null
        or requests.return_line_id is null
        or used.return_line_id is not null
),

joined as (
    select
        coalesce(used.return_line_id, arrivals.return_line_id) as return_line_id,
        return_id,
        used.order_line_id,
        order_id,
        sku,
        if(
            return_type = 'customer_return' and replacements.order_line_id is not null,
            'exchange_leg',
            return_type
        ) as return_type,
        reason_code,
        reason_system,
        request_channel,
        decision,
        requested_resolution,
        coalesce(used.source_system, arrivals.source_system) as source_system,
        coalesce(requested_count, 0) as requested_count,
        greatest(coalesce(requested_count, 1) - stated_count, 0) as missing_count,
        coalesce(stated_count, 0) + if(unstated > 0, missing_count, 0) as arrived_count,
        coalesce(accepted_count, 0)
        + if(unstated > 0 and unstated = unstated_accepted, missing_count, 0)
            as arrived_accepted_count,
        used.return_line_id is not null as has_request,
        coalesce(decision in ('denied', 'cancelled'), false) as is_dropped,
        coalesce(is_quantity_assumed, false) as is_quantity_assumed,
        replacements.order_line_id is not null
        or coalesce(used.return_type = 'exchange_leg', false) as is_exchange_leg,
        coalesce(is_day_unknown, false) as is_day_unknown,
        requested_date,
        received_date,
        requested_time,
        received_time
    from used
    full join used_arrivals as arrivals on used.return_line_id = arrivals.return_line_id
    left join replacements on used.order_line_id = replacements.order_line_id
)

select
    * exclude (missing_count, arrived_count, arrived_accepted_count),
    cast(case when has_receipts then arrived_count end as bigint) as received_count,
    cast(case when has_grades then arrived_accepted_count end as bigint) as accepted_count,
    cast(
        case
            when has_receipts then arrived_count
            when is_dropped then 0
            else requested_count
        end as bigint
    ) as sent_back_count,
    coalesce(return_type = 'customer_return' and not is_exchange_leg, false) as is_product_return,
    if(is_product_return, sent_back_count, 0) as returned_count
from joined
cross join shop_receives;

create temp table line_returns as
with flagged as (
    select *, return_type in ('undeliverable', 'refused') and not is_dropped as is_failure
    from return_lines
    where order_line_id is not null
)

select
    order_line_id,
    cast(coalesce(sum(requested_count) filter (is_product_return), 0) as bigint) as requested_count,
    cast(
        sum(if(is_product_return, received_count, 0)) as bigint
    ) as received_count,
    cast(sum(returned_count) as bigint) as returned_count,
    cast(coalesce(sum(requested_count) filter (is_failure), 0) as bigint) as failed_count,
    coalesce(bool_or(is_failure and is_day_unknown), false) as has_failed_unknown,
    max(requested_time) filter (is_failure) as last_failed
from flagged
group by order_line_id;

create temp table allocations as
with lines as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        discount,
        points,
        own_discount,
        unit_price * ordered_count as gross,
        if(replacements.order_line_id is null, gross, 0) as sold
    from order_lines
    inner join (select * from orders where discount > 0 or points > 0) as orders
        on order_lines.order_id = orders.order_id
    left join replacements on order_lines.order_line_id = replacements.order_line_id
),

totals as (
    select
        order_id,
        sum(own_discount) as own_discount,
        sum(gross) as gross,
        sum(sold) as sold,
        count(*) as line_count
    from lines
    group by order_id
),

weighted as (
    select
        lines.order_line_id,
        lines.order_id,
        line_count,
        cast(greatest(discount - totals.own_discount, 0) as bigint) as discount,
        points,
        case when totals.sold > 0 then lines.sold when totals.gross > 0 then lines.gross else 1 end
            as weight,
        cast(
            case
                when totals.sold > 0 then totals.sold
                when totals.gross > 0 then totals.gross
                else line_count
            end as bigint
        ) as total
    from lines
    inner join totals on lines.order_id = totals.order_id
),

shared as (
    select
        *,
        cast(floor_share(discount * weight, total) as bigint) as discount_share,
        cast(floor_share(points * weight, total) as bigint) as points_share,
        (discount * weight) % total as discount_rest,
        (points * weight) % total as points_rest
    from weighted
    where line_count > 1
),

ranked as (
    select
        order_line_id,
        discount_share,
        points_share,
        discount - sum(discount_share) over by_order as discount_left,
        points - sum(points_share) over by_order as points_left,
        row_number() over (partition by order_id order by discount_rest desc, order_line_id)
            as discount_rank,
        row_number() over (partition by order_id order by points_rest desc, order_line_id)
            as points_rank
    from shared
    window by_order as (partition by order_id)
)

select
    order_line_id,
    discount_share + if(discount_rank <= discount_left, 1, 0) as discount,
    points_share + if(points_rank <= points_left, 1, 0) as points
from ranked
union all
select order_line_id, discount, points
from weighted
where line_count = 1;

create temp table order_styles as
with pairs as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        products.style_id,
        products.size_label,
        products.colour_name
    from order_lines
    inner join products on order_lines.sku = products.sku
    semi join (
        select hash(order_id, style_id) as pair_hash
        from order_lines
        inner join products on order_lines.sku = products.sku
        group by pair_hash
        having count(*) > 1
    ) as repeated on hash(order_lines.order_id, products.style_id) = repeated.pair_hash
)

select
    order_id,
    style_id,
    coalesce(min(size_label) <> max(size_label), false) as has_sizes,
    coalesce(min(colour_name) <> max(colour_name), false) as has_colours
from pairs
anti join replacements on pairs.order_line_id = replacements.order_line_id
group by order_id, style_id
having count(*) > 1;

create table serving.marts.fct_order_lines as
with ordered as (
    select
        orders.*,
        sending_sources.source_system is null as is_without,
        ordered_date
        + coalesce(cast(source_settings.lead_time_days as int), shop.lead_time_days) as guessed_date,
        guessed_date <= as_of as is_guess_past,
        listed_orders.order_id is not null as has_listed,
        if(is_without, coalesce(is_guess_past, true), coalesce(has_arrived, false)) as has_arrived,
        coalesce(has_failed, false) as has_failed,
        coalesce(is_estimated, false) or is_without as is_estimated,
        shipped_date,
        if(is_without, if(is_guess_past, guessed_date, null), delivered_date) as delivered_date,
        shipped_time,
        arrived_time
    from orders
    cross join shop
    left join (
        select *
        from parcels
        anti join later_parcels on parcels.shipment_id = later_parcels.shipment_id
        where kind = 'original'
    ) as parcels on orders.order_id = parcels.order_id
    left join listed_orders on orders.order_id = listed_orders.order_id
    left join store.landing.source_settings as source_settings
        on orders.source_system = source_settings.source_system
    left join sending_sources on orders.source_system = sending_sources.source_system
    where ordered_time is not null or is_day_unknown
),

-- Lines whose parcel is known by itself: listed ones, and replacements in an exchange parcel.
own_parcels as (
    select
        coalesce(listed.order_line_id, sent.order_line_id) as order_line_id,
        sent.order_line_id is not null as is_exchange_leg,
        listed.order_line_id is not null as is_listed,
        sent.has_parcel is true as is_in_exchange_parcel,
        listed.shipped_count,
        listed.arrived_count,
        listed.failed_count,
        if(is_listed, listed.is_estimated, sent.is_estimated) as is_estimated,
        if(is_listed, listed.shipped_date, sent.shipped_date) as shipped_date,
        if(is_listed, listed.delivered_date, sent.delivered_date) as delivered_date,
        if(is_listed, listed.shipped_time, sent.shipped_time) as shipped_time,
        if(is_listed, listed.arrived_time, sent.arrived_time) as arrived_time,
        if(is_listed, listed.last_arrived_time, sent.arrived_time) as last_arrived_time,
        sent.has_arrived,
        sent.has_failed
    from listed_lines as listed
    full join (
        select
            order_lines.order_line_id,
            parcels.order_id is not null as has_parcel,
            parcels.* exclude (shipment_id, order_id, kind)
        from order_lines
        semi join replacements on order_lines.order_line_id = replacements.order_line_id
        left join (
            select *
            from parcels
            anti join later_parcels on parcels.shipment_id = later_parcels.shipment_id
            where kind = 'exchange'
        ) as parcels on order_lines.order_id = parcels.order_id
    ) as sent on listed.order_line_id = sent.order_line_id
),

joined as (
    select
        lines.*,
        products.style_id,
        customer_id,
        campaign_code,
        channel,
        payment_method,
        ordered.order_id is not null as has_order,
        coalesce(is_cancelled, false) as is_cancelled,
        cancelled_time,
        ordered_date,
        ordered_time,
        coalesce(own.is_exchange_leg, false) as is_exchange_leg,
        coalesce(own.is_listed, false) as is_own_listed,
        coalesce(own.is_in_exchange_parcel, false) as is_sent,
        case
            when is_own_listed then 'line'
            when has_listed then 'none'
            when is_sent then 'exchange'
            else 'order'
        end as parcel,
        case parcel when 'line' then own.shipped_count when 'none' then 0 else ordered_count end
            as shipped_count,
        case parcel
            when 'line' then own.arrived_count
            when 'exchange' then if(own.has_arrived, ordered_count, 0)
            when 'order' then if(ordered.has_arrived, ordered_count, 0)
            else 0
        end as arrived_count,
        case parcel
            when 'line' then own.failed_count
            when 'exchange' then if(own.has_failed, ordered_count, 0)
            when 'order' then if(ordered.has_failed, ordered_count, 0)
            else 0
        end as failed_count,
        case parcel when 'order' then ordered.is_estimated when 'none' then false
            else own.is_estimated end as is_estimated,
        case parcel when 'order' then ordered.shipped_date when 'none' then null
            else own.shipped_date end as shipped_date,
        case parcel when 'order' then ordered.delivered_date when 'none' then null
            else own.delivered_date end as delivered_date,
        case parcel when 'order' then ordered.shipped_time when 'none' then null
            else own.shipped_time end as shipped_time,
        case parcel when 'order' then ordered.arrived_time when 'none' then null
            else own.arrived_time end as arrived_time,
        case parcel when 'order' then ordered.arrived_time when 'none' then null
            else own.last_arrived_time end as last_arrived_time,
        coalesce(returned.requested_count, 0) as requested_count,
        coalesce(returned.received_count, 0) as received_count,
        coalesce(returned.returned_count, 0) as returned_count,
        coalesce(returned.failed_count, 0) as blocked,
        coalesce(has_failed_unknown, false) as has_failed_unknown,
        last_failed,
        own_discount + coalesce(allocations.discount, 0) as discount_amount,
        coalesce(allocations.points, 0) as points_amount,
        order_styles.order_id is not null and not coalesce(own.is_exchange_leg, false)
            as is_style_repeated,
        is_style_repeated and has_sizes as is_size_bracketed,
        is_style_repeated and has_colours as is_colour_bracketed
    from order_lines as lines
    left join ordered on lines.order_id = ordered.order_id
    left join own_parcels as own on lines.order_line_id = own.order_line_id
    left join line_returns as returned on lines.order_line_id = returned.order_line_id
    left join allocations on lines.order_line_id = allocations.order_line_id
    inner join products on lines.sku = products.sku
    left join order_styles
        on lines.order_id = order_styles.order_id and products.style_id = order_styles.style_id
    where ordered.is_late is not true
),

judged as (
    select
        *,
        unit_price * ordered_count as gross_amount,
        gross_amount - discount_amount - points_amount as net_amount,
        is_cancelled and not coalesce(last_arrived_time > cancelled_time, false) as is_off,
        if(
            has_failed_unknown or not coalesce(last_arrived_time > last_failed, false),
            least(blocked, ordered_count),
            0
        ) as blocked_count,
        if(is_off, 0, least(arrived_count, ordered_count - blocked_count)) as delivered_count,
        shipped_count - arrived_count - failed_count + greatest(ordered_count - shipped_count, 0)
            as travelling_count,
        if(
            is_off,
            ordered_count - delivered_count,
            greatest(
                least(blocked_count, ordered_count - delivered_count),
                least(failed_count, greatest(ordered_count - delivered_count - travelling_count, 0))
            )
        ) as undelivered_count
    from joined
)

select
    order_line_id,
    order_id,
    sku,
    style_id,
    lot_id,
    customer_id,
    source_system,
    campaign_code,
    coalesce(channel, 'unknown') as channel_name,
    payment_method as payment_method_name,
    case
        when delivered_count > 0 and delivered_date is not null then 'delivered'
        when delivered_count > 0 then 'delivered_unknown_day'
        when is_off then 'cancelled'
        when ordered_count > undelivered_count then 'in_transit'
        else 'not_delivered'
    end as delivery_state_code,
    unit_price as unit_price_amount,
    gross_amount,
    discount_amount,
    points_amount,
    tax_rate,
    net_amount,
    share_of(net_amount, delivered_count, ordered_count) as delivered_net_amount,
    share_of(net_amount, returned_count, ordered_count) as returned_net_amount,
    ordered_count,
    delivered_count,
    ordered_count - delivered_count - undelivered_count as in_transit_count,
    undelivered_count,
    requested_count,
    if(has_receipts, received_count, null) as received_count,
    returned_count,
    has_order,
    delivered_count > 0 and coalesce(is_estimated, false) as is_estimated_delivery,
    is_exchange_leg,
    is_style_repeated,
    coalesce(is_size_bracketed, false) as is_size_bracketed,
    coalesce(is_colour_bracketed, false) as is_colour_bracketed,
    returned_count > delivered_count as is_over_returned,
    arrived_count > ordered_count as is_over_delivered,
    is_sale,
    is_final_sale,
    is_gift,
    ordered_date,
    shipped_date,
    if(delivered_count > 0, delivered_date, null) as delivered_date,
    ordered_time as ordered_at,
    shipped_time as shipped_at,
    if(delivered_count > 0 and not coalesce(is_estimated, false), arrived_time, null)
        as delivered_at
from judged
cross join shop_receives;

create table serving.marts.fct_return_lines as
with counted as (
    select
        return_line_id,
        sum(returned_count) over (
            partition by order_line_id
            order by requested_time nulls last, return_line_id
            rows unbounded preceding
        ) as until_count
    from return_lines
    where order_line_id is not null and returned_count > 0
),

paid as (
    select return_line_id, cast(coalesce(sum(amount) filter (is_paid), 0) as bigint) as amount
    from refunds
    where return_line_id is not null
    group by return_line_id
),

joined as (
    select
        return_lines.* exclude (order_id, sku),
        coalesce(lines.order_id, return_lines.order_id) as order_id,
        coalesce(lines.sku, return_lines.sku) as sku,
        lines.order_line_id is not null as is_matched,
        coalesce(lines.channel_name, 'unknown') as channel_name,
        lines.delivery_state_code,
        lines.net_amount,
        lines.ordered_count,
        coalesce(lines.is_size_bracketed, false) as is_size_bracketed,
        lines.ordered_date,
        lines.delivered_date,
        coalesce(until_count, 0) as until_count,
        coalesce(paid.amount, 0) as refunded_amount
    from return_lines
    left join serving.marts.fct_order_lines as lines
        on return_lines.order_line_id = lines.order_line_id
    left join counted on return_lines.return_line_id = counted.return_line_id
    left join paid on return_lines.return_line_id = paid.return_line_id
)

select
    return_line_id,
    return_id,
    order_line_id,
    order_id,
    joined.sku,
    products.style_id,
    source_system,
    channel_name,
    return_type as return_type_code,
    reason_code,
    reason_system,
    request_channel as request_channel_code,
    decision as decision_code,
    requested_resolution as requested_resolution_code,
    requested_count,
    received_count,
    accepted_count,
    sent_back_count,
    returned_count,
    cast(
        share_of(net_amount, until_count, ordered_count)
        - share_of(net_amount, until_count - returned_count, ordered_count) as bigint
    ) as returned_net_amount,
    refunded_amount,
    case
        when sent_back_count > 0 and requested_date >= delivered_date
            then requested_date - delivered_date
    end as days_to_return,
    is_matched,
    has_request,
    is_product_return,
    is_product_return
    and coalesce(delivery_state_code in ('delivered', 'delivered_unknown_day'), false)
        as is_counted_in_cohort,
    is_exchange_leg,
    is_size_bracketed,
    is_quantity_assumed,
    requested_date < ordered_date as is_requested_before_order,
    requested_date < delivered_date as is_requested_before_delivery,
    case
        when is_matched and refunded_amount > 0
            then refunded_amount > share_of(net_amount, requested_count, ordered_count)
    end as is_refunded_above_net,
    delivered_date as cohort_date,
    if(has_request, requested_date, received_date) as event_date,
    received_date,
    if(returned_count > 0, if(has_receipts, received_date, requested_date), null) as returned_date,
    requested_time as requested_at,
    received_time as received_at
from joined
left join products on joined.sku = products.sku;

create table serving.marts.fct_refunds as
select
    refund_id,
    refunds.return_line_id,
    coalesce(refunds.order_id, lines.order_id) as order_id,
    refunds.source_system,
    method as method_code,
    amount as refund_amount,
    fee as fee_amount,
    lines.return_line_id is not null as is_matched,
    method in ('original_payment', 'bank_transfer', 'atm_cash', 'gift_code', 'wallet')
        as is_outside_cash,
    is_paid,
    has_failure and not is_paid as is_failed,
    if(is_paid, cast(timezone(time_zone, timezone('UTC', paid_time)) as date), null) as paid_date,
    initiated_time as initiated_at,
    paid_time as paid_at,
    failed_time as failed_at
from refunds
cross join shop
left join serving.marts.fct_return_lines as lines
    on refunds.return_line_id = lines.return_line_id;

create table serving.marts.fct_exchanges as
with joined as (
    select
        exchanges.*,
        coalesce(lines.sku, return_lines.sku) as from_sku,
        sent.shipped_at as sent_time,
        sent.shipped_date as sent_date
    from exchanges
    left join return_lines
        on exchanges.return_line_id = return_lines.return_line_id and return_lines.has_request
    left join order_lines as lines on return_lines.order_line_id = lines.order_line_id
    left join serving.marts.fct_order_lines as sent
        on exchanges.replacement_order_line_id = sent.order_line_id and sent.is_exchange_leg
),

compared as (
    select
        joined.*,
        coalesce(old.is_in_catalogue and new.is_in_catalogue, false) as is_comparable,
        old.style_id = new.style_id as is_same_style,
        coalesce(old.size_label, '') <> coalesce(new.size_label, '') as is_other_size,
        coalesce(old.colour_name, '') <> coalesce(new.colour_name, '') as is_other_colour,
        new.size_order - old.size_order as steps,
        case
            when from_sku = replacement_sku then 'same'
            when not is_comparable then 'unknown'
            when not is_same_style then 'style'
            when is_other_size and steps > 0 then 'size_up'
            when is_other_size and steps < 0 then 'size_down'
            when is_other_size then 'size_other'
            when is_other_colour then 'colour'
            else 'unknown'
        end as kind
    from joined
    left join products as old on from_sku = old.sku
    left join products as new on replacement_sku = new.sku
)

select
    exchange_id,
    return_line_id,
    from_sku,
    replacement_sku,
    replacement_order_line_id,
    source_system,
    kind as exchange_kind_code,
    if(kind in ('size_up', 'size_down'), steps, null) as size_step_count,
    price_difference as price_difference_amount,
    bonus_credit as bonus_credit_amount,
    shipped_known is not null or is_day_unknown or sent_time is not null as is_shipped,
    coalesce(cast(timezone(time_zone, timezone('UTC', shipped_known)) as date), sent_date)
        as shipped_date,
    coalesce(shipped_known, sent_time) as shipped_at
from compared
cross join shop;

create table serving.marts.dim_products as
select
    sku, style_id, style_name, category as category_name, brand as brand_name,
    season as season_name, size_label, colour_name, size_order, list_price as list_price_amount,
    unit_cost as unit_cost_amount, is_in_catalogue, is_hygiene, is_final_sale, launched_date
from products
order by sku;

create table serving.marts.dim_customers as
with grouped as (
    select
        customer_id,
        count(*) as order_count,
        cast(timezone(time_zone, timezone('UTC', min(ordered_time))) as date) as first_date,
        cast(timezone(time_zone, timezone('UTC', max(ordered_time))) as date) as last_date
    from orders
    cross join shop
    where customer_id is not null and (ordered_time < known_before or is_day_unknown)
    group by customer_id, time_zone
)

select
    coalesce(known.customer_id, grouped.customer_id) as customer_id,
    height_band as height_band_name,
    age_band as age_band_name,
    usual_size as usual_size_label,
    coalesce(order_count, 0) as order_count,
    has_consent,
    known.customer_id is not null as is_in_customers_file,
    least(first_order_date, first_date) as first_order_date,
    last_date as last_order_date
from known_customers as known
full join grouped on known.customer_id = grouped.customer_id;

create table serving.marts.dim_dates as
with bounds as (
    select
        least(
            (select min(least(ordered_date, shipped_date, delivered_date))
             from serving.marts.fct_order_lines),
            (select min(least(event_date, received_date)) from serving.marts.fct_return_lines),
            (select min(paid_date) from serving.marts.fct_refunds),
            as_of
        ) as first_date,
        as_of
    from shop
)

select
    cast(unnest(generate_series(first_date, as_of, interval 1 day)) as date) as calendar_date,
    cast(date_trunc('week', calendar_date) as date) as week_start_date,
    cast(date_trunc('month', calendar_date) as date) as month_start_date,
    calendar_date - 364 as same_weekday_last_year_date,
    calendar_date - week_start_date + 1 as weekday_number
from bounds;

create table serving.marts.rpt_sku_return_days as
with delivered as (
    select
        sku,
        channel_name,
        delivered_date as day,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(if(is_size_bracketed, delivered_count, 0)) as bigint) as bracketed_delivered,
        cast(sum(if(is_size_bracketed, returned_count, 0)) as bigint) as bracketed
    from serving.marts.fct_order_lines
    where not is_exchange_leg and delivery_state_code in ('delivered', 'delivered_unknown_day')
    group by all
),

returned as (
    select
        sku,
        channel_name,
        event_date as day,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(coalesce(sum(returned_net_amount), 0) as bigint) as returned_net_amount,
        cast(sum(if(is_matched, 0, returned_count)) as bigint) as unvalued_count,
        cast(sum(if(is_size_bracketed, returned_count, 0)) as bigint) as bracketed
    from serving.marts.fct_return_lines
    where is_product_return and sku is not null
    group by all
)

select
    sku, channel_name, 'cohort' as date_basis_code, delivered_count, delivered_net_amount,
    requested_count, returned_count, returned_net_amount, 0::bigint as unvalued_returned_count,
    bracketed_delivered as size_bracketed_delivered_count,
    bracketed as size_bracketed_returned_count,
    day as calendar_date
from delivered
union all
select
    coalesce(delivered.sku, returned.sku) as sku,
    coalesce(delivered.channel_name, returned.channel_name),
    'event',
    coalesce(delivered_count, 0),
    coalesce(delivered_net_amount, 0),
    coalesce(returned.requested_count, 0),
    coalesce(returned.returned_count, 0),
    coalesce(returned.returned_net_amount, 0),
    coalesce(unvalued_count, 0),
    coalesce(bracketed_delivered, 0),
    coalesce(returned.bracketed, 0),
    coalesce(delivered.day, returned.day)
from delivered
full join returned
    on delivered.sku = returned.sku
    and delivered.channel_name = returned.channel_name
    and delivered.day is not distinct from returned.day
order by sku;

create table serving.marts.rpt_sku_returns as
with sold as (
    select
        sku,
        channel_name,
        delivery_state_code in ('delivered', 'delivered_unknown_day') as is_delivered,
        delivery_state_code = 'delivered_unknown_day' as is_unknown,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        cast(coalesce(sum(returned_count) filter (is_size_bracketed), 0) as bigint) as bracketed,
        cast(sum(in_transit_count) as bigint) as in_transit_count,
        cast(coalesce(sum(delivered_count) filter (is_estimated_delivery), 0) as bigint)
            as estimated,
        max(delivered_date) as last_delivered_date
    from serving.marts.fct_order_lines
    where not is_exchange_leg
    group by all
),

back as (
    select
        sku,
        channel_name,
        sum(if(is_matched, 0, returned_count)) as unmatched,
        sum(returned_count) as event_count,
        coalesce(sum(returned_net_amount), 0) as event_amount
    from serving.marts.fct_return_lines
    where is_product_return and sku is not null
    group by all
),

sums as (
    select
        sku,
        channel_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(if(is_delivered, requested_count, 0)) as requested_count,
        sum(if(is_delivered, returned_count, 0)) as returned_count,
        sum(if(is_delivered, returned_net_amount, 0)) as returned_net_amount,
        sum(if(is_unknown, delivered_count, 0)) as delivered_unknown,
        sum(if(is_unknown, returned_count, 0)) as returned_unknown,
        sum(if(is_delivered, bracketed, 0)) as bracketed,
        sum(in_transit_count) as in_transit_count,
        sum(if(is_delivered, 0, returned_count)) as undelivered_returned,
        sum(if(is_delivered, 0, returned_net_amount)) as undelivered_amount,
        sum(estimated) as estimated,
        max(last_delivered_date) as last_delivered_date
    from sold
    group by all
)

select
    sku,
    channel_name,
    products.style_id,
    products.style_name,
    products.category as category_name,
    products.brand as brand_name,
    products.season as season_name,
    products.size_label,
    products.colour_name,
    products.size_order,
    cast(coalesce(delivered_count, 0) as bigint) as delivered_count,
    cast(coalesce(delivered_net_amount, 0) as bigint) as delivered_net_amount,
    cast(coalesce(requested_count, 0) as bigint) as requested_count,
    cast(coalesce(returned_count, 0) as bigint) as returned_count,
    cast(coalesce(returned_net_amount, 0) as bigint) as returned_net_amount,
    cast(coalesce(delivered_unknown, 0) as bigint) as delivered_unknown_day_count,
    cast(coalesce(returned_unknown, 0) as bigint) as returned_unknown_day_count,
    cast(coalesce(bracketed, 0) as bigint) as size_bracketed_returned_count,
    cast(coalesce(in_transit_count, 0) as bigint) as in_transit_count,
    cast(coalesce(undelivered_returned, 0) as bigint) as not_delivered_returned_count,
    cast(coalesce(undelivered_amount, 0) as bigint) as not_delivered_returned_net_amount,
    cast(coalesce(unmatched, 0) as bigint) as unmatched_returned_count,
    cast(coalesce(event_count, 0) as bigint) as event_returned_count,
    cast(coalesce(event_amount, 0) as bigint) as event_returned_net_amount,
    cast(coalesce(estimated, 0) as bigint) as estimated_delivered_count,
    sum(coalesce(event_count, 0)) over (partition by sku)
    > sum(coalesce(delivered_count, 0)) over (partition by sku) as is_over_returned,
    last_delivered_date,
    as_of as as_of_date
from sums
full join back using (sku, channel_name)
cross join shop
inner join products using (sku)
order by sku, channel_name;

create table serving.marts.rpt_style_returns as
select
    style_id,
    channel_name,
    min(min(style_name)) over by_style as style_name,
    min(min(category_name)) over by_style as category_name,
    min(min(brand_name)) over by_style as brand_name,
    min(min(season_name)) over by_style as season_name,
    count(*) as sku_count,
    cast(sum(delivered_count) as bigint) as delivered_count,
    cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
    cast(sum(requested_count) as bigint) as requested_count,
    cast(sum(returned_count) as bigint) as returned_count,
    cast(sum(returned_net_amount) as bigint) as returned_net_amount,
    cast(sum(delivered_unknown_day_count) as bigint) as delivered_unknown_day_count,
    cast(sum(returned_unknown_day_count) as bigint) as returned_unknown_day_count,
    cast(sum(size_bracketed_returned_count) as bigint) as size_bracketed_returned_count,
    cast(sum(in_transit_count) as bigint) as in_transit_count,
    cast(sum(not_delivered_returned_count) as bigint) as not_delivered_returned_count,
    cast(sum(not_delivered_returned_net_amount) as bigint) as not_delivered_returned_net_amount,
    cast(sum(unmatched_returned_count) as bigint) as unmatched_returned_count,
    cast(sum(event_returned_count) as bigint) as event_returned_count,
    cast(sum(event_returned_net_amount) as bigint) as event_returned_net_amount,
    cast(sum(estimated_delivered_count) as bigint) as estimated_delivered_count,
    sum(sum(event_returned_count)) over by_style > sum(sum(delivered_count)) over by_style
        as is_over_returned,
    max(last_delivered_date) as last_delivered_date,
    max(as_of_date) as as_of_date
from serving.marts.rpt_sku_returns
group by style_id, channel_name
window by_style as (partition by style_id)
order by style_id, channel_name;

create table serving.marts.rpt_style_return_weeks as
select
    style_id,
    channel_name,
    cast(sum(delivered_count) as bigint) as delivered_count,
    cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
    cast(sum(requested_count) as bigint) as requested_count,
    cast(sum(returned_count) as bigint) as returned_count,
    cast(sum(returned_net_amount) as bigint) as returned_net_amount,
    cast(date_trunc('week', calendar_date) as date) as week_start_date
from serving.marts.rpt_sku_return_days
inner join products using (sku)
where date_basis_code = 'cohort'
group by all
order by style_id, channel_name, week_start_date;

create table serving.marts.rpt_category_return_days as
select
    coalesce(category, 'unknown') as category_name,
    channel_name,
    date_basis_code,
    cast(sum(delivered_count) as bigint) as delivered_count,
    cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
    cast(sum(requested_count) as bigint) as requested_count,
    cast(sum(returned_count) as bigint) as returned_count,
    cast(sum(returned_net_amount) as bigint) as returned_net_amount,
    cast(sum(unvalued_returned_count) as bigint) as unvalued_returned_count,
    calendar_date
from serving.marts.rpt_sku_return_days
inner join products using (sku)
group by all
order by category_name, date_basis_code, calendar_date;

create table serving.marts.rpt_style_sizes as
select
    style_id,
    coalesce(size_label, 'unknown') as size_label,
    coalesce(colour_name, 'unknown') as colour_name,
    min(size_order) as size_order,
    cast(sum(delivered_count) as bigint) as delivered_count,
    cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
    cast(sum(requested_count) as bigint) as requested_count,
    cast(sum(returned_count) as bigint) as returned_count,
    cast(sum(returned_net_amount) as bigint) as returned_net_amount,
    cast(sum(size_bracketed_returned_count) as bigint) as size_bracketed_returned_count
from serving.marts.rpt_sku_returns
group by all
order by style_id, size_order nulls last, size_label, colour_name;

create table serving.marts.rpt_style_reasons as
select
    style_id,
    coalesce(reason_code, 'not_given') as reason_code,
    coalesce(reason_system, 'not_given') as reason_system,
    cast(sum(requested_count) as bigint) as requested_count,
    cast(sum(returned_count) as bigint) as returned_count,
    cast(coalesce(sum(returned_net_amount), 0) as bigint) as returned_net_amount,
    cast(sum(if(is_matched, 0, returned_count)) as bigint) as unvalued_returned_count,
    cast(sum(if(is_size_bracketed, returned_count, 0)) as bigint) as size_bracketed_returned_count
from serving.marts.fct_return_lines
where is_product_return and style_id is not null
group by all
order by style_id, reason_system, reason_code;

create table serving.marts.rpt_bracketing as
with lines as (
    select order_id, sku, style_id, is_style_repeated, delivered_count > 0 as is_delivered
    from serving.marts.fct_order_lines
    where not is_exchange_leg and delivery_state_code <> 'cancelled'
),

pairs as (
    select
        style_id,
        count(*) as pair_count,
        0 as sized,
        0 as coloured,
        count(*) filter (is_delivered) as delivered,
        0 as delivered_sized,
        0 as delivered_coloured
    from lines
    where not is_style_repeated
    group by style_id
    union all
    select
        style_id,
        1,
        coalesce(cast(min(size_label) <> max(size_label) as int), 0),
        coalesce(cast(min(colour_name) <> max(colour_name) as int), 0),
        cast(bool_or(is_delivered) as int),
        coalesce(cast(
            min(size_label) filter (is_delivered) <> max(size_label) filter (is_delivered) as int
        ), 0),
        coalesce(cast(
            min(colour_name) filter (is_delivered) <> max(colour_name) filter (is_delivered) as int
        ), 0)
    from (
        select lines.*, size_label, colour_name
        from lines
        inner join products on lines.sku = products.sku
        where is_style_repeated
    )
    group by order_id, style_id
)

select
    style_id,
    cast(sum(pair_count) as bigint) as order_style_pair_count,
    cast(sum(sized) as bigint) as size_bracketed_pair_count,
    cast(sum(coloured) as bigint) as colour_bracketed_pair_count,
    cast(sum(delivered) as bigint) as delivered_pair_count,
    cast(sum(delivered_sized) as bigint) as delivered_size_bracketed_pair_count,
    cast(sum(delivered_coloured) as bigint) as delivered_colour_bracketed_pair_count
from pairs
group by style_id
order by style_id;

create table serving.marts.rpt_return_bridge as
with returned as (
    select
        is_matched,
        sku is not null as has_sku,
        event_date is not null as has_day,
        sum(returned_count) as units,
        coalesce(sum(returned_net_amount), 0) as amount
    from serving.marts.fct_return_lines
    where is_product_return
    group by all
),

parts as (
    select
        case delivery_state_code
            when 'delivered' then 1 when 'delivered_unknown_day' then 2 else 3
        end as step,
        sum(returned_count) as units,
        sum(returned_net_amount) as amount,
        0 as unvalued
    from serving.marts.fct_order_lines
    where not is_exchange_leg
    group by step
    union all
    select if(has_sku, 4, 5), units, 0, units from returned where not is_matched
    union all
    select if(has_day, 7, 8), units, amount, if(is_matched, 0, units) from returned
),

-- What a step adds to itself, to the total of its side, and to the difference of both.
added as (
    select step, units, amount, unvalued from parts
    union all
    select if(step <= 5, 6, 9), units, amount, unvalued from parts
    union all
    select 10, if(step <= 5, units, -units), if(step <= 5, amount, -amount),
        if(step <= 5, unvalued, -unvalued)
    from parts
)

select
    bridge_step_code,
    cast(names.step as bigint) as step_number,
    cast(coalesce(sum(units), 0) as bigint) as returned_count,
    cast(coalesce(sum(amount), 0) as bigint) as returned_net_amount,
    cast(coalesce(sum(unvalued), 0) as bigint) as unvalued_returned_count
from (
    values
        (1, 'cohort_dated'), (2, 'cohort_unknown_day'), (3, 'not_delivered'), (4, 'unmatched'),
        (5, 'unmatched_without_sku'), (6, 'total_cohort'), (7, 'event_dated'),
        (8, 'event_unknown_day'), (9, 'total_event'), (10, 'difference')
) as names (step, bridge_step_code)
left join added on names.step = added.step
group by names.step, bridge_step_code
order by step_number;
