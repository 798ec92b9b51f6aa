with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

products as (
    select
        sku,
        style_id
    from {{ ref('int_products_gathered_to_skus') }}
),

requests as (
    select
        matched_requests.return_line_id,
        coalesce(order_lines.sku, matched_requests.sku) as sku,
        landed_requests.wanted_sku,
        matched_requests.requested_date,
        {{ to_shop_date('landed_requests.exchange_offered_at', 'shop.time_zone_name') }}
            as offered_date,
        landed_requests.exchange_offered_at as offered_at
    from {{ ref('int_return_requests_matched_to_order_lines') }} as matched_requests
    cross join shop
    inner join {{ ref('stg_shop__return_requests') }} as landed_requests
        on matched_requests.return_line_id = landed_requests.return_line_id
    left join {{ ref('stg_shop__order_lines') }} as order_lines
        on matched_requests.order_line_id = order_lines.order_line_id
),

locations as (
    select
        location_id,
        snapshot_date
    from {{ ref('stg_shop__inventory_snapshots') }}
    where location_id is not null and snapshot_date is not null
    group by location_id, snapshot_date
),

-- A snapshot says what is there until the next one of its place, for five weeks at most.
spans as (
    select
        location_id,
        snapshot_date,
        least(
            coalesce(
                lead(snapshot_date) over (partition by location_id order by snapshot_date),
                {{ add_days('snapshot_date', 35) }}
            ),
            {{ add_days('snapshot_date', 35) }}
        ) as until_date
    from locations
),

request_days as (
    select requested_date
    from requests
    where requested_date is not null
    group by requested_date
),

known_days as (
    select
        request_days.requested_date,
        spans.location_id,
        spans.snapshot_date
    from request_days
    inner join spans
        on
            request_days.requested_date >= spans.snapshot_date
            and request_days.requested_date < spans.until_date
),

stock as (
    select
        location_id,
        sku,
        snapshot_date,
        sum(on_hand_count - coalesce(reserved_count, 0)) as available_count
    from {{ ref('stg_shop__inventory_snapshots') }}
    where coalesce(condition_code, 'sellable') = 'sellable'
    group by location_id, sku, snapshot_date
),

variants as (
    select
        products.style_id,
        stock.sku,
        stock.location_id,
        stock.snapshot_date
    from stock
    inner join products on stock.sku = products.sku
    where stock.available_count > 0
),

requested as (
    select
        requests.return_line_id,
        requests.sku,
        requests.wanted_sku,
        products.style_id,
        requests.requested_date
    from requests
    left join products on requests.sku = products.sku
    where requests.requested_date is not null
),

alternatives as (
    select requested.return_line_id
    from requested
    inner join known_days on requested.requested_date = known_days.requested_date
    inner join variants
        on
            known_days.location_id = variants.location_id
            and known_days.snapshot_date = variants.snapshot_date
            and requested.style_id = variants.style_id
    where variants.sku <> requested.sku
    group by requested.return_line_id
),

wanted as (
    select requested.return_line_id
    from requested
    inner join known_days on requested.requested_date = known_days.requested_date
    inner join variants
        on
            known_days.location_id = variants.location_id
            and known_days.snapshot_date = variants.snapshot_date
            and requested.wanted_sku = variants.sku
    group by requested.return_line_id
),

stocked_days as (
    select requested_date
    from known_days
    group by requested_date
),

final as (
    select
        requests.return_line_id,
        requests.wanted_sku,
        stocked_days.requested_date is not null as is_stock_known,
        case
            when stocked_days.requested_date is not null and requests.sku is not null
                then alternatives.return_line_id is not null
        end as has_alternative,
        case
            when stocked_days.requested_date is not null and requests.wanted_sku is not null
                then wanted.return_line_id is not null
        end as is_wanted_in_stock,
        case when requests.offered_at < shop.known_before_at then requests.offered_date end
            as offered_date,
        case when requests.offered_at < shop.known_before_at then requests.offered_at end
            as offered_at
    from requests
    cross join shop
    left join stocked_days on requests.requested_date = stocked_days.requested_date
    left join alternatives on requests.return_line_id = alternatives.return_line_id
    left join wanted on requests.return_line_id = wanted.return_line_id
)

select * from final
