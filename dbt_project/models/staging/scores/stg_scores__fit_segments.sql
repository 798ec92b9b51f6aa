with

source as (
    select
        style_id,
        dimension_code,
        segment_kind_code,
        segment_label,
        finding_code,
        rank_number,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability
    from {{ source('scores', 'fit_segments') }}
),

renamed as (
    select
        style_id,
        dimension_code,
        segment_kind_code,
        segment_label,
        finding_code,
        rank_number,
        size_rate,
        low_rate,
        high_rate,
        small_probability,
        large_probability
    from source
)

select * from renamed
