with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

parameters as (
    select safety_stock_count
    from {{ ref('int_exchange_parameters_pivoted_to_shops') }}
),

snapshots as (
    select
        inventory_snapshots.location_id,
        inventory_snapshots.sku,
        inventory_snapshots.snapshot_date,
        inventory_snapshots.condition_code,
        inventory_snapshots.on_hand_count - coalesce(inventory_snapshots.reserved_count, 0)
            as available_count
    from {{ ref('stg_shop__inventory_snapshots') }} as inventory_snapshots
    cross join shop
    where
        inventory_snapshots.snapshot_date <= shop.as_of_date
        and {{ days_between('inventory_snapshots.snapshot_date', 'shop.as_of_date') }} < 35
),

-- A snapshot says what is there until the next one of its place, for five weeks at most.
places as (
    select
        location_id,
        max(snapshot_date) as snapshot_date
    from snapshots
    group by location_id
),

stock as (
    select
        snapshots.sku,
        sum(snapshots.available_count) as available_count
    from snapshots
    inner join places
        on
            snapshots.location_id = places.location_id
            and snapshots.snapshot_date = places.snapshot_date
    where coalesce(snapshots.condition_code, 'sellable') = 'sellable'
    group by snapshots.sku
),

-- A replacement that was promised and has not left holds its units.
reservations as (
    select
        exchanges.replacement_sku as sku,
        sum(coalesce(return_lines.requested_count, 1)) as reserved_count
    from {{ ref('fct_exchanges') }} as exchanges
    inner join {{ ref('fct_return_outcomes') }} as outcomes
        on exchanges.return_line_id = outcomes.return_line_id
    inner join {{ ref('fct_return_lines') }} as return_lines
        on exchanges.return_line_id = return_lines.return_line_id
    where
        not exchanges.is_shipped
        and not outcomes.is_dropped
        and outcomes.outcome_code = 'none'
    group by exchanges.replacement_sku
),

known as (
    select count(*) > 0 as is_stock_known
    from places
),

final as (
    select
        products.sku,
        case
            when known.is_stock_known
                then cast(
                    greatest(
                        coalesce(stock.available_count, 0)
                        - parameters.safety_stock_count
                        - coalesce(reservations.reserved_count, 0),
                        0
                    ) as bigint
                )
        end as available_count
    from {{ ref('dim_products') }} as products
    cross join known
    cross join parameters
    left join stock on products.sku = stock.sku
    left join reservations on products.sku = reservations.sku
)

select * from final
