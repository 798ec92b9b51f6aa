with

as_of_days as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

shop as (
    select coalesce(return_window_days, 30) as return_window_days
    from {{ ref('int_settings_pivoted_to_shops') }}
),

ages as (
    {{ each_number(0, 120) }}
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
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        returned_count,
        bounded_count
    from by_lag

    union all

    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        returned_count,
        bounded_count
    from by_bound
),

-- Pools, from the narrowest to the widest: category and channel, category, shop, shop whatever
-- the policy.
leveled as (
    select
        as_of_date,
        1 as pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        returned_count,
        bounded_count
    from counted

    union all

    select
        as_of_date,
        2 as pool_number,
        category_name,
        '' as channel_name,
        is_after_policy_change,
        age_days,
        returned_count,
        bounded_count
    from counted

    union all

    select
        as_of_date,
        3 as pool_number,
        '' as category_name,
        '' as channel_name,
        is_after_policy_change,
        age_days,
        returned_count,
        bounded_count
    from counted

    union all

    select
        as_of_date,
        4 as pool_number,
        '' as category_name,
        '' as channel_name,
        false as is_after_policy_change,
        age_days,
        returned_count,
        bounded_count
    from counted
),

pooled as (
    select
        as_of_date,
        pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        sum(returned_count) as returned_count,
        sum(bounded_count) as bounded_count
    from leveled
    group by
        as_of_date, pool_number, category_name, channel_name, is_after_policy_change, age_days
),

pools as (
    select
        as_of_date,
        pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        cast(sum(returned_count) as bigint) as pooled_count,
        max(case when bounded_count > 0 then age_days end) as last_bound_days
    from pooled
    group by as_of_date, pool_number, category_name, channel_name, is_after_policy_change
),

gridded as (
    select
        pools.as_of_date,
        pools.pool_number,
        pools.category_name,
        pools.channel_name,
        pools.is_after_policy_change,
        ages.number as age_days,
        coalesce(pooled.returned_count, 0) as returned_count,
        coalesce(pooled.bounded_count, 0) as bounded_count
    from pools
    cross join ages
    left join pooled
        on
            pools.as_of_date = pooled.as_of_date
            and pools.pool_number = pooled.pool_number
            and pools.category_name = pooled.category_name
            and pools.channel_name = pooled.channel_name
            and pools.is_after_policy_change = pooled.is_after_policy_change
            and ages.number = pooled.age_days
),

-- Product limit in reverse time: of the units that came back within an age and could have been
-- seen later, the share that came back at that very age.
at_risk as (
    select
        *,
        sum(returned_count) over (
            partition by
                as_of_date, pool_number, category_name, channel_name, is_after_policy_change
            order by age_days
            rows between unbounded preceding and current row
        ) as seen_count,
        sum(returned_count)
            over (
                partition by
                    as_of_date, pool_number, category_name, channel_name, is_after_policy_change
                order by age_days
                rows between unbounded preceding and current row
            )
        - coalesce(
            sum(bounded_count) over (
                partition by
                    as_of_date, pool_number, category_name, channel_name, is_after_policy_change
                order by age_days
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as at_risk_count
    from gridded
),

logged as (
    select
        as_of_date,
        pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        seen_count,
        -- Fewer than five units say nothing about the tail.
        case
            when at_risk_count >= 5 and returned_count < at_risk_count
                then ln(1.0 - cast(returned_count as double) / at_risk_count)
            else 0.0
        end as log_factor
    from at_risk
),

curves as (
    select
        as_of_date,
        pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        case
            when seen_count = 0 then 0.0
            else exp(
                coalesce(
                    sum(log_factor) over (
                        partition by
                            as_of_date,
                            pool_number,
                            category_name,
                            channel_name,
                            is_after_policy_change
                        order by age_days desc
                        rows between unbounded preceding and 1 preceding
                    ),
                    0.0
                )
            )
        end as developed_share
    from logged
),

-- Every group that was delivered to has a curve: its own where 50 units came back, else wider.
groups as (
    select
        as_of_days.as_of_date,
        as_of_days.is_current,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change
    from {{ ref('int_order_lines_grouped_to_cohorts') }} as cohorts
    inner join as_of_days on cohorts.cohort_date <= as_of_days.as_of_date
    group by
        as_of_days.as_of_date,
        as_of_days.is_current,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change
),

chosen as (
    select
        groups.as_of_date,
        groups.is_current,
        groups.category_name,
        groups.channel_name,
        groups.is_after_policy_change,
        min(
            case
                when pools.pooled_count >= 50 or pools.pool_number = 4 then pools.pool_number
            end
        ) as pool_number
    from groups
    inner join pools
        on
            groups.as_of_date = pools.as_of_date
            and (groups.category_name = pools.category_name or pools.pool_number >= 3)
            and (groups.channel_name = pools.channel_name or pools.pool_number >= 2)
            and (
                groups.is_after_policy_change = pools.is_after_policy_change
                or pools.pool_number = 4
            )
    group by
        groups.as_of_date,
        groups.is_current,
        groups.category_name,
        groups.channel_name,
        groups.is_after_policy_change
),

assigned as (
    select
        chosen.as_of_date,
        chosen.is_current,
        chosen.category_name,
        chosen.channel_name,
        chosen.is_after_policy_change,
        chosen.pool_number,
        pools.pooled_count,
        pools.last_bound_days,
        case when chosen.pool_number <= 2 then chosen.category_name else '' end
            as pool_category_name,
        case when chosen.pool_number = 1 then chosen.channel_name else '' end
            as pool_channel_name,
        chosen.is_after_policy_change and chosen.pool_number < 4 as is_pool_after_change
    from chosen
    inner join pools
        on
            chosen.as_of_date = pools.as_of_date
            and chosen.pool_number = pools.pool_number
            and case when chosen.pool_number <= 2 then chosen.category_name else '' end
            = pools.category_name
            and case when chosen.pool_number = 1 then chosen.channel_name else '' end
            = pools.channel_name
            and (chosen.is_after_policy_change and chosen.pool_number < 4)
            = pools.is_after_policy_change
),

-- What the cohorts since the change are too young to show, the shop's cohorts before it must say.
earlier_tails as (
    select
        as_of_date,
        age_days,
        developed_share
    from curves
    where pool_number = 3 and not is_after_policy_change
),

tailed as (
    select
        assigned.as_of_date,
        assigned.is_current,
        assigned.category_name,
        assigned.channel_name,
        assigned.is_after_policy_change,
        assigned.pool_number,
        assigned.pooled_count,
        assigned.last_bound_days,
        curves.age_days,
        case
            when not assigned.is_pool_after_change then curves.developed_share
            when curves.age_days <= assigned.last_bound_days
                then curves.developed_share * coalesce(at_bound.developed_share, 1.0)
            else coalesce(at_age.developed_share, 1.0)
        end as developed_share
    from assigned
    inner join curves
        on
            assigned.as_of_date = curves.as_of_date
            and assigned.pool_number = curves.pool_number
            and assigned.pool_category_name = curves.category_name
            and assigned.pool_channel_name = curves.channel_name
            and assigned.is_pool_after_change = curves.is_after_policy_change
    left join earlier_tails as at_bound
        on
            assigned.as_of_date = at_bound.as_of_date
            and assigned.last_bound_days = at_bound.age_days
    left join earlier_tails as at_age
        on
            assigned.as_of_date = at_age.as_of_date
            and curves.age_days = at_age.age_days
),

final as (
    select
        tailed.category_name,
        tailed.channel_name,
        cast(tailed.pool_number as bigint) as pool_number,
        tailed.pooled_count,
        tailed.age_days,
        round(tailed.developed_share, 6) as developed_share,
        tailed.is_current,
        tailed.is_after_policy_change,
        -- The oldest cohorts of the pool have had the whole window and two weeks for the parcel.
        tailed.last_bound_days >= least(shop.return_window_days + 14, 120) as is_tail_seen,
        tailed.as_of_date
    from tailed
    cross join shop
)

select * from final
