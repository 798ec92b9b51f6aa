with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

requests as (
    select
        requests.return_line_id,
        requests.return_id,
        requests.order_line_id,
        requests.order_id,
        requests.sku,
        requests.reason_code,
        coalesce(requests.return_type_code, 'customer_return') as return_type_code,
        case
            when requests.reason_code is not null
                then coalesce(requests.reason_system, 'taxonomy')
        end as reason_system,
        requests.request_channel_code,
        -- A decision dated after the as-of day is not known yet.
        case
            when requests.decided_at is null or requests.decided_at < shop.known_before_at
                then requests.decision_code
        end as decision_code,
        requests.requested_resolution_code,
        requests.source_system,
        coalesce(requests.requested_count, 1) as requested_count,
        requests.requested_count is null as is_quantity_assumed,
        requests.is_requested_day_unknown,
        {{ to_shop_date('requests.requested_at', 'shop.time_zone_name') }} as requested_date,
        requests.requested_at
    from {{ ref('stg_shop__return_requests') }} as requests
    cross join shop
    where requests.requested_at < shop.known_before_at or requests.is_requested_day_unknown
),

-- Where the source names order and SKU but no line: the units of the requests, oldest first, fill
-- the order's lines of that SKU one after the other.
unnamed as (
    select
        return_line_id,
        order_id,
        sku,
        sum(requested_count) over (
            partition by order_id, sku
            order by requested_at nulls last, return_line_id
            rows between unbounded preceding and current row
        ) - requested_count as units_before
    from requests
    where order_line_id is null and order_id is not null and sku is not null
),

unnamed_orders as (
    select
        order_id,
        sku
    from unnamed
    group by order_id, sku
),

candidates as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.sku,
        sum(order_lines.ordered_count) over (
            partition by order_lines.order_id, order_lines.sku
            order by order_lines.order_line_id
            rows between unbounded preceding and current row
        ) as units_until
    from {{ ref('stg_shop__order_lines') }} as order_lines
    inner join unnamed_orders
        on
            order_lines.order_id = unnamed_orders.order_id
            and order_lines.sku = unnamed_orders.sku
),

fitting as (
    select
        unnamed.return_line_id,
        candidates.order_line_id,
        row_number() over (
            partition by unnamed.return_line_id
            order by
                case when candidates.units_until > unnamed.units_before then 0 else 1 end,
                -- What is more than was ordered stays with the last line.
                case
                    when candidates.units_until > unnamed.units_before
                        then candidates.units_until
                    else -candidates.units_until
                end,
                candidates.order_line_id
        ) as fit_number
    from unnamed
    inner join candidates
        on unnamed.order_id = candidates.order_id and unnamed.sku = candidates.sku
),

matches as (
    select
        return_line_id,
        order_line_id
    from fitting
    where fit_number = 1
),

late_lines as (
    select order_lines.order_line_id
    from {{ ref('stg_shop__orders') }} as orders
    cross join shop
    inner join {{ ref('stg_shop__order_lines') }} as order_lines
        on orders.order_id = order_lines.order_id
    where orders.ordered_at >= shop.known_before_at
),

matched as (
    select
        requests.return_line_id,
        requests.return_id,
        coalesce(requests.order_line_id, matches.order_line_id) as order_line_id,
        requests.order_id,
        requests.sku,
        requests.reason_code,
        requests.return_type_code,
        requests.reason_system,
        requests.request_channel_code,
        requests.decision_code,
        requests.requested_resolution_code,
        requests.source_system,
        requests.requested_count,
        requests.is_quantity_assumed,
        requests.is_requested_day_unknown,
        requests.requested_date,
        requests.requested_at
    from requests
    left join matches on requests.return_line_id = matches.return_line_id
),

-- A request of an unknown day cannot be older than its order.
final as (
    select matched.*
    from matched
    left join late_lines on matched.order_line_id = late_lines.order_line_id
    where not matched.is_requested_day_unknown or late_lines.order_line_id is null
)

select * from final
