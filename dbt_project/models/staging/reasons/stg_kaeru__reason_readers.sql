with

source as (
    select model_version
    from {{ source('landing', 'reason_readers') }}
),

renamed as (
    select model_version
    from source
)

select * from renamed
