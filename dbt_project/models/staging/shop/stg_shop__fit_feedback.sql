with

source as (
    {{ newest_rows(
        source('landing', 'fit_feedback'),
        keys=['order_line_id', 'given_at'],
        payload=['fit', 'zone']
    ) }}
),

renamed as (
    select
        order_line_id,
        fit as fit_code,
        zone as zone_name,
        source_system,
        kept_place,
        other_place,
        cast(nullif(given_at, 'unknown') as timestamp) as given_at
    from source
)

select * from renamed
