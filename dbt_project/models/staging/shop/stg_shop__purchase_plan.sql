with

source as (
    {{ newest_rows(
        source('landing', 'purchase_plan'),
        keys=['style_id', 'sku', 'received_on'],
        payload=['units_received']
    ) }}
),

renamed as (
    select
        style_id,
        sku,
        source_system,
        cast(units_received as bigint) as units_received_count,
        kept_place,
        other_place,
        cast(received_on as date) as received_date
    from source
)

select * from renamed
