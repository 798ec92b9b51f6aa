with

source as (
    select
        style_id,
        size_label,
        is_blocking
    from {{ source('scores', 'fit_unknown_labels') }}
),

renamed as (
    select
        style_id,
        size_label,
        is_blocking
    from source
)

select * from renamed
