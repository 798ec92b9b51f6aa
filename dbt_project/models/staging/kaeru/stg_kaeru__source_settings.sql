with

source as (
    select
        source_system,
        lead_time_days,
        has_delivery_data
    from {{ source('landing', 'source_settings') }}
),

renamed as (
    select
        source_system,
        lead_time_days,
        has_delivery_data
    from source
)

select * from renamed
