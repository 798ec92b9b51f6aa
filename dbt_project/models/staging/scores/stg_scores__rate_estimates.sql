with

source as (
    select
        level_code,
        group_id,
        prior_strength,
        posterior_rate,
        low_rate,
        high_rate,
        alarm_probability,
        is_alarm,
        is_rankable
    from {{ source('scores', 'rate_estimates') }}
),

renamed as (
    select
        group_id,
        level_code,
        prior_strength,
        posterior_rate,
        low_rate,
        high_rate,
        alarm_probability,
        is_alarm,
        is_rankable
    from source
)

select * from renamed
