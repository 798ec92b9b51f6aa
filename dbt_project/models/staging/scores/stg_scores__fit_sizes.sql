with

source as (
    select
        style_id,
        size_label,
        rank_number,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability
    from {{ source('scores', 'fit_sizes') }}
),

renamed as (
    select
        style_id,
        size_label,
        rank_number,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability
    from source
)

select * from renamed
