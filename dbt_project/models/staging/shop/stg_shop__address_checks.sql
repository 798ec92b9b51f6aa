with

source as (
    {{ newest_rows(
        source('landing', 'address_checks'),
        keys=['shipment_id', 'order_id', 'checked_at'],
        payload=['method', 'status', 'codes', 'minutes_spent']
    ) }}
),

renamed as (
    select
        shipment_id,
        order_id,
        method as method_code,
        status as status_name,
        codes as codes_text,
        source_system,
        cast(minutes_spent as double) as minutes_spent,
        kept_place,
        other_place,
        cast(nullif(checked_at, 'unknown') as timestamp) as checked_at
    from source
)

select * from renamed
