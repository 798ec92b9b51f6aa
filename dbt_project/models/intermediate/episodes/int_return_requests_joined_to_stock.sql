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

available as (
    select
        location_id,
        sku,
        snapshot_date
    from stock
    where available_count > 0
),

-- Another variant than the one asked about is there when the first or the last of them is.
available_styles as (
    select
        available.location_id,
        products.style_id,
        available.snapshot_date,
        min(available.sku) as first_sku,
        max(available.sku) as last_sku
    from available
    inner join products on available.sku = products.sku
    group by available.location_id, products.style_id, available.snapshot_date
),

-- Many ask about one style on one day: each style and each variant is looked up once a day.
asked_styles as (
    select
        products.style_id,
        requests.requested_date
    from requests
    inner join products on requests.sku = products.sku
    group by products.style_id, requests.requested_date
),

alternatives as (
    select
        asked_styles.style_id,
        asked_styles.requested_date,
        min(available_styles.first_sku) as first_sku,
        max(available_styles.last_sku) as last_sku
    from asked_styles
    inner join known_days on asked_styles.requested_date = known_days.requested_date
    inner join available_styles
        on
            known_days.location_id = available_styles.location_id
            and known_days.snapshot_date = available_styles.snapshot_date
            and asked_styles.style_id = available_styles.style_id
    group by asked_styles.style_id, asked_styles.requested_date
),

-- Grouped, so that no engine multiplies snapshots with days before it knows what is wanted.
wanted_snapshots as (
    select
        requests.wanted_sku,
        requests.requested_date,
        known_days.location_id,
        known_days.snapshot_date
    from requests
    inner join known_days on requests.requested_date = known_days.requested_date
    where requests.wanted_sku is not null
    group by
        requests.wanted_sku,
        requests.requested_date,
        known_days.location_id,
        known_days.snapshot_date
),

wanted as (
    select
        wanted_snapshots.wanted_sku,
        wanted_snapshots.requested_date
    from wanted_snapshots
    inner join available
        on
            wanted_snapshots.location_id = available.location_id
            and wanted_snapshots.snapshot_date = available.snapshot_date
            and wanted_snapshots.wanted_sku = available.sku
    group by wanted_snapshots.wanted_sku, wanted_snapshots.requested_date
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
                then coalesce(
                    alternatives.first_sku <> requests.sku or alternatives.last_sku <> requests.sku,
                    false
                )
        end as has_alternative,
        case
            when stocked_days.requested_date is not null and requests.wanted_sku is not null
                then wanted.wanted_sku is not null
        end as is_wanted_in_stock,
        case when requests.offered_at < shop.known_before_at then requests.offered_date end
            as offered_date,
        case when requests.offered_at < shop.known_before_at then requests.offered_at end
            as offered_at
    from requests
    cross join shop
    left join stocked_days on requests.requested_date = stocked_days.requested_date
    left join products on requests.sku = products.sku
    left join alternatives
        on
            products.style_id = alternatives.style_id
            and requests.requested_date = alternatives.requested_date
    left join wanted
        on
            requests.wanted_sku = wanted.wanted_sku
            and requests.requested_date = wanted.requested_date
)

select * from final
