with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

-- What was seen on the as-of day of the returns of half a year: a unit that came back after
-- lag_days could have been seen up to bound_days after its delivery.
seen as (
    select
        as_of_days.as_of_date,
        lags.category_name,
        lags.channel_name,
        coalesce(lags.cohort_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        least(lags.lag_days, 120) as lag_days,
        {{ days_between('lags.cohort_date', 'as_of_days.as_of_date') }} as bound_days,
        lags.returned_count
    from {{ ref('int_return_lines_counted_to_lags') }} as lags
    inner join as_of_days
        on
            lags.cohort_date <= as_of_days.as_of_date
            and lags.cohort_date > {{ add_days('as_of_days.as_of_date', -182) }}
            and {{ add_days('lags.cohort_date', 'lags.lag_days') }} <= as_of_days.as_of_date
    cross join policies
    -- Orders from before the change are still delivered in the first week after it.
    where
        policies.policy_changed_date is null
        or lags.cohort_date < policies.policy_changed_date
        or lags.cohort_date >= {{ add_days('policies.policy_changed_date', 7) }}
),

by_lag as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        lag_days as age_days,
        sum(returned_count) as returned_count,
        0 as bounded_count
    from seen
    group by as_of_date, category_name, channel_name, is_after_policy_change, lag_days
),

by_bound as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        bound_days as age_days,
        0 as returned_count,
        sum(returned_count) as bounded_count
    from seen
    group by as_of_date, category_name, channel_name, is_after_policy_change, bound_days
),

counted as (
    select *
    from by_lag

    union all

    select *
    from by_bound
),

final as (
    select
        as_of_date,
        category_name,
        channel_name,
        age_days,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(bounded_count) as bigint) as bounded_count,
        is_after_policy_change
    from counted
    group by as_of_date, category_name, channel_name, age_days, is_after_policy_change
)

select * from final
