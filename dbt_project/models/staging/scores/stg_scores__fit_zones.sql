with

source as (
    select
        style_id,
        zone_code,
        small_rate,
        small_low_rate,
        small_high_rate,
        large_rate,
        large_low_rate,
        large_high_rate,
        category_small_rate,
        category_large_rate
    from {{ source('scores', 'fit_zones') }}
),

renamed as (
    select
        style_id,
        zone_code,
        small_rate,
        small_low_rate,
        small_high_rate,
        large_rate,
        large_low_rate,
        large_high_rate,
        category_small_rate,
        category_large_rate
    from source
)

select * from renamed
