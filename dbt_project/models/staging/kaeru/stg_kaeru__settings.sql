with

source as (
    select
        setting_name,
        setting_value
    from {{ source('landing', 'settings') }}
),

renamed as (
    select
        setting_name,
        setting_value as setting_text
    from source
)

select * from renamed
