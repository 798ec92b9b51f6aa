with

source as (
    select
        size_label,
        size_key_text,
        is_known
    from {{ source('scores', 'size_label_keys') }}
),

renamed as (
    select
        size_label,
        size_key_text,
        is_known
    from source
)

select * from renamed
