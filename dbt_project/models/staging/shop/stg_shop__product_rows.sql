with

source as (
    select
        sku,
        size_label,
        load_id,
        file_line
    from {{ source('landing', 'products') }}
    where is_filtered is not true
),

renamed as (
    select
        sku,
        size_label,
        load_id as load_number,
        file_line as line_number
    from source
)

select * from renamed
