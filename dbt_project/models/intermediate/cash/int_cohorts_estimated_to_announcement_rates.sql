with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

ages as (
    {{ each_number(0, 120) }}
),

cohorts as (
    select
        category_name,
        channel_name,
        is_after_policy_change,
        delivered_count,
        delivered_net_amount,
        cohort_date
    from {{ ref('int_order_lines_grouped_to_cohorts') }}
),

-- What is asked for before the delivery was reported counts on the first day.
announced as (
    select
        category_name,
        channel_name,
        least(greatest({{ days_between('cohort_date', 'announced_date') }}, 0), 120) as age_days,
        sum(announced_count) as announced_count,
        sum(announced_net_amount) as announced_net_amount,
        cohort_date
    from {{ ref('int_return_lines_announced_to_cohorts') }}
    group by
        category_name,
        channel_name,
        cohort_date,
        least(greatest({{ days_between('cohort_date', 'announced_date') }}, 0), 120)
),

-- Orders from before a change of the policy are still delivered in the first week after it.
watched as (
    select
        as_of_days.as_of_date,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change,
        cohorts.cohort_date,
        cohorts.delivered_count,
        cohorts.delivered_net_amount,
        least({{ days_between('cohorts.cohort_date', 'as_of_days.as_of_date') }}, 120)
            as last_age_days
    from cohorts
    inner join as_of_days
        on
            cohorts.cohort_date <= as_of_days.as_of_date
            and cohorts.cohort_date > {{ add_days('as_of_days.as_of_date', -365) }}
    cross join {{ ref('int_policies_dated_to_shops') }} as policies
    where
        policies.policy_changed_date is null
        or cohorts.cohort_date < policies.policy_changed_date
        or cohorts.cohort_date >= {{ add_days('policies.policy_changed_date', 7) }}
),

exposures as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        last_age_days as age_days,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount
    from watched
    group by as_of_date, category_name, channel_name, is_after_policy_change, last_age_days
),

events as (
    select
        watched.as_of_date,
        watched.category_name,
        watched.channel_name,
        watched.is_after_policy_change,
        announced.age_days,
        sum(announced.announced_count) as announced_count,
        sum(announced.announced_net_amount) as announced_net_amount
    from watched
    inner join announced
        on
            watched.category_name = announced.category_name
            and watched.channel_name = announced.channel_name
            and watched.cohort_date = announced.cohort_date
            and watched.last_age_days >= announced.age_days
    group by
        watched.as_of_date,
        watched.category_name,
        watched.channel_name,
        watched.is_after_policy_change,
        announced.age_days
),

groups as (
    select
        as_of_days.as_of_date,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change
    from cohorts
    inner join as_of_days on cohorts.cohort_date <= as_of_days.as_of_date
    group by
        as_of_days.as_of_date,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change
),

-- At each age only cohorts count that have reached it.
gridded as (
    select
        groups.as_of_date,
        groups.category_name,
        groups.channel_name,
        groups.is_after_policy_change,
        ages.number as age_days,
        coalesce(events.announced_count, 0) as announced_count,
        coalesce(events.announced_net_amount, 0) as announced_net_amount,
        coalesce(
            sum(exposures.delivered_count) over groups_from_the_oldest, 0
        ) as delivered_count,
        coalesce(
            sum(exposures.delivered_net_amount) over groups_from_the_oldest, 0
        ) as delivered_net_amount
    from groups
    cross join ages
    left join events
        on
            groups.as_of_date = events.as_of_date
            and groups.category_name = events.category_name
            and groups.channel_name = events.channel_name
            and groups.is_after_policy_change = events.is_after_policy_change
            and ages.number = events.age_days
    left join exposures
        on
            groups.as_of_date = exposures.as_of_date
            and groups.category_name = exposures.category_name
            and groups.channel_name = exposures.channel_name
            and groups.is_after_policy_change = exposures.is_after_policy_change
            and ages.number = exposures.age_days
    window
        groups_from_the_oldest as (
            partition by
                groups.as_of_date,
                groups.category_name,
                groups.channel_name,
                groups.is_after_policy_change
            order by ages.number desc
            rows between unbounded preceding and current row
        )
),

shops as (
    select
        as_of_date,
        is_after_policy_change,
        age_days,
        cast(sum(announced_count) as bigint) as announced_count,
        cast(sum(announced_net_amount) as bigint) as announced_net_amount,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount
    from gridded
    group by as_of_date, is_after_policy_change, age_days
),

-- 100 units and what they cost on average: so much of a wider group every group borrows.
borrowed as (
    select
        as_of_date,
        100.0 * sum(delivered_net_amount) / sum(delivered_count) as borrowed_net
    from shops
    where age_days = 0
    group by as_of_date
    having sum(delivered_count) > 0
),

known as (
    select as_of_date
    from shops
    group by as_of_date
    having sum(announced_count) > 0 and sum(announced_net_amount) >= 0
),

-- What the cohorts since a change are too young to show, the cohorts before it must say.
shop_rates as (
    select
        shops.as_of_date,
        shops.is_after_policy_change,
        shops.age_days,
        shops.delivered_count > 0 as is_seen,
        borrowed.borrowed_net,
        coalesce(earlier.announced_count, 0) / greatest(coalesce(earlier.delivered_count, 0), 1)
            as earlier_unit_rate,
        coalesce(earlier.announced_net_amount, 0)
        / greatest(coalesce(earlier.delivered_net_amount, 0), 1) as earlier_net_rate,
        (
            shops.announced_count
            + 100.0 * coalesce(earlier.announced_count, 0)
            / greatest(coalesce(earlier.delivered_count, 0), 1)
        )
        / (shops.delivered_count + 100.0) as unit_rate,
        (
            shops.announced_net_amount
            + borrowed.borrowed_net * coalesce(earlier.announced_net_amount, 0)
            / greatest(coalesce(earlier.delivered_net_amount, 0), 1)
        )
        / (shops.delivered_net_amount + borrowed.borrowed_net) as net_rate
    from shops
    inner join borrowed on shops.as_of_date = borrowed.as_of_date
    inner join known on shops.as_of_date = known.as_of_date
    left join shops as earlier
        on
            shops.as_of_date = earlier.as_of_date
            and shops.age_days = earlier.age_days
            and not earlier.is_after_policy_change
    where borrowed.borrowed_net > 0
),

compared as (
    select
        as_of_date,
        age_days,
        is_seen,
        {{ to_millionths('unit_rate') }} as unit_millionths,
        {{ to_millionths('net_rate') }} as net_millionths,
        {{ to_millionths('earlier_unit_rate') }} as earlier_unit_millionths,
        {{ to_millionths('earlier_net_rate') }} as earlier_net_millionths,
        max(case when is_seen then age_days end) over (partition by as_of_date) as last_age_days
    from shop_rates
    where is_after_policy_change
),

-- A longer window makes returns late, not fewer: what has not come yet as it did before is still
-- to come, as long as returns still come late or no cohort is as old as the old window.
late as (
    select
        as_of_date,
        last_age_days,
        greatest(
            sum(case when is_seen then earlier_unit_millionths - unit_millionths else 0 end), 0
        ) as late_unit_millionths,
        greatest(
            sum(case when is_seen then earlier_net_millionths - net_millionths else 0 end), 0
        ) as late_net_millionths
    from compared
    group by as_of_date, last_age_days
    having
        100 * sum(case when is_seen then earlier_unit_millionths else 0 end)
        < 99 * sum(earlier_unit_millionths)
        or sum(
            case
                when is_seen and age_days > last_age_days - 7
                    then unit_millionths - earlier_unit_millionths
                else 0
            end
        ) > 0
),

rated as (
    select
        gridded.as_of_date,
        gridded.category_name,
        gridded.channel_name,
        gridded.is_after_policy_change,
        gridded.age_days,
        {{ to_millionths(
            '(gridded.announced_count + 100.0 * shop_rates.unit_rate)'
            ' / (gridded.delivered_count + 100.0)'
        ) }}
        + cast(round(coalesce(late.late_unit_millionths, 0) / 28.0) as bigint) as unit_millionths,
        {{ to_millionths(
            '(gridded.announced_net_amount + shop_rates.borrowed_net * shop_rates.net_rate)'
            ' / (gridded.delivered_net_amount + shop_rates.borrowed_net)'
        ) }}
        + cast(round(coalesce(late.late_net_millionths, 0) / 28.0) as bigint) as net_millionths
    from gridded
    inner join shop_rates
        on
            gridded.as_of_date = shop_rates.as_of_date
            and gridded.is_after_policy_change = shop_rates.is_after_policy_change
            and gridded.age_days = shop_rates.age_days
    -- In the four weeks after what is seen: when it comes nobody knows yet.
    left join late
        on
            gridded.as_of_date = late.as_of_date
            and gridded.is_after_policy_change
            and gridded.age_days > late.last_age_days
            and gridded.age_days <= late.last_age_days + 28
),

final as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        net_millionths,
        cast(
            sum(unit_millionths) over groups_from_the_oldest - unit_millionths as bigint
        ) as later_unit_millionths,
        cast(
            sum(net_millionths) over groups_from_the_oldest - net_millionths as bigint
        ) as later_net_millionths
    from rated
    window
        groups_from_the_oldest as (
            partition by as_of_date, category_name, channel_name, is_after_policy_change
            order by age_days desc
            rows between unbounded preceding and current row
        )
)

select * from final
