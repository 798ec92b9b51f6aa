with

source as (
    select
        model_version,
        reason_code,
        correction_factor,
        correction_doubt,
        label_count
    from {{ source('landing', 'reason_corrections') }}
),

renamed as (
    select
        model_version,
        reason_code,
        correction_factor,
        correction_doubt,
        label_count
    from source
)

select * from renamed
