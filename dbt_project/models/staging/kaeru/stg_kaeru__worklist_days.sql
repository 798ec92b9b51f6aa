with

source as (
    select
        level_code,
        style_id,
        sku,
        excess_count,
        excess_amount,
        is_alarm,
        as_of_date
    from {{ source('landing', 'worklist_days') }}
),

renamed as (
    select
        style_id,
        sku,
        level_code,
        excess_count,
        excess_amount,
        is_alarm,
        as_of_date
    from source
)

select * from renamed
