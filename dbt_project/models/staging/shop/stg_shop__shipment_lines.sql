with

source as (
    {{ newest_rows(
        source('landing', 'shipment_lines'),
        keys=['shipment_id', 'order_line_id'],
        payload=['quantity']
    ) }}
),

renamed as (
    select
        shipment_id,
        order_line_id,
        source_system,
        cast(quantity as bigint) as shipped_count,
        kept_place,
        other_place
    from source
)

select * from renamed
