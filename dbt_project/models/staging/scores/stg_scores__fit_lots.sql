with

source as (
    select
        style_id,
        lot_id,
        finding_code,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability
    from {{ source('scores', 'fit_lots') }}
),

renamed as (
    select
        style_id,
        lot_id,
        finding_code,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability
    from source
)

select * from renamed
