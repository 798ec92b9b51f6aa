with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

snapshots as (
    select
        snapshots.location_id,
        snapshots.sku,
        snapshots.snapshot_date,
        snapshots.on_hand_count,
        snapshots.on_hand_count - coalesce(snapshots.reserved_count, 0) as available_count,
        coalesce(snapshots.condition_code, 'sellable') = 'sellable' as is_sellable
    from {{ ref('stg_shop__inventory_snapshots') }} as snapshots
    cross join shop
    where snapshots.snapshot_date <= shop.as_of_date
),

-- A place says what it holds until it says so again: what its newest snapshot leaves out is gone.
newest as (
    select
        location_id,
        max(snapshot_date) as snapshot_date
    from snapshots
    group by location_id
),

products as (
    select
        sku,
        style_id,
        coalesce(size_label, 'unknown') as size_label,
        size_order
    from {{ ref('dim_products') }}
),

final as (
    select
        products.style_id,
        products.size_label,
        min(products.size_order) as size_order,
        cast(sum(snapshots.on_hand_count) as bigint) as on_hand_count,
        cast(
            sum(case when snapshots.is_sellable then snapshots.available_count else 0 end)
            as bigint
        ) as available_count,
        min(snapshots.snapshot_date) as oldest_snapshot_date,
        max(snapshots.snapshot_date) as newest_snapshot_date
    from snapshots
    inner join newest
        on
            snapshots.location_id = newest.location_id
            and snapshots.snapshot_date = newest.snapshot_date
    inner join products on snapshots.sku = products.sku
    group by products.style_id, products.size_label
    order by products.style_id asc, size_order asc nulls last, products.size_label asc
)

select * from final
