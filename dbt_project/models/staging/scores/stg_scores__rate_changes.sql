with

source as (
    select
        group_id,
        since_date,
        change_score
    from {{ source('scores', 'rate_changes') }}
),

renamed as (
    select
        group_id as style_id,
        change_score,
        since_date
    from source
)

select * from renamed
