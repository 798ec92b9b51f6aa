with

as_of_days as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

shop as (
    select coalesce(return_window_days, 30) as return_window_days
    from {{ ref('int_settings_pivoted_to_shops') }}
),

curves as (
    select
        as_of_date,
        pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        pooled_count,
        last_bound_days,
        age_days,
        developed_share
    from {{ ref('int_return_ages_pooled_to_curves') }}
),

pools as (
    select
        as_of_date,
        pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        pooled_count,
        last_bound_days
    from curves
    group by
        as_of_date,
        pool_number,
        category_name,
        channel_name,
        is_after_policy_change,
        pooled_count,
        last_bound_days
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

ages as (
    {{ each_number(0, 120) }}
),

-- Where nothing came back in half a year, what is to come has come once the return window and two
-- weeks for the parcel are over; before that nothing says so.
untold as (
    select
        groups.as_of_date,
        groups.is_current,
        groups.category_name,
        groups.channel_name,
        groups.is_after_policy_change
    from groups
    left join pools on groups.as_of_date = pools.as_of_date
    where pools.as_of_date is null
),

final as (
    select
        tailed.category_name,
        tailed.channel_name,
        tailed.pool_number,
        tailed.pooled_count,
        tailed.age_days,
        {{ from_millionths(to_millionths('tailed.developed_share')) }} as developed_share,
        tailed.is_current,
        tailed.is_after_policy_change,
        -- The oldest cohorts of the pool have had the whole window and two weeks for the parcel.
        tailed.last_bound_days >= least(shop.return_window_days + 14, 120) as is_tail_seen,
        tailed.as_of_date
    from tailed
    cross join shop

    union all

    select
        untold.category_name,
        untold.channel_name,
        5 as pool_number,
        0 as pooled_count,
        ages.number as age_days,
        case when ages.number >= least(shop.return_window_days + 14, 120) then 1.0 else 0.0 end
            as developed_share,
        untold.is_current,
        untold.is_after_policy_change,
        false as is_tail_seen,
        untold.as_of_date
    from untold
    cross join ages
    cross join shop
)

select * from final
