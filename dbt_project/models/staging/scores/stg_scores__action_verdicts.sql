with

source as (
    select
        action_id,
        verdict_code,
        cause_code,
        before_rate,
        after_rate,
        unmoved_rate,
        control_before_rate,
        control_after_rate,
        difference_rate,
        low_rate,
        high_rate,
        detectable_rate,
        trend_rate,
        trend_low_rate,
        trend_high_rate,
        week_variation,
        placebo_factor,
        is_trend_parallel,
        control_count,
        placebo_count
    from {{ source('scores', 'action_verdicts') }}
),

renamed as (
    select
        action_id,
        verdict_code,
        cause_code,
        before_rate,
        after_rate,
        unmoved_rate,
        control_before_rate,
        control_after_rate,
        difference_rate,
        low_rate,
        high_rate,
        detectable_rate,
        trend_rate,
        trend_low_rate,
        trend_high_rate,
        week_variation,
        placebo_factor,
        is_trend_parallel,
        control_count,
        placebo_count
    from source
)

select * from renamed
