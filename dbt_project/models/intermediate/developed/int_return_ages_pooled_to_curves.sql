with

counted as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        returned_count,
        bounded_count
    from {{ ref('int_return_lags_counted_to_ages') }}
),

ages as (
    {{ each_number(0, 120) }}
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
        pools.pooled_count,
        pools.last_bound_days,
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

accumulated as (
    select
        *,
        sum(returned_count) over (
            partition by
                as_of_date, pool_number, category_name, channel_name, is_after_policy_change
            order by age_days
            rows between unbounded preceding and current row
        ) as seen_count,
        coalesce(
            sum(bounded_count) over (
                partition by
                    as_of_date, pool_number, category_name, channel_name, is_after_policy_change
                order by age_days
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as bounded_before_count
    from gridded
),

-- Product limit in reverse time: of the units that came back within an age and could have been
-- seen later, the share that came back at that very age. Fewer than five say nothing.
logged as (
    select
        *,
        case
            when
                seen_count - bounded_before_count >= 5
                and returned_count < seen_count - bounded_before_count
                then
                    ln(
                        1.0
                        - cast(returned_count as double) / (seen_count - bounded_before_count)
                    )
            else 0.0
        end as log_factor
    from accumulated
),

multiplied as (
    select
        *,
        sum(log_factor) over (
            partition by
                as_of_date, pool_number, category_name, channel_name, is_after_policy_change
            order by age_days desc
            rows between unbounded preceding and 1 preceding
        ) as log_share
    from logged
),

final as (
    select
        as_of_date,
        cast(pool_number as bigint) as pool_number,
        category_name,
        channel_name,
        pooled_count,
        last_bound_days,
        age_days,
        case when seen_count = 0 then 0.0 else exp(coalesce(log_share, 0.0)) end
            as developed_share,
        is_after_policy_change
    from multiplied
)

select * from final
