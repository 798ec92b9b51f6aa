with

source as (
    {{ newest_rows(
        source('landing', 'inventory_snapshots'),
        keys=['snapshot_date', 'location_id', 'sku'],
        payload=['on_hand', 'reserved', 'condition']
    ) }}
),

renamed as (
    select
        location_id,
        sku,
        condition as condition_code,
        source_system,
        cast(on_hand as bigint) as on_hand_count,
        cast(reserved as bigint) as reserved_count,
        kept_place,
        other_place,
        cast(snapshot_date as date) as snapshot_date
    from source
)

select * from renamed
