with

source as (
    select
        action_id,
        week_number,
        developed_rate,
        low_rate,
        high_rate,
        control_rate
    from {{ source('scores', 'action_weeks') }}
),

renamed as (
    select
        action_id,
        week_number,
        developed_rate,
        low_rate,
        high_rate,
        control_rate
    from source
)

select * from renamed
