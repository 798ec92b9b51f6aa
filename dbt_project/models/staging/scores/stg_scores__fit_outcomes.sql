with

source as (
    select
        style_id,
        size_label,
        basis_code,
        model_version,
        small_probability,
        fit_probability,
        large_probability,
        small_buyer_factor,
        large_buyer_factor,
        scored_count,
        learned_count,
        missing_small_count,
        missing_large_count
    from {{ source('scores', 'fit_outcomes') }}
),

renamed as (
    select
        style_id,
        size_label,
        basis_code,
        model_version,
        small_probability,
        fit_probability,
        large_probability,
        small_buyer_factor,
        large_buyer_factor,
        scored_count,
        learned_count,
        missing_small_count,
        missing_large_count
    from source
)

select * from renamed
