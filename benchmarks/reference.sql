-- The same marts as dbt_project's as one script for DuckDB: the yardstick of P1. Rendered once from a
-- separate draft of the models that nobody used while dbt_project was written, then kept by hand;
-- benchmarks/building.py says which columns of both results are compared. See DECISIONS 16.
-- Attached: store (landed text), serving (the file that would be published).

create schema if not exists serving.marts;

create table stg_shop__shipments as
with source as (
    select
        entries.shipment_id,
        entries.order_id,
        entries.kind,
        entries.carrier,
        entries.shipped_at,
        entries.delivered_at,
        entries.freight_cost,
        entries.country,
        entries.source_system
    from store.landing.shipments as entries
    anti join (
            select shipment_id
            from store.landing.shipments
            where not is_filtered
            group by shipment_id
            having count(*) > 1
        ) as repeated on entries.shipment_id = repeated.shipment_id
    where not entries.is_filtered
    union all
    select shipment_id, order_id, kind, carrier, shipped_at, delivered_at, freight_cost, country, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.shipment_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.order_id desc nulls last,
                    entries.kind desc nulls last,
                    entries.carrier desc nulls last,
                    entries.shipped_at desc nulls last,
                    entries.delivered_at desc nulls last,
                    entries.freight_cost desc nulls last,
                    entries.country desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.shipments as entries
        semi join (
            select shipment_id
            from store.landing.shipments
            where not is_filtered
            group by shipment_id
            having count(*) > 1
        ) as repeated on entries.shipment_id = repeated.shipment_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        shipment_id,
        order_id,
        kind as shipment_kind_code,
        carrier as carrier_name,
        country as country_name,
        source_system,
        cast(freight_cost as bigint) as freight_cost_amount,
        coalesce(shipped_at = 'unknown', false) as is_shipped_at_unknown,
        coalesce(delivered_at = 'unknown', false) as is_delivered_at_unknown,
        try_cast(shipped_at as timestamp) as shipped_at,
        try_cast(delivered_at as timestamp) as delivered_at
    from source
)

select * from renamed;

create table stg_shop__delivery_events as
with source as (
    select
        entries.shipment_id,
        entries.event_at,
        entries.event_type,
        entries.cause,
        entries.cost,
        entries.source_system
    from store.landing.delivery_events as entries
    anti join (
            select shipment_id, event_at, event_type
            from store.landing.delivery_events
            where not is_filtered
            group by shipment_id, event_at, event_type
            having count(*) > 1
        ) as repeated on entries.shipment_id = repeated.shipment_id and entries.event_at = repeated.event_at and entries.event_type = repeated.event_type
    where not entries.is_filtered
    union all
    select shipment_id, event_at, event_type, cause, cost, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.shipment_id, entries.event_at, entries.event_type
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.cause desc nulls last,
                    entries.cost desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.delivery_events as entries
        semi join (
            select shipment_id, event_at, event_type
            from store.landing.delivery_events
            where not is_filtered
            group by shipment_id, event_at, event_type
            having count(*) > 1
        ) as repeated on entries.shipment_id = repeated.shipment_id and entries.event_at = repeated.event_at and entries.event_type = repeated.event_type
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        shipment_id,
        event_type as event_type_code,
        cause as cause_code,
        source_system,
        cast(cost as bigint) as cost_amount,
        cast(event_at as timestamp) as event_at
    from source
)

select * from renamed;

create view stg_kaeru__settings as
with source as (
    select
        setting_name,
        setting_value
    from store.landing.settings
),

renamed as (
    select
        max(case when setting_name = 'name' then setting_value end) as shop_name,
        max(case when setting_name = 'time_zone' then setting_value end) as time_zone_name,
        max(case when setting_name = 'currency' then setting_value end) as currency_code,
        max(case when setting_name = 'language' then setting_value end) as language_code,
        max(case when setting_name = 'tax' then setting_value end) as tax_code,
        max(case when setting_name = 'run_id' then setting_value end) as run_id,
        cast(max(case when setting_name = 'lead_time_days' then setting_value end) as bigint)
            as lead_time_days,
        cast(max(case when setting_name = 'return_window_days' then setting_value end) as bigint)
            as return_window_days,
        coalesce(
            max(case when setting_name = 'is_synthetic' then setting_value end) = 'true', false
        ) as is_synthetic,
        cast(max(case when setting_name = 'as_of' then setting_value end) as date) as as_of_date,
        cast(max(case when setting_name = 'newest_load_at' then setting_value end) as timestamp)
            as newest_load_at
    from source
),

bounded as (
    select
        *,
        timezone('UTC', timezone(time_zone_name, cast((as_of_date + to_days(cast(1 as integer))) as timestamp))) as as_of_end_at
    from renamed
)

select * from bounded;

create view stg_kaeru__source_settings as
with source as (
    select
        source_system,
        lead_time_days,
        has_delivery_data
    from store.landing.source_settings
),

renamed as (
    select
        source_system,
        lead_time_days,
        has_delivery_data
    from source
)

select * from renamed;

create view stg_shop__products as
with source as (
    select
        entries.sku,
        entries.style_id,
        entries.style_name,
        entries.category,
        entries.brand,
        entries.season,
        entries.size_label,
        entries.size_order,
        entries.colour_name,
        entries.list_price,
        entries.unit_cost,
        entries.is_hygiene,
        entries.is_final_sale,
        entries.launched_on,
        entries.image_path,
        entries.factory,
        entries.material,
        entries.lot_id,
        entries.length_cm,
        entries.chest_width_cm,
        entries.shoulder_width_cm,
        entries.sleeve_length_cm,
        entries.waist_cm,
        entries.hip_cm,
        entries.inseam_cm,
        entries.foot_length_cm,
        entries.foot_width_cm,
        entries.source_system
    from store.landing.products as entries
    anti join (
            select sku
            from store.landing.products
            where not is_filtered
            group by sku
            having count(*) > 1
        ) as repeated on entries.sku = repeated.sku
    where not entries.is_filtered
    union all
    select sku, style_id, style_name, category, brand, season, size_label, size_order, colour_name, list_price, unit_cost, is_hygiene, is_final_sale, launched_on, image_path, factory, material, lot_id, length_cm, chest_width_cm, shoulder_width_cm, sleeve_length_cm, waist_cm, hip_cm, inseam_cm, foot_length_cm, foot_width_cm, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.sku
                order by
                    case when entries.is_own_file then 0 else 1 end,
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.style_id desc nulls last,
                    entries.style_name desc nulls last,
                    entries.category desc nulls last,
                    entries.brand desc nulls last,
                    entries.season desc nulls last,
                    entries.size_label desc nulls last,
                    entries.size_order desc nulls last,
                    entries.colour_name desc nulls last,
                    entries.list_price desc nulls last,
                    entries.unit_cost desc nulls last,
                    entries.is_hygiene desc nulls last,
                    entries.is_final_sale desc nulls last,
                    entries.launched_on desc nulls last,
                    entries.image_path desc nulls last,
                    entries.factory desc nulls last,
                    entries.material desc nulls last,
                    entries.lot_id desc nulls last,
                    entries.length_cm desc nulls last,
                    entries.chest_width_cm desc nulls last,
                    entries.shoulder_width_cm desc nulls last,
                    entries.sleeve_length_cm desc nulls last,
                    entries.waist_cm desc nulls last,
                    entries.hip_cm desc nulls last,
                    entries.inseam_cm desc nulls last,
                    entries.foot_length_cm desc nulls last,
                    entries.foot_width_cm desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.products as entries
        semi join (
            select sku
            from store.landing.products
            where not is_filtered
            group by sku
            having count(*) > 1
        ) as repeated on entries.sku = repeated.sku
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        sku,
        style_id,
        style_name,
        category as category_name,
        brand as brand_name,
        season as season_name,
        size_label as size_label_text,
        colour_name,
        image_path as image_path_text,
        factory as factory_name,
        material as material_name,
        lot_id,
        source_system,
        cast(size_order as bigint) as size_order_number,
        cast(list_price as bigint) as list_price_amount,
        cast(unit_cost as bigint) as unit_cost_amount,
        cast(length_cm as double) as length_cm,
        cast(chest_width_cm as double) as chest_width_cm,
        cast(shoulder_width_cm as double) as shoulder_width_cm,
        cast(sleeve_length_cm as double) as sleeve_length_cm,
        cast(waist_cm as double) as waist_cm,
        cast(hip_cm as double) as hip_cm,
        cast(inseam_cm as double) as inseam_cm,
        cast(foot_length_cm as double) as foot_length_cm,
        cast(foot_width_cm as double) as foot_width_cm,
        cast(is_hygiene as boolean) as is_hygiene,
        cast(is_final_sale as boolean) as is_final_sale,
        cast(launched_on as date) as launched_date
    from source
)

select * from renamed;

create table stg_shop__order_lines as
with source as (
    select
        entries.order_line_id,
        entries.order_id,
        entries.sku,
        entries.quantity,
        entries.unit_price,
        entries.list_price,
        entries.discount_allocated,
        entries.tax_rate,
        entries.is_sale,
        entries.is_final_sale,
        entries.is_gift,
        entries.lot_id,
        entries.source_system
    from store.landing.order_lines as entries
    anti join (
            select order_line_id
            from store.landing.order_lines
            where not is_filtered
            group by order_line_id
            having count(*) > 1
        ) as repeated on entries.order_line_id = repeated.order_line_id
    where not entries.is_filtered
    union all
    select order_line_id, order_id, sku, quantity, unit_price, list_price, discount_allocated, tax_rate, is_sale, is_final_sale, is_gift, lot_id, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.order_line_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.order_id desc nulls last,
                    entries.sku desc nulls last,
                    entries.quantity desc nulls last,
                    entries.unit_price desc nulls last,
                    entries.list_price desc nulls last,
                    entries.discount_allocated desc nulls last,
                    entries.tax_rate desc nulls last,
                    entries.is_sale desc nulls last,
                    entries.is_final_sale desc nulls last,
                    entries.is_gift desc nulls last,
                    entries.lot_id desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.order_lines as entries
        semi join (
            select order_line_id
            from store.landing.order_lines
            where not is_filtered
            group by order_line_id
            having count(*) > 1
        ) as repeated on entries.order_line_id = repeated.order_line_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        order_line_id,
        order_id,
        sku,
        lot_id,
        source_system,
        cast(quantity as bigint) as ordered_count,
        cast(unit_price as bigint) as unit_price_amount,
        cast(list_price as bigint) as list_price_amount,
        cast(discount_allocated as bigint) as line_discount_amount,
        cast(tax_rate as double) as tax_rate,
        cast(is_sale as boolean) as is_sale,
        cast(is_final_sale as boolean) as is_final_sale,
        cast(is_gift as boolean) as is_gift
    from source
)

select * from renamed;

create view stg_shop__exchanges as
with source as (
    select
        entries.exchange_id,
        entries.return_line_id,
        entries.replacement_sku,
        entries.replacement_order_line_id,
        entries.shipped_at,
        entries.is_shipping_free,
        entries.price_difference,
        entries.bonus_credit,
        entries.source_system
    from store.landing.exchanges as entries
    anti join (
            select exchange_id
            from store.landing.exchanges
            where not is_filtered
            group by exchange_id
            having count(*) > 1
        ) as repeated on entries.exchange_id = repeated.exchange_id
    where not entries.is_filtered
    union all
    select exchange_id, return_line_id, replacement_sku, replacement_order_line_id, shipped_at, is_shipping_free, price_difference, bonus_credit, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.exchange_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.return_line_id desc nulls last,
                    entries.replacement_sku desc nulls last,
                    entries.replacement_order_line_id desc nulls last,
                    entries.shipped_at desc nulls last,
                    entries.is_shipping_free desc nulls last,
                    entries.price_difference desc nulls last,
                    entries.bonus_credit desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.exchanges as entries
        semi join (
            select exchange_id
            from store.landing.exchanges
            where not is_filtered
            group by exchange_id
            having count(*) > 1
        ) as repeated on entries.exchange_id = repeated.exchange_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        exchange_id,
        return_line_id,
        replacement_sku,
        replacement_order_line_id,
        source_system,
        cast(price_difference as bigint) as price_difference_amount,
        cast(bonus_credit as bigint) as bonus_credit_amount,
        cast(is_shipping_free as boolean) as is_shipping_free,
        cast(shipped_at as timestamp) as shipped_at
    from source
)

select * from renamed;

create table stg_shop__orders as
with source as (
    select
        entries.order_id,
        entries.customer_id,
        entries.ordered_at,
        entries.channel,
        entries.payment_method,
        entries.subtotal,
        entries.discount,
        entries.points_used,
        entries.shipping_fee,
        entries.total,
        entries.member_tier,
        entries.policy_id,
        entries.policy_shown_at_checkout,
        entries.cancelled_at,
        entries.campaign_code,
        entries.page_version,
        entries.ship_to_store,
        entries.source_system
    from store.landing.orders as entries
    anti join (
            select order_id
            from store.landing.orders
            where not is_filtered
            group by order_id
            having count(*) > 1
        ) as repeated on entries.order_id = repeated.order_id
    where not entries.is_filtered
    union all
    select order_id, customer_id, ordered_at, channel, payment_method, subtotal, discount, points_used, shipping_fee, total, member_tier, policy_id, policy_shown_at_checkout, cancelled_at, campaign_code, page_version, ship_to_store, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.order_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.customer_id desc nulls last,
                    entries.ordered_at desc nulls last,
                    entries.channel desc nulls last,
                    entries.payment_method desc nulls last,
                    entries.subtotal desc nulls last,
                    entries.discount desc nulls last,
                    entries.points_used desc nulls last,
                    entries.shipping_fee desc nulls last,
                    entries.total desc nulls last,
                    entries.member_tier desc nulls last,
                    entries.policy_id desc nulls last,
                    entries.policy_shown_at_checkout desc nulls last,
                    entries.cancelled_at desc nulls last,
                    entries.campaign_code desc nulls last,
                    entries.page_version desc nulls last,
                    entries.ship_to_store desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.orders as entries
        semi join (
            select order_id
            from store.landing.orders
            where not is_filtered
            group by order_id
            having count(*) > 1
        ) as repeated on entries.order_id = repeated.order_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        order_id,
        customer_id,
        channel as channel_name,
        payment_method as payment_method_name,
        member_tier as member_tier_name,
        policy_id,
        campaign_code,
        page_version as page_version_code,
        source_system,
        cast(subtotal as bigint) as subtotal_amount,
        cast(discount as bigint) as discount_amount,
        cast(points_used as bigint) as points_amount,
        cast(shipping_fee as bigint) as shipping_fee_amount,
        cast(total as bigint) as total_amount,
        cast(policy_shown_at_checkout as boolean) as is_policy_shown_at_checkout,
        cast(ship_to_store as boolean) as is_shipped_to_store,
        cast(ordered_at as timestamp) as ordered_at,
        cast(cancelled_at as timestamp) as cancelled_at
    from source
)

select * from renamed;

create table stg_shop__shipment_lines as
with source as (
    select
        entries.shipment_id,
        entries.order_line_id,
        entries.quantity,
        entries.source_system
    from store.landing.shipment_lines as entries
    anti join (
            select shipment_id, order_line_id
            from store.landing.shipment_lines
            where not is_filtered
            group by shipment_id, order_line_id
            having count(*) > 1
        ) as repeated on entries.shipment_id = repeated.shipment_id and entries.order_line_id = repeated.order_line_id
    where not entries.is_filtered
    union all
    select shipment_id, order_line_id, quantity, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.shipment_id, entries.order_line_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.quantity desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.shipment_lines as entries
        semi join (
            select shipment_id, order_line_id
            from store.landing.shipment_lines
            where not is_filtered
            group by shipment_id, order_line_id
            having count(*) > 1
        ) as repeated on entries.shipment_id = repeated.shipment_id and entries.order_line_id = repeated.order_line_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        shipment_id,
        order_line_id,
        source_system,
        cast(quantity as bigint) as shipped_count
    from source
)

select * from renamed;

create table stg_shop__return_requests as
with source as (
    select
        entries.return_line_id,
        entries.return_id,
        entries.order_line_id,
        entries.order_id,
        entries.sku,
        entries.requested_at,
        entries.request_channel,
        entries.return_type,
        entries.reason_code,
        entries.reason_system,
        entries.quantity,
        entries.requested_resolution,
        entries.wanted_sku,
        entries.usage_state,
        entries.decision,
        entries.decision_rule_id,
        entries.policy_version,
        entries.decided_at,
        entries.decided_by,
        entries.exchange_offered_at,
        entries.offered_sku,
        entries.location_id,
        entries.is_holdout,
        entries.source_system
    from store.landing.return_requests as entries
    anti join (
            select return_line_id
            from store.landing.return_requests
            where not is_filtered
            group by return_line_id
            having count(*) > 1
        ) as repeated on entries.return_line_id = repeated.return_line_id
    where not entries.is_filtered
    union all
    select return_line_id, return_id, order_line_id, order_id, sku, requested_at, request_channel, return_type, reason_code, reason_system, quantity, requested_resolution, wanted_sku, usage_state, decision, decision_rule_id, policy_version, decided_at, decided_by, exchange_offered_at, offered_sku, location_id, is_holdout, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.return_line_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.return_id desc nulls last,
                    entries.order_line_id desc nulls last,
                    entries.order_id desc nulls last,
                    entries.sku desc nulls last,
                    entries.requested_at desc nulls last,
                    entries.request_channel desc nulls last,
                    entries.return_type desc nulls last,
                    entries.reason_code desc nulls last,
                    entries.reason_system desc nulls last,
                    entries.quantity desc nulls last,
                    entries.requested_resolution desc nulls last,
                    entries.wanted_sku desc nulls last,
                    entries.usage_state desc nulls last,
                    entries.decision desc nulls last,
                    entries.decision_rule_id desc nulls last,
                    entries.policy_version desc nulls last,
                    entries.decided_at desc nulls last,
                    entries.decided_by desc nulls last,
                    entries.exchange_offered_at desc nulls last,
                    entries.offered_sku desc nulls last,
                    entries.location_id desc nulls last,
                    entries.is_holdout desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.return_requests as entries
        semi join (
            select return_line_id
            from store.landing.return_requests
            where not is_filtered
            group by return_line_id
            having count(*) > 1
        ) as repeated on entries.return_line_id = repeated.return_line_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        return_line_id,
        return_id,
        order_line_id,
        order_id,
        sku,
        request_channel as request_channel_code,
        return_type as return_type_code,
        reason_code,
        reason_system,
        requested_resolution as requested_resolution_code,
        wanted_sku,
        usage_state as usage_state_name,
        decision as decision_code,
        decision_rule_id,
        policy_version as policy_version_code,
        decided_by,
        offered_sku,
        location_id,
        source_system,
        cast(quantity as bigint) as requested_count,
        coalesce(requested_at = 'unknown', false) as is_requested_at_unknown,
        cast(is_holdout as boolean) as is_holdout,
        try_cast(requested_at as timestamp) as requested_at,
        cast(decided_at as timestamp) as decided_at,
        cast(exchange_offered_at as timestamp) as exchange_offered_at
    from source
)

select * from renamed;

create table stg_shop__return_receipts as
with source as (
    select
        entries.return_line_id,
        entries.received_at,
        entries.quantity,
        entries.graded_at,
        entries.grade,
        entries.grader_id,
        entries.disposition,
        entries.restocked_at,
        entries.inspected_reason,
        entries.source_system
    from store.landing.return_receipts as entries
    anti join (
            select return_line_id, received_at
            from store.landing.return_receipts
            where not is_filtered
            group by return_line_id, received_at
            having count(*) > 1
        ) as repeated on entries.return_line_id = repeated.return_line_id and entries.received_at = repeated.received_at
    where not entries.is_filtered
    union all
    select return_line_id, received_at, quantity, graded_at, grade, grader_id, disposition, restocked_at, inspected_reason, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.return_line_id, entries.received_at
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.quantity desc nulls last,
                    entries.graded_at desc nulls last,
                    entries.grade desc nulls last,
                    entries.grader_id desc nulls last,
                    entries.disposition desc nulls last,
                    entries.restocked_at desc nulls last,
                    entries.inspected_reason desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.return_receipts as entries
        semi join (
            select return_line_id, received_at
            from store.landing.return_receipts
            where not is_filtered
            group by return_line_id, received_at
            having count(*) > 1
        ) as repeated on entries.return_line_id = repeated.return_line_id and entries.received_at = repeated.received_at
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        return_line_id,
        grade as grade_code,
        grader_id,
        disposition as disposition_name,
        inspected_reason as inspected_reason_code,
        source_system,
        cast(quantity as bigint) as received_count,
        cast(received_at as timestamp) as received_at,
        cast(graded_at as timestamp) as graded_at,
        cast(restocked_at as timestamp) as restocked_at
    from source
)

select * from renamed;

create view stg_shop__refunds as
with source as (
    select
        entries.refund_id,
        entries.return_line_id,
        entries.order_id,
        entries.method,
        entries.amount,
        entries.fee,
        entries.initiated_at,
        entries.paid_at,
        entries.failed_at,
        entries.source_system
    from store.landing.refunds as entries
    anti join (
            select refund_id
            from store.landing.refunds
            where not is_filtered
            group by refund_id
            having count(*) > 1
        ) as repeated on entries.refund_id = repeated.refund_id
    where not entries.is_filtered
    union all
    select refund_id, return_line_id, order_id, method, amount, fee, initiated_at, paid_at, failed_at, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.refund_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.return_line_id desc nulls last,
                    entries.order_id desc nulls last,
                    entries.method desc nulls last,
                    entries.amount desc nulls last,
                    entries.fee desc nulls last,
                    entries.initiated_at desc nulls last,
                    entries.paid_at desc nulls last,
                    entries.failed_at desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.refunds as entries
        semi join (
            select refund_id
            from store.landing.refunds
            where not is_filtered
            group by refund_id
            having count(*) > 1
        ) as repeated on entries.refund_id = repeated.refund_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        refund_id,
        return_line_id,
        order_id,
        method as method_code,
        source_system,
        cast(amount as bigint) as refund_amount,
        cast(fee as bigint) as fee_amount,
        cast(initiated_at as timestamp) as initiated_at,
        cast(paid_at as timestamp) as paid_at,
        cast(failed_at as timestamp) as failed_at
    from source
)

select * from renamed;

create view stg_shop__customers as
with source as (
    select
        entries.customer_id,
        entries.first_order_at,
        entries.height_band,
        entries.age_band,
        entries.usual_size,
        entries.consent_flag,
        entries.source_system
    from store.landing.customers as entries
    anti join (
            select customer_id
            from store.landing.customers
            where not is_filtered
            group by customer_id
            having count(*) > 1
        ) as repeated on entries.customer_id = repeated.customer_id
    where not entries.is_filtered
    union all
    select customer_id, first_order_at, height_band, age_band, usual_size, consent_flag, source_system
    from (
        select
            entries.*,
            row_number() over (
                partition by entries.customer_id
                order by
                    coalesce(entries.source_updated_at, entries.file_as_of) desc nulls last,
                    entries.first_order_at desc nulls last,
                    entries.height_band desc nulls last,
                    entries.age_band desc nulls last,
                    entries.usual_size desc nulls last,
                    entries.consent_flag desc nulls last,
                    entries.source_system desc nulls last
            ) as version_rank
        from store.landing.customers as entries
        semi join (
            select customer_id
            from store.landing.customers
            where not is_filtered
            group by customer_id
            having count(*) > 1
        ) as repeated on entries.customer_id = repeated.customer_id
        where not entries.is_filtered
    ) as ranked
    where version_rank = 1
),

renamed as (
    select
        customer_id,
        height_band as height_band_name,
        age_band as age_band_name,
        usual_size as usual_size_name,
        source_system,
        cast(consent_flag as boolean) as has_consent,
        cast(first_order_at as timestamp) as first_order_at
    from source
)

select * from renamed;

create table int_shipments_resolved as
with shipments as (
    select * from stg_shop__shipments
),

delivery_events as (
    select * from stg_shop__delivery_events
),

settings as (
    select * from stg_kaeru__settings
),

source_settings as (
    select * from stg_kaeru__source_settings
),

events_seen as (
    select
        delivery_events.shipment_id,
        max(case when delivery_events.event_type_code = 'delivered'
            then delivery_events.event_at end) as last_delivered_at,
        min(case when delivery_events.event_type_code = 'delivered'
            then delivery_events.event_at end) as first_delivered_at,
        max(case when delivery_events.event_type_code in ('bring_back', 'refused')
            then delivery_events.event_at end) as last_failed_at
    from delivery_events
    cross join settings
    where delivery_events.event_at < settings.as_of_end_at
    group by delivery_events.shipment_id
),

seen as (
    select
        shipments.shipment_id,
        shipments.order_id,
        shipments.source_system,
        coalesce(shipments.shipment_kind_code, 'original') as shipment_kind_code,
        coalesce(source_settings.has_delivery_data, false) as has_delivery_data,
        coalesce(source_settings.lead_time_days, settings.lead_time_days) as lead_time_days,
        shipments.is_delivered_at_unknown,
        shipments.shipped_at,
        settings.as_of_end_at,
        events_seen.last_failed_at,
        case
            when shipments.delivered_at < settings.as_of_end_at then shipments.delivered_at
        end as stated_delivered_at,
        events_seen.first_delivered_at,
        events_seen.last_delivered_at
    from shipments
    cross join settings
    left join events_seen on shipments.shipment_id = events_seen.shipment_id
    left join source_settings on shipments.source_system = source_settings.source_system
    where shipments.shipped_at is null or shipments.shipped_at < settings.as_of_end_at
),

dated as (
    select
        *,
        coalesce(stated_delivered_at, first_delivered_at) as recorded_delivered_at,
        coalesce(
            greatest(stated_delivered_at, last_delivered_at),
            stated_delivered_at,
            last_delivered_at
        ) as latest_delivered_at,
        (shipped_at + to_days(cast(lead_time_days as integer))) as estimated_delivered_at
    from seen
),

resolved as (
    select
        shipment_id,
        order_id,
        source_system,
        shipment_kind_code,
        shipped_at,
        case
            when last_failed_at is not null
                and (latest_delivered_at is null or latest_delivered_at < last_failed_at)
                then 'not_delivered'
            when recorded_delivered_at is not null then 'delivered'
            when is_delivered_at_unknown then 'delivered_unknown_day'
            when has_delivery_data then 'in_transit'
            when estimated_delivered_at < as_of_end_at then 'delivered'
            else 'in_transit'
        end as delivery_state_code,
        recorded_delivered_at is null and not is_delivered_at_unknown and not has_delivery_data
            as is_estimated_delivery,
        case
            when last_failed_at is not null and latest_delivered_at >= last_failed_at
                then latest_delivered_at
            when recorded_delivered_at is not null then recorded_delivered_at
            when is_delivered_at_unknown or has_delivery_data then null
            when estimated_delivered_at < as_of_end_at then estimated_delivered_at
        end as delivered_at
    from dated
)

select
    shipment_id,
    order_id,
    source_system,
    shipment_kind_code,
    delivery_state_code,
    is_estimated_delivery,
    shipped_at,
    case when delivery_state_code = 'delivered' then delivered_at end as delivered_at
from resolved;

create table int_order_lines_allocated as
with order_lines as (
    select * from stg_shop__order_lines
),

orders as (
    select * from stg_shop__orders
),

weighed as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        coalesce(order_lines.line_discount_amount, 0) as line_discount_amount,
        order_lines.unit_price_amount * order_lines.ordered_count as gross_amount,
        coalesce(orders.discount_amount, 0) as discount_amount,
        coalesce(orders.points_amount, 0) as points_amount,
        order_lines.line_discount_amount is not null as has_line_discount
    from order_lines
    left join orders on order_lines.order_id = orders.order_id
),

discounted_orders as (
    select
        order_id,
        sum(gross_amount) as order_gross_amount,
        max(discount_amount) as order_discount_amount,
        max(points_amount) as order_points_amount,
        bool_or(has_line_discount) as has_line_discount
    from weighed
    where discount_amount > 0 or points_amount > 0
    group by order_id
),

shared as (
    select
        weighed.order_line_id,
        weighed.order_id,
        case when discounted_orders.order_gross_amount = 0 then 1 else weighed.gross_amount end
            as line_weight,
        case
            when discounted_orders.order_gross_amount = 0
                then count(*) over (partition by weighed.order_id)
            else discounted_orders.order_gross_amount
        end as order_weight,
        case
            when discounted_orders.has_line_discount then 0
            else discounted_orders.order_discount_amount
        end as discount_to_share_amount,
        discounted_orders.order_points_amount as points_to_share_amount
    from weighed
    inner join discounted_orders on weighed.order_id = discounted_orders.order_id
),

divided as (
    select
        *,
        (discount_to_share_amount * line_weight) % order_weight as discount_remainder,
        (points_to_share_amount * line_weight) % order_weight as points_remainder
    from shared
),

floored as (
    select
        *,
        cast((discount_to_share_amount * line_weight - discount_remainder) / order_weight as bigint)
            as discount_floor_amount,
        cast((points_to_share_amount * line_weight - points_remainder) / order_weight as bigint)
            as points_floor_amount,
        row_number() over (
            partition by order_id order by discount_remainder desc, order_line_id
        ) as discount_rank,
        row_number() over (
            partition by order_id order by points_remainder desc, order_line_id
        ) as points_rank
    from divided
),

allocated as (
    select
        order_line_id,
        discount_floor_amount + case
            when discount_rank <= discount_to_share_amount
                - sum(discount_floor_amount) over (partition by order_id) then 1
            else 0
        end as order_discount_amount,
        points_floor_amount + case
            when points_rank <= points_to_share_amount
                - sum(points_floor_amount) over (partition by order_id) then 1
            else 0
        end as points_amount
    from floored
),

final as (
    select
        weighed.order_line_id,
        weighed.order_id,
        weighed.gross_amount,
        cast(weighed.line_discount_amount + coalesce(allocated.order_discount_amount, 0) as bigint)
            as discount_amount,
        cast(coalesce(allocated.points_amount, 0) as bigint) as points_amount,
        cast(
            weighed.gross_amount - weighed.line_discount_amount
            - coalesce(allocated.order_discount_amount, 0) - coalesce(allocated.points_amount, 0)
            as bigint
        ) as net_amount
    from weighed
    left join allocated on weighed.order_line_id = allocated.order_line_id
)

select * from final;

create table int_return_lines_matched_to_order_lines as
with return_requests as (
    select * from stg_shop__return_requests
),

return_receipts as (
    select * from stg_shop__return_receipts
),

order_lines as (
    select * from stg_shop__order_lines
),

exchanges as (
    select * from stg_shop__exchanges
),

settings as (
    select * from stg_kaeru__settings
),

requested as (
    select
        return_requests.*,
        settings.time_zone_name
    from return_requests
    cross join settings
    where return_requests.is_requested_at_unknown
        or return_requests.requested_at < settings.as_of_end_at
),

lines_by_order_and_sku as (
    select
        order_lines.order_id,
        order_lines.sku,
        min(order_lines.order_line_id) as order_line_id
    from order_lines
    inner join requested
        on order_lines.order_id = requested.order_id and order_lines.sku = requested.sku
    where requested.order_line_id is null
    group by order_lines.order_id, order_lines.sku
),

replacements as (
    select distinct replacement_order_line_id as order_line_id
    from exchanges
    where replacement_order_line_id is not null
),

received as (
    select
        return_receipts.return_line_id,
        sum(coalesce(return_receipts.received_count, requested.requested_count, 1))
            as received_count,
        min(return_receipts.received_at) as received_at
    from return_receipts
    cross join settings
    left join requested on return_receipts.return_line_id = requested.return_line_id
    where return_receipts.received_at < settings.as_of_end_at
    group by return_receipts.return_line_id
),

shop_receives as (
    select count(*) > 0 as has_receipts from return_receipts
),

named as (
    select
        requested.*,
        coalesce(requested.order_line_id, lines_by_order_and_sku.order_line_id)
            as named_order_line_id
    from requested
    left join lines_by_order_and_sku
        on requested.order_line_id is null
            and requested.order_id = lines_by_order_and_sku.order_id
            and requested.sku = lines_by_order_and_sku.sku
),

joined as (
    select
        named.*,
        order_lines.order_line_id as matched_order_line_id,
        order_lines.order_id as matched_order_id,
        order_lines.sku as matched_sku,
        received.received_at,
        shop_receives.has_receipts,
        coalesce(named.requested_count, order_lines.ordered_count, 1) as asked_count,
        cast(coalesce(received.received_count, 0) as bigint) as arrived_count,
        replacements.order_line_id is not null
        or coalesce(named.return_type_code, 'customer_return') = 'exchange_leg' as is_exchange_leg
    from named
    cross join shop_receives
    left join order_lines on named.named_order_line_id = order_lines.order_line_id
    left join replacements on named.named_order_line_id = replacements.order_line_id
    left join received on named.return_line_id = received.return_line_id
),

final as (
    select
        return_line_id,
        return_id,
        named_order_line_id as order_line_id,
        coalesce(matched_order_id, order_id) as order_id,
        coalesce(matched_sku, sku) as sku,
        coalesce(return_type_code, 'customer_return') as return_type_code,
        reason_code,
        reason_system,
        request_channel_code,
        decision_code,
        requested_resolution_code,
        source_system,
        asked_count as requested_count,
        arrived_count as received_count,
        case
            when coalesce(decision_code, 'approved') in ('denied', 'cancelled', 'review') then 0
            else asked_count
        end as accepted_count,
        case
            when is_exchange_leg then 0
            when coalesce(return_type_code, 'customer_return') <> 'customer_return' then 0
            when has_receipts then arrived_count
            when coalesce(decision_code, 'approved') in ('denied', 'cancelled') then 0
            else asked_count
        end as returned_count,
        is_exchange_leg,
        is_requested_at_unknown,
        cast(timezone(time_zone_name, timezone('UTC', requested_at)) as date) as requested_date,
        requested_at,
        received_at
    from joined
)

select * from final;

create table int_order_lines_delivered as
with order_lines as (
    select * from stg_shop__order_lines
),

orders as (
    select * from stg_shop__orders
),

shipments as (
    select * from int_shipments_resolved
),

shipment_lines as (
    select * from stg_shop__shipment_lines
),

settings as (
    select * from stg_kaeru__settings
),

source_settings as (
    select * from stg_kaeru__source_settings
),

return_requests as (
    select * from stg_shop__return_requests
),

exchanges as (
    select * from stg_shop__exchanges
),

replacements as (
    select distinct replacement_order_line_id as order_line_id
    from exchanges
    where replacement_order_line_id is not null
),

parcels as (
    select
        shipment_lines.order_line_id,
        sum(case
            when shipments.delivery_state_code in ('delivered', 'delivered_unknown_day')
                then shipment_lines.shipped_count
            else 0
        end) as arrived_count,
        bool_or(shipments.delivery_state_code = 'delivered') as has_dated_arrival,
        bool_or(shipments.delivery_state_code = 'delivered_unknown_day') as has_undated_arrival,
        bool_or(shipments.delivery_state_code = 'in_transit') as has_parcel_in_transit,
        bool_and(shipments.is_estimated_delivery) as is_estimated_delivery,
        min(shipments.shipped_at) as shipped_at,
        min(shipments.delivered_at) as delivered_at
    from shipment_lines
    inner join shipments on shipment_lines.shipment_id = shipments.shipment_id
    where shipments.shipment_kind_code <> 'return'
    group by shipment_lines.order_line_id
),

first_originals as (
    select
        order_id,
        shipment_kind_code,
        min(coalesce(shipped_at, timestamp '1970-01-01 00:00:00')) as first_shipped_at
    from shipments
    where shipment_kind_code <> 'return'
    group by order_id, shipment_kind_code
),

first_shipment_ids as (
    select
        shipments.order_id,
        shipments.shipment_kind_code,
        min(shipments.shipment_id) as shipment_id
    from shipments
    inner join first_originals
        on shipments.order_id = first_originals.order_id
            and shipments.shipment_kind_code = first_originals.shipment_kind_code
            and coalesce(shipments.shipped_at, timestamp '1970-01-01 00:00:00')
            = first_originals.first_shipped_at
    group by shipments.order_id, shipments.shipment_kind_code
),

order_parcels as (
    select
        first_shipment_ids.order_id,
        first_shipment_ids.shipment_kind_code,
        shipments.delivery_state_code,
        shipments.is_estimated_delivery,
        shipments.shipped_at,
        shipments.delivered_at
    from first_shipment_ids
    inner join shipments on first_shipment_ids.shipment_id = shipments.shipment_id
),

sources_that_ship as (
    select distinct source_system from shipments
),

failed_lines as (
    select
        return_requests.order_line_id,
        max(return_requests.requested_at) as failed_at
    from return_requests
    cross join settings
    where return_requests.return_type_code in ('undeliverable', 'refused')
        and return_requests.order_line_id is not null
        and coalesce(return_requests.requested_at < settings.as_of_end_at, true)
    group by return_requests.order_line_id
),

joined as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.ordered_count,
        orders.ordered_at,
        case when orders.cancelled_at < settings.as_of_end_at then orders.cancelled_at end
            as cancelled_at,
        replacements.order_line_id is not null as is_exchange_leg,
        parcels.order_line_id is not null as has_own_parcel,
        parcels.arrived_count,
        case
            when parcels.order_line_id is not null and parcels.has_dated_arrival then 'delivered'
            when parcels.order_line_id is not null and parcels.has_undated_arrival
                then 'delivered_unknown_day'
            when parcels.order_line_id is not null and parcels.has_parcel_in_transit
                then 'in_transit'
            when parcels.order_line_id is not null then 'not_delivered'
            else order_parcels.delivery_state_code
        end as parcel_state_code,
        coalesce(parcels.is_estimated_delivery, order_parcels.is_estimated_delivery)
            as is_parcel_estimated,
        coalesce(parcels.shipped_at, order_parcels.shipped_at) as shipped_at,
        coalesce(parcels.delivered_at, order_parcels.delivered_at) as parcel_delivered_at,
        failed_lines.order_line_id is not null as has_failed,
        failed_lines.failed_at,
        sources_that_ship.source_system is not null as has_shipments,
        (orders.ordered_at + to_days(cast(coalesce(source_settings.lead_time_days, settings.lead_time_days) as integer))) as estimated_delivered_at,
        settings.as_of_end_at,
        settings.time_zone_name
    from order_lines
    left join orders on order_lines.order_id = orders.order_id
    cross join settings
    left join replacements on order_lines.order_line_id = replacements.order_line_id
    left join parcels on order_lines.order_line_id = parcels.order_line_id
    left join order_parcels
        on order_lines.order_id = order_parcels.order_id
            and order_parcels.shipment_kind_code
            = case when replacements.order_line_id is null then 'original' else 'exchange' end
    left join failed_lines on order_lines.order_line_id = failed_lines.order_line_id
    left join source_settings on order_lines.source_system = source_settings.source_system
    left join sources_that_ship on order_lines.source_system = sources_that_ship.source_system
    where orders.ordered_at is null or orders.ordered_at < settings.as_of_end_at
),

judged as (
    select
        *,
        parcel_state_code is null and not has_shipments as is_without_shipments,
        case
            when cancelled_at is not null
                and not coalesce(
                    parcel_state_code = 'delivered' and not is_parcel_estimated
                    and parcel_delivered_at >= cancelled_at, false
                ) then 'cancelled'
            when has_failed
                and not coalesce(
                    parcel_state_code = 'delivered' and not is_parcel_estimated
                    and parcel_delivered_at >= failed_at, false
                ) then 'not_delivered'
            when parcel_state_code is not null then parcel_state_code
            when has_shipments then 'in_transit'
            when estimated_delivered_at < as_of_end_at then 'delivered'
            else 'in_transit'
        end as delivery_state_code
    from joined
),

final as (
    select
        order_line_id,
        order_id,
        delivery_state_code,
        cast(case
            when delivery_state_code not in ('delivered', 'delivered_unknown_day') then 0
            when has_own_parcel then arrived_count
            else ordered_count
        end as bigint) as delivered_count,
        is_exchange_leg,
        case
            when delivery_state_code = 'delivered'
                then is_without_shipments or coalesce(is_parcel_estimated, false)
            else false
        end as is_estimated_delivery,
        case
            when delivery_state_code = 'delivered' and is_without_shipments
                then cast(timezone(time_zone_name, timezone('UTC', estimated_delivered_at)) as date)
            when delivery_state_code = 'delivered'
                then cast(timezone(time_zone_name, timezone('UTC', parcel_delivered_at)) as date)
        end as delivered_date,
        cast(timezone(time_zone_name, timezone('UTC', ordered_at)) as date) as ordered_date,
        cast(timezone(time_zone_name, timezone('UTC', shipped_at)) as date) as shipped_date,
        ordered_at,
        shipped_at,
        case
            when delivery_state_code <> 'delivered' then null
            when is_without_shipments then estimated_delivered_at
            else parcel_delivered_at
        end as delivered_at
    from judged
)

select * from final;

create table int_skus_collected as
with products as (
    select * from stg_shop__products
),

order_lines as (
    select * from stg_shop__order_lines
),

return_lines as (
    select * from int_return_lines_matched_to_order_lines
),

exchanges as (
    select * from stg_shop__exchanges
),

skus as (
    select sku from products
    union distinct
    select sku from order_lines
    union distinct
    select sku from return_lines
    where sku is not null
    union distinct
    select replacement_sku as sku from exchanges
),

final as (
    select
        skus.sku,
        coalesce(products.style_id, skus.sku) as style_id,
        coalesce(products.style_name, products.style_id, skus.sku) as style_name,
        products.category_name,
        products.brand_name,
        products.season_name,
        products.size_label_text,
        products.colour_name,
        products.size_order_number,
        products.list_price_amount,
        products.unit_cost_amount,
        products.sku is not null as is_in_catalogue,
        products.is_hygiene,
        products.is_final_sale,
        products.launched_date
    from skus
    left join products on skus.sku = products.sku
)

select * from final;

create table int_return_lines_valued as
with return_lines as (
    select * from int_return_lines_matched_to_order_lines
),

allocated as (
    select * from int_order_lines_allocated
),

delivered as (
    select * from int_order_lines_delivered
),

order_lines as (
    select * from stg_shop__order_lines
),

running as (
    select
        return_lines.*,
        allocated.net_amount,
        order_lines.ordered_count,
        delivered.delivery_state_code,
        delivered.delivered_date,
        delivered.ordered_date,
        delivered.delivered_count,
        delivered.order_line_id is not null as is_matched,
        sum(return_lines.returned_count) over (
            partition by return_lines.order_line_id
            order by return_lines.requested_at nulls last, return_lines.return_line_id
            rows between unbounded preceding and current row
        ) as returned_through_count
    from return_lines
    left join order_lines on return_lines.order_line_id = order_lines.order_line_id
    left join allocated on return_lines.order_line_id = allocated.order_line_id
    left join delivered on return_lines.order_line_id = delivered.order_line_id
),

valued as (
    select
        *,
        cast(floor((2 * net_amount * returned_through_count + ordered_count) / (2.0 * ordered_count)) as bigint)
        - cast(floor((2 * net_amount * (returned_through_count - returned_count) + ordered_count) / (2.0 * ordered_count)) as bigint) as share_amount
    from running
),

final as (
    select
        return_line_id,
        return_id,
        order_line_id,
        order_id,
        sku,
        return_type_code,
        reason_code,
        reason_system,
        request_channel_code,
        decision_code,
        requested_resolution_code,
        source_system,
        requested_count,
        received_count,
        accepted_count,
        returned_count,
        case when is_matched then share_amount end as returned_net_amount,
        case
            when delivered_date is not null and requested_date is not null
                then cast(date_diff('day', delivered_date, requested_date) as bigint)
        end as days_to_return,
        is_matched,
        coalesce(
            is_matched and delivered_count > 0
            and delivery_state_code in ('delivered', 'delivered_unknown_day'), false
        ) as is_counted_in_cohort,
        is_exchange_leg,
        coalesce(requested_date < ordered_date, false) as is_requested_before_order,
        is_requested_at_unknown,
        case
            when not is_matched then 'unmatched'
            when delivery_state_code = 'delivered' and delivered_count > 0 then 'cohort_dated'
            when delivery_state_code = 'delivered_unknown_day' then 'cohort_unknown_day'
            else 'not_delivered'
        end as cohort_code,
        delivered_date as cohort_date,
        requested_date as event_date,
        requested_at,
        received_at
    from valued
)

select * from final;

create table int_order_styles_bracketed as
with order_lines as (
    select * from stg_shop__order_lines
),

delivered as (
    select * from int_order_lines_delivered
),

products as (
    select * from int_skus_collected
),

final as (
    select
        order_lines.order_id,
        products.style_id,
        count(distinct products.size_label_text) > 1 as is_size_bracketed,
        count(distinct products.colour_name) > 1 as is_colour_bracketed
    from order_lines
    inner join delivered on order_lines.order_line_id = delivered.order_line_id
    inner join products on order_lines.sku = products.sku
    where not delivered.is_exchange_leg
    group by order_lines.order_id, products.style_id
)

select * from final;

create table serving.marts.dim_products as
with products as (
    select * from int_skus_collected
)

select
    sku,
    style_id,
    style_name,
    category_name,
    brand_name,
    season_name,
    size_label_text,
    colour_name,
    size_order_number,
    list_price_amount,
    unit_cost_amount,
    is_in_catalogue,
    is_hygiene,
    is_final_sale,
    launched_date
from products
order by sku;

create table serving.marts.fct_refunds as
with refunds as (
    select * from stg_shop__refunds
),

return_lines as (
    select * from int_return_lines_valued
),

settings as (
    select * from stg_kaeru__settings
),

seen as (
    select
        refunds.refund_id,
        refunds.return_line_id,
        coalesce(refunds.order_id, return_lines.order_id) as order_id,
        refunds.method_code,
        refunds.refund_amount,
        refunds.fee_amount,
        refunds.method_code in (
            'original_payment', 'bank_transfer', 'atm_cash', 'gift_code', 'wallet'
        ) as is_outside_cash,
        refunds.return_line_id is not null and return_lines.return_line_id is null
            as is_return_missing,
        refunds.initiated_at,
        case when refunds.paid_at < settings.as_of_end_at then refunds.paid_at end as paid_at,
        case when refunds.failed_at < settings.as_of_end_at then refunds.failed_at end as failed_at,
        settings.time_zone_name
    from refunds
    cross join settings
    left join return_lines on refunds.return_line_id = return_lines.return_line_id
    where coalesce(refunds.initiated_at, refunds.paid_at, refunds.failed_at) is null
        or coalesce(refunds.initiated_at, refunds.paid_at, refunds.failed_at)
        < settings.as_of_end_at
),

final as (
    select
        refund_id,
        return_line_id,
        order_id,
        method_code,
        refund_amount,
        fee_amount,
        is_outside_cash,
        paid_at is not null as is_paid,
        paid_at is null and failed_at is not null as is_failed,
        is_return_missing,
        cast(timezone(time_zone_name, timezone('UTC', paid_at)) as date) as paid_date,
        initiated_at,
        paid_at,
        failed_at
    from seen
)

select * from final
order by paid_date nulls last, refund_id;

create table serving.marts.fct_return_lines as
with return_lines as (
    select * from int_return_lines_valued
),

products as (
    select * from int_skus_collected
),

orders as (
    select * from stg_shop__orders
),

final as (
    select
        return_lines.return_line_id,
        return_lines.return_id,
        return_lines.order_line_id,
        return_lines.order_id,
        return_lines.sku,
        products.style_id,
        orders.channel_name,
        return_lines.return_type_code,
        return_lines.reason_code,
        return_lines.reason_system,
        return_lines.request_channel_code,
        return_lines.decision_code,
        return_lines.requested_resolution_code,
        return_lines.cohort_code,
        return_lines.source_system,
        return_lines.requested_count,
        return_lines.received_count,
        return_lines.accepted_count,
        return_lines.returned_count,
        return_lines.returned_net_amount,
        return_lines.days_to_return,
        return_lines.is_matched,
        return_lines.is_counted_in_cohort,
        return_lines.is_exchange_leg,
        return_lines.is_requested_before_order,
        return_lines.is_requested_at_unknown,
        return_lines.cohort_date,
        return_lines.event_date,
        return_lines.requested_at,
        return_lines.received_at
    from return_lines
    left join products on return_lines.sku = products.sku
    left join orders on return_lines.order_id = orders.order_id
)

select * from final
order by event_date nulls last, sku, return_line_id;

create table serving.marts.fct_exchanges as
with exchanges as (
    select * from stg_shop__exchanges
),

return_lines as (
    select * from int_return_lines_valued
),

products as (
    select * from int_skus_collected
),

settings as (
    select * from stg_kaeru__settings
),

joined as (
    select
        exchanges.exchange_id,
        exchanges.return_line_id,
        return_lines.order_line_id,
        return_lines.sku as from_sku,
        exchanges.replacement_sku,
        exchanges.replacement_order_line_id,
        replacements.size_order_number - originals.size_order_number as size_step,
        exchanges.price_difference_amount,
        exchanges.bonus_credit_amount,
        exchanges.is_shipping_free,
        originals.style_id = replacements.style_id as is_same_style,
        coalesce(originals.size_label_text, '') = coalesce(replacements.size_label_text, '')
            as is_same_size,
        coalesce(originals.colour_name, '') = coalesce(replacements.colour_name, '')
            as is_same_colour,
        case when exchanges.shipped_at < settings.as_of_end_at then exchanges.shipped_at end
            as shipped_at,
        settings.time_zone_name
    from exchanges
    cross join settings
    left join return_lines on exchanges.return_line_id = return_lines.return_line_id
    left join products as originals on return_lines.sku = originals.sku
    left join products as replacements on exchanges.replacement_sku = replacements.sku
),

final as (
    select
        exchange_id,
        return_line_id,
        order_line_id,
        from_sku,
        replacement_sku,
        replacement_order_line_id,
        case
            when from_sku is null then 'unknown'
            when from_sku = replacement_sku then 'same'
            when not is_same_style then 'style'
            when is_same_size then 'colour'
            when size_step > 0 then 'size_up'
            when size_step < 0 then 'size_down'
            else 'size_other'
        end as exchange_kind_code,
        price_difference_amount,
        bonus_credit_amount,
        cast(size_step as bigint) as size_step,
        is_shipping_free,
        shipped_at is not null as is_shipped,
        cast(timezone(time_zone_name, timezone('UTC', shipped_at)) as date) as shipped_date,
        shipped_at
    from joined
)

select * from final
order by exchange_id;

create table serving.marts.fct_order_lines as
with order_lines as (
    select * from stg_shop__order_lines
),

orders as (
    select * from stg_shop__orders
),

delivered as (
    select * from int_order_lines_delivered
),

allocated as (
    select * from int_order_lines_allocated
),

products as (
    select * from int_skus_collected
),

bracketed as (
    select * from int_order_styles_bracketed
),

return_lines as (
    select * from int_return_lines_valued
),

returned as (
    select
        order_line_id,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(received_count) as bigint) as received_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount
    from return_lines
    where is_matched
    group by order_line_id
),

final as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.sku,
        products.style_id,
        orders.customer_id,
        orders.channel_name,
        orders.payment_method_name,
        orders.campaign_code,
        order_lines.source_system,
        delivered.delivery_state_code,
        order_lines.unit_price_amount,
        allocated.gross_amount,
        allocated.discount_amount,
        allocated.points_amount,
        allocated.net_amount,
        cast(floor((2 * allocated.net_amount * delivered.delivered_count + order_lines.ordered_count) / (2.0 * order_lines.ordered_count)) as bigint) as delivered_net_amount,
        coalesce(returned.returned_net_amount, 0) as returned_net_amount,
        order_lines.ordered_count,
        delivered.delivered_count,
        coalesce(returned.requested_count, 0) as requested_count,
        coalesce(returned.received_count, 0) as received_count,
        coalesce(returned.returned_count, 0) as returned_count,
        delivered.is_estimated_delivery,
        delivered.is_exchange_leg,
        coalesce(bracketed.is_size_bracketed, false) as is_size_bracketed,
        coalesce(bracketed.is_colour_bracketed, false) as is_colour_bracketed,
        coalesce(returned.returned_count, 0) > delivered.delivered_count as is_over_returned,
        orders.order_id is null as is_order_missing,
        order_lines.is_sale,
        order_lines.is_final_sale,
        order_lines.is_gift,
        delivered.ordered_date,
        delivered.shipped_date,
        delivered.delivered_date,
        delivered.ordered_at,
        delivered.shipped_at,
        delivered.delivered_at
    from order_lines
    inner join delivered on order_lines.order_line_id = delivered.order_line_id
    inner join allocated on order_lines.order_line_id = allocated.order_line_id
    inner join products on order_lines.sku = products.sku
    left join orders on order_lines.order_id = orders.order_id
    left join returned on order_lines.order_line_id = returned.order_line_id
    left join bracketed
        on order_lines.order_id = bracketed.order_id
            and products.style_id = bracketed.style_id
            and not delivered.is_exchange_leg
)

select * from final
order by delivered_date nulls last, sku, order_line_id;

create table serving.marts.rpt_style_reasons as
with return_lines as (
    select * from serving.marts.fct_return_lines
),

final as (
    select
        style_id,
        coalesce(channel_name, 'unknown') as channel_name,
        coalesce(reason_code, 'none') as reason_code,
        coalesce(reason_system, 'kaeru') as reason_system,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(coalesce(returned_net_amount, 0)) as bigint) as returned_net_amount
    from return_lines
    where return_type_code = 'customer_return' and not is_exchange_leg and style_id is not null
    group by
        style_id,
        coalesce(channel_name, 'unknown'),
        coalesce(reason_code, 'none'),
        coalesce(reason_system, 'kaeru')
)

select * from final
order by style_id, reason_code, reason_system, channel_name;

create table serving.marts.rpt_return_bridge as
with order_lines as (
    select * from serving.marts.fct_order_lines
),

return_lines as (
    select * from serving.marts.fct_return_lines
),

cohorts as (
    select
        case
            when delivered_count = 0 then 'not_delivered'
            when delivered_date is null then 'cohort_unknown_day'
            else 'cohort_dated'
        end as bridge_step_code,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from order_lines
    where not is_exchange_leg
    group by
        case
            when delivered_count = 0 then 'not_delivered'
            when delivered_date is null then 'cohort_unknown_day'
            else 'cohort_dated'
        end
    union all
    select
        'unmatched' as bridge_step_code,
        sum(returned_count) as returned_count,
        sum(coalesce(returned_net_amount, 0)) as returned_net_amount
    from return_lines
    where not is_matched
),

events as (
    select
        case when event_date is null then 'event_unknown_day' else 'event_dated' end
            as bridge_step_code,
        sum(returned_count) as returned_count,
        sum(coalesce(returned_net_amount, 0)) as returned_net_amount
    from return_lines
    group by case when event_date is null then 'event_unknown_day' else 'event_dated' end
),

steps as (
    select bridge_step_code, step_number
    from (
        values
        ('cohort_dated', 1), ('cohort_unknown_day', 2), ('not_delivered', 3), ('unmatched', 4),
        ('total_cohort', 5), ('event_dated', 6), ('event_unknown_day', 7), ('total_event', 8),
        ('difference', 9)
    ) as listed (bridge_step_code, step_number)
),

sums as (
    select bridge_step_code, returned_count, returned_net_amount from cohorts
    union all
    select 'total_cohort', sum(returned_count), sum(returned_net_amount) from cohorts
    union all
    select bridge_step_code, returned_count, returned_net_amount from events
    union all
    select 'total_event', sum(returned_count), sum(returned_net_amount) from events
    union all
    select
        'difference',
        coalesce((select sum(cohorts.returned_count) from cohorts), 0)
        - coalesce((select sum(events.returned_count) from events), 0),
        coalesce((select sum(cohorts.returned_net_amount) from cohorts), 0)
        - coalesce((select sum(events.returned_net_amount) from events), 0)
),

final as (
    select
        steps.bridge_step_code,
        cast(steps.step_number as bigint) as step_number,
        cast(coalesce(sums.returned_count, 0) as bigint) as returned_count,
        cast(coalesce(sums.returned_net_amount, 0) as bigint) as returned_net_amount
    from steps
    left join sums on steps.bridge_step_code = sums.bridge_step_code
)

select * from final
order by step_number;

create table serving.marts.rpt_sku_return_days as
with order_lines as (
    select * from serving.marts.fct_order_lines
),

return_lines as (
    select * from serving.marts.fct_return_lines
),

delivered as (
    select
        sku,
        coalesce(channel_name, 'unknown') as channel_name,
        delivered_date as calendar_date,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from order_lines
    where delivered_date is not null and not is_exchange_leg
    group by sku, coalesce(channel_name, 'unknown'), delivered_date
),

returned as (
    select
        sku,
        coalesce(channel_name, 'unknown') as channel_name,
        event_date as calendar_date,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(coalesce(returned_net_amount, 0)) as returned_net_amount
    from return_lines
    where event_date is not null and sku is not null and not is_exchange_leg
    group by sku, coalesce(channel_name, 'unknown'), event_date
),

events as (
    select
        coalesce(delivered.sku, returned.sku) as sku,
        coalesce(delivered.channel_name, returned.channel_name) as channel_name,
        coalesce(delivered.calendar_date, returned.calendar_date) as calendar_date,
        coalesce(delivered.delivered_count, 0) as delivered_count,
        coalesce(delivered.delivered_net_amount, 0) as delivered_net_amount,
        coalesce(returned.requested_count, 0) as requested_count,
        coalesce(returned.returned_count, 0) as returned_count,
        coalesce(returned.returned_net_amount, 0) as returned_net_amount
    from delivered
    full outer join returned
        on delivered.sku = returned.sku
            and delivered.channel_name = returned.channel_name
            and delivered.calendar_date = returned.calendar_date
),

unioned as (
    select
        sku,
        channel_name,
        'cohort' as date_basis_code,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        calendar_date
    from delivered
    union all
    select
        sku,
        channel_name,
        'event' as date_basis_code,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        calendar_date
    from events
),

final as (
    select
        sku,
        channel_name,
        date_basis_code,
        cast(delivered_count as bigint) as delivered_count,
        cast(delivered_net_amount as bigint) as delivered_net_amount,
        cast(requested_count as bigint) as requested_count,
        cast(returned_count as bigint) as returned_count,
        cast(returned_net_amount as bigint) as returned_net_amount,
        calendar_date
    from unioned
)

select * from final
order by sku, date_basis_code, calendar_date, channel_name;

create table serving.marts.rpt_sku_returns as
with order_lines as (
    select * from serving.marts.fct_order_lines
),

return_lines as (
    select * from serving.marts.fct_return_lines
),

products as (
    select * from serving.marts.dim_products
),

settings as (
    select * from stg_kaeru__settings
),

sold as (
    select
        sku,
        coalesce(channel_name, 'unknown') as channel_name,
        sum(ordered_count) as ordered_count,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(case when delivery_state_code = 'in_transit' then ordered_count else 0 end)
            as in_transit_count,
        sum(case when delivered_count > 0 then requested_count else 0 end) as requested_count,
        sum(case when delivered_count > 0 then returned_count else 0 end) as returned_count,
        sum(case when delivered_count > 0 then returned_net_amount else 0 end)
            as returned_net_amount,
        max(delivered_date) as last_delivered_date
    from order_lines
    where not is_exchange_leg
    group by sku, coalesce(channel_name, 'unknown')
),

returned as (
    select
        sku,
        coalesce(channel_name, 'unknown') as channel_name,
        sum(returned_count) as event_returned_count,
        sum(coalesce(returned_net_amount, 0)) as event_returned_net_amount,
        sum(case when not is_matched then returned_count else 0 end) as unmatched_returned_count
    from return_lines
    where sku is not null and not is_exchange_leg
    group by sku, coalesce(channel_name, 'unknown')
),

totals as (
    select
        sku,
        sum(sold_count) as sold_count,
        sum(back_count) as back_count
    from (
        select
            sku,
            delivered_count as sold_count,
            0 as back_count
        from sold
        union all
        select
            sku,
            0 as sold_count,
            event_returned_count as back_count
        from returned
    ) as movements
    group by sku
),

joined as (
    select
        coalesce(sold.sku, returned.sku) as sku,
        coalesce(sold.channel_name, returned.channel_name) as channel_name,
        coalesce(sold.ordered_count, 0) as ordered_count,
        coalesce(sold.delivered_count, 0) as delivered_count,
        coalesce(sold.delivered_net_amount, 0) as delivered_net_amount,
        coalesce(sold.in_transit_count, 0) as in_transit_count,
        coalesce(sold.requested_count, 0) as requested_count,
        coalesce(sold.returned_count, 0) as returned_count,
        coalesce(sold.returned_net_amount, 0) as returned_net_amount,
        coalesce(returned.event_returned_count, 0) as event_returned_count,
        coalesce(returned.event_returned_net_amount, 0) as event_returned_net_amount,
        coalesce(returned.unmatched_returned_count, 0) as unmatched_returned_count,
        sold.last_delivered_date
    from sold
    full outer join returned
        on sold.sku = returned.sku and sold.channel_name = returned.channel_name
),

final as (
    select
        joined.sku,
        products.style_id,
        joined.channel_name,
        products.style_name,
        products.category_name,
        products.brand_name,
        products.season_name,
        products.size_label_text,
        products.colour_name,
        products.size_order_number,
        cast(joined.ordered_count as bigint) as ordered_count,
        cast(joined.delivered_count as bigint) as delivered_count,
        cast(joined.delivered_net_amount as bigint) as delivered_net_amount,
        cast(joined.in_transit_count as bigint) as in_transit_count,
        cast(joined.requested_count as bigint) as requested_count,
        cast(joined.returned_count as bigint) as returned_count,
        cast(joined.returned_net_amount as bigint) as returned_net_amount,
        cast(joined.event_returned_count as bigint) as event_returned_count,
        cast(joined.event_returned_net_amount as bigint) as event_returned_net_amount,
        cast(joined.unmatched_returned_count as bigint) as unmatched_returned_count,
        totals.back_count > totals.sold_count as is_over_returned,
        joined.last_delivered_date,
        settings.as_of_date
    from joined
    cross join settings
    inner join totals on joined.sku = totals.sku
    left join products on joined.sku = products.sku
)

select * from final
order by sku, channel_name;

create table serving.marts.dim_customers as
with customers as (
    select * from stg_shop__customers
),

order_lines as (
    select * from serving.marts.fct_order_lines
),

settings as (
    select * from stg_kaeru__settings
),

ordered as (
    select
        customer_id,
        count(distinct order_id) as order_count,
        min(ordered_date) as first_ordered_date
    from order_lines
    where customer_id is not null and not is_exchange_leg
    group by customer_id
),

ids as (
    select customer_id from customers
    union distinct
    select customer_id from ordered
),

final as (
    select
        ids.customer_id,
        customers.height_band_name,
        customers.age_band_name,
        customers.usual_size_name,
        coalesce(ordered.order_count, 0) as order_count,
        customers.customer_id is not null as is_in_customer_file,
        customers.has_consent,
        least(
            ordered.first_ordered_date,
            cast(timezone(settings.time_zone_name, timezone('UTC', customers.first_order_at)) as date)
        ) as first_order_date
    from ids
    cross join settings
    left join customers on ids.customer_id = customers.customer_id
    left join ordered on ids.customer_id = ordered.customer_id
)

select * from final
order by customer_id;

create table serving.marts.dim_dates as
with order_lines as (
    select * from serving.marts.fct_order_lines
),

return_lines as (
    select * from serving.marts.fct_return_lines
),

settings as (
    select * from stg_kaeru__settings
),

bounds as (
    select
        least(
            min(order_lines.ordered_date), min(settings.as_of_date),
            (select min(return_lines.event_date) from return_lines)
        ) as first_date,
        max(settings.as_of_date) as last_date
    from settings
    left join order_lines on true
),

days as (
    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date)
        as calendar_date
    from bounds
),

final as (
    select
        calendar_date,
        cast(date_trunc('week', calendar_date) as date) as week_start_date,
        cast(date_trunc('month', calendar_date) as date) as month_start_date,
        cast((calendar_date + to_days(cast(-364 as integer))) as date) as same_day_last_year_date,
        cast(extract(isodow from calendar_date) as bigint) as day_of_week_number
    from days
)

select * from final
order by calendar_date;

create table serving.marts.rpt_style_return_weeks as
with days as (
    select * from serving.marts.rpt_sku_return_days
),

products as (
    select * from serving.marts.dim_products
),

final as (
    select
        products.style_id,
        days.channel_name,
        cast(sum(days.delivered_count) as bigint) as delivered_count,
        cast(sum(days.delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(days.returned_count) as bigint) as returned_count,
        cast(sum(days.returned_net_amount) as bigint) as returned_net_amount,
        cast(date_trunc('week', days.calendar_date) as date) as week_start_date
    from days
    inner join products on days.sku = products.sku
    where days.date_basis_code = 'cohort'
    group by
        products.style_id,
        days.channel_name,
        cast(date_trunc('week', days.calendar_date) as date)
)

select * from final
order by style_id, week_start_date, channel_name;

create table serving.marts.rpt_category_return_days as
with days as (
    select * from serving.marts.rpt_sku_return_days
),

products as (
    select * from serving.marts.dim_products
),

final as (
    select
        coalesce(products.category_name, 'unknown') as category_name,
        days.channel_name,
        days.date_basis_code,
        cast(sum(days.delivered_count) as bigint) as delivered_count,
        cast(sum(days.delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(days.requested_count) as bigint) as requested_count,
        cast(sum(days.returned_count) as bigint) as returned_count,
        cast(sum(days.returned_net_amount) as bigint) as returned_net_amount,
        days.calendar_date
    from days
    inner join products on days.sku = products.sku
    group by
        coalesce(products.category_name, 'unknown'),
        days.channel_name,
        days.date_basis_code,
        days.calendar_date
)

select * from final
order by category_name, date_basis_code, calendar_date, channel_name;

create table serving.marts.rpt_style_sizes as
with skus as (
    select * from serving.marts.rpt_sku_returns
),

final as (
    select
        style_id,
        coalesce(size_label_text, 'unknown') as size_label_text,
        coalesce(colour_name, 'unknown') as colour_name,
        channel_name,
        min(size_order_number) as size_order_number,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount
    from skus
    group by
        style_id,
        coalesce(size_label_text, 'unknown'),
        coalesce(colour_name, 'unknown'),
        channel_name
)

select * from final
order by style_id, size_order_number nulls last, size_label_text, colour_name, channel_name;

create table serving.marts.rpt_style_returns as
with skus as (
    select * from serving.marts.rpt_sku_returns
),

final as (
    select
        style_id,
        channel_name,
        min(style_name) as style_name,
        min(category_name) as category_name,
        min(brand_name) as brand_name,
        min(season_name) as season_name,
        cast(sum(ordered_count) as bigint) as ordered_count,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(in_transit_count) as bigint) as in_transit_count,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(event_returned_count) as bigint) as event_returned_count,
        cast(sum(event_returned_net_amount) as bigint) as event_returned_net_amount,
        max(last_delivered_date) as last_delivered_date,
        max(as_of_date) as as_of_date
    from skus
    group by style_id, channel_name
)

select * from final
order by style_id, channel_name;

create table serving.marts.rpt_bracketing as
with pairs as (
    select
        order_lines.order_id,
        products.style_id,
        count(distinct products.size_label_text) > 1 as is_size_bracketed,
        count(distinct products.colour_name) > 1 as is_colour_bracketed
    from serving.marts.fct_order_lines as order_lines
    inner join int_skus_collected as products on order_lines.sku = products.sku
    where not order_lines.is_exchange_leg and order_lines.delivery_state_code <> 'cancelled'
    group by order_lines.order_id, products.style_id
)

select
    style_id,
    count(*) as order_style_pair_count,
    count_if(is_size_bracketed) as size_bracketed_pair_count,
    count_if(is_colour_bracketed) as colour_bracketed_pair_count
from pairs
group by style_id
order by style_id;
