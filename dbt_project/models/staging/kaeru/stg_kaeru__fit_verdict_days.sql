with

source as (
    select
        style_id,
        verdict_code,
        diagnosis_code,
        small_probability,
        large_probability,
        swap_probability,
        false_share,
        developed_exposure,
        small_units,
        large_units,
        delivered_count,
        as_of_date
    from {{ source('landing', 'fit_verdict_days') }}
),

renamed as (
    select
        style_id,
        verdict_code,
        diagnosis_code,
        small_probability,
        large_probability,
        swap_probability,
        false_share,
        developed_exposure,
        small_units,
        large_units,
        delivered_count,
        as_of_date
    from source
)

select * from renamed
