with

curves as (
    select
        category_name,
        channel_name,
        pool_number,
        pooled_count,
        age_days,
        developed_share,
        is_after_policy_change,
        is_tail_seen,
        as_of_date
    from {{ ref('int_return_lags_estimated_to_curves') }}
    where is_current
),

final as (
    select
        category_name,
        channel_name,
        pool_number,
        pooled_count,
        age_days,
        developed_share,
        is_after_policy_change,
        is_tail_seen,
        as_of_date
    from curves
    order by category_name, channel_name, is_after_policy_change, age_days
)

select * from final
