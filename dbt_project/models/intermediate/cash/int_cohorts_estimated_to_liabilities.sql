with

as_of_days as (
    select
        as_of_date,
        max(case when is_current then as_of_date end) over () as current_date_of_shop,
        lag(as_of_date) over (order by as_of_date) as previous_as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- A year of cohorts: every season once, and nothing that has long stopped coming back.
cohorts as (
    select
        as_of_days.as_of_date,
        cohorts.channel_name,
        cohorts.category_name,
        cohorts.is_after_policy_change,
        cohorts.delivered_count,
        cohorts.delivered_net_amount,
        cohorts.costed_count,
        cohorts.cost_amount,
        coalesce(cohorts.cohort_date > as_of_days.previous_as_of_date, false) as is_new,
        {{ days_between('cohorts.cohort_date', 'as_of_days.as_of_date') }} as age_days,
        {{ days_between('cohorts.cohort_date', 'as_of_days.previous_as_of_date') }}
            as previous_age_days,
        {{ days_between('cohorts.cohort_date', 'as_of_days.current_date_of_shop') }}
            as current_age_days
    from {{ ref('int_order_lines_grouped_to_cohorts') }} as cohorts
    inner join as_of_days
        on
            cohorts.cohort_date <= as_of_days.as_of_date
            and cohorts.cohort_date > {{ add_days('as_of_days.as_of_date', -365) }}
),

rates as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        net_millionths,
        later_unit_millionths,
        later_net_millionths
    from {{ ref('int_cohorts_estimated_to_announcement_rates') }}
),

groups as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        net_millionths + later_net_millionths as whole_net_millionths
    from rates
    where age_days = 0
),

-- Beyond the last age nothing more is asked for; before the delivery nothing had been.
developed as (
    select
        cohorts.as_of_date,
        cohorts.channel_name,
        cohorts.category_name,
        cohorts.delivered_count,
        cohorts.delivered_net_amount,
        cohorts.costed_count,
        cohorts.cost_amount,
        cohorts.is_new,
        groups.whole_net_millionths,
        coalesce(rates.later_unit_millionths, 0) as later_unit_millionths,
        coalesce(rates.later_net_millionths, 0) as later_net_millionths,
        case
            when cohorts.is_new or cohorts.previous_age_days is null
                then groups.whole_net_millionths
            else coalesce(previous_rates.later_net_millionths, 0)
        end as previous_net_millionths,
        coalesce(current_rates.later_net_millionths, 0) as current_net_millionths
    from cohorts
    inner join groups
        on
            cohorts.as_of_date = groups.as_of_date
            and cohorts.category_name = groups.category_name
            and cohorts.channel_name = groups.channel_name
            and cohorts.is_after_policy_change = groups.is_after_policy_change
    left join rates
        on
            cohorts.as_of_date = rates.as_of_date
            and cohorts.category_name = rates.category_name
            and cohorts.channel_name = rates.channel_name
            and cohorts.is_after_policy_change = rates.is_after_policy_change
            and cohorts.age_days = rates.age_days
    left join rates as previous_rates
        on
            cohorts.as_of_date = previous_rates.as_of_date
            and cohorts.category_name = previous_rates.category_name
            and cohorts.channel_name = previous_rates.channel_name
            and cohorts.is_after_policy_change = previous_rates.is_after_policy_change
            and cohorts.previous_age_days = previous_rates.age_days
    left join rates as current_rates
        on
            cohorts.as_of_date = current_rates.as_of_date
            and cohorts.category_name = current_rates.category_name
            and cohorts.channel_name = current_rates.channel_name
            and cohorts.is_after_policy_change = current_rates.is_after_policy_change
            and cohorts.current_age_days = current_rates.age_days
),

summed as (
    select
        as_of_date,
        channel_name,
        category_name,
        cast(sum(case when later_net_millionths > 0 then delivered_count else 0 end) as bigint)
            as not_closed_count,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(costed_count) as bigint) as costed_count,
        sum(cost_amount) as cost_amount,
        sum(delivered_count * later_unit_millionths) as later_units,
        sum(delivered_net_amount * later_net_millionths) as later_net,
        sum(case when is_new then delivered_net_amount * whole_net_millionths else 0 end)
            as new_net,
        sum(delivered_net_amount * (previous_net_millionths - later_net_millionths))
            as expected_net,
        sum(delivered_net_amount * (later_net_millionths - current_net_millionths))
            as known_now_net
    from developed
    group by as_of_date, channel_name, category_name
),

-- Only now doubles: sums of whole numbers are the same in any order.
grouped as (
    select
        summed.as_of_date,
        summed.channel_name,
        summed.category_name,
        summed.not_closed_count,
        summed.delivered_count,
        summed.costed_count,
        summed.cost_amount,
        summed.later_units * coalesce(mixes.mix_millionths, 1000000) / 1000000000000.0
            as later_count,
        summed.later_net * coalesce(mixes.mix_millionths, 1000000) / 1000000000000.0
            as later_net,
        summed.new_net * coalesce(mixes.mix_millionths, 1000000) / 1000000000000.0 as new_net,
        summed.expected_net * coalesce(mixes.mix_millionths, 1000000) / 1000000000000.0
            as expected_net,
        summed.known_now_net * coalesce(mixes.mix_millionths, 1000000) / 1000000000000.0
            as known_now_net
    from summed
    left join {{ ref('int_cohorts_weighed_to_style_mixes') }} as mixes
        on
            summed.as_of_date = mixes.as_of_date
            and summed.category_name = mixes.category_name
            and summed.channel_name = mixes.channel_name
),

announced as (
    select
        as_of_days.as_of_date,
        announced.channel_name,
        announced.category_name,
        sum(announced.announced_net_amount) as announced_net_amount
    from {{ ref('int_return_lines_announced_to_cohorts') }} as announced
    inner join as_of_days
        on
            announced.announced_date <= as_of_days.as_of_date
            and announced.announced_date > as_of_days.previous_as_of_date
            and announced.cohort_date > {{ add_days('as_of_days.as_of_date', -365) }}
    group by as_of_days.as_of_date, announced.channel_name, announced.category_name
),

final as (
    select
        grouped.as_of_date,
        grouped.channel_name,
        grouped.category_name,
        grouped.not_closed_count,
        grouped.delivered_count,
        grouped.costed_count,
        coalesce(refund_rates.arrived_rate, 1.0) * grouped.later_count as remaining_returned_units,
        cast(round(refund_rates.refunded_rate * grouped.later_net) as bigint)
            as expected_refund_amount,
        case
            when grouped.costed_count > 0
                then cast(grouped.cost_amount as double) / grouped.costed_count
        end as mean_unit_cost,
        cast(round(refund_rates.refunded_rate * grouped.new_net) as bigint) as new_sales_amount,
        cast(round(refund_rates.refunded_rate * grouped.expected_net) as bigint)
            as expected_emerged_amount,
        cast(
            round(
                refund_rates.refunded_rate * coalesce(announced.announced_net_amount, 0)
            ) as bigint
        ) as emerged_amount,
        refund_rates.refunded_rate,
        refund_rates.arrived_refunded_rate,
        case
            when grouped.later_net > 0 then grouped.known_now_net / grouped.later_net
            else 1.0
        end as back_test_developed_share
    from grouped
    left join {{ ref('int_returns_resolved_to_refund_rates') }} as refund_rates
        on grouped.as_of_date = refund_rates.as_of_date
    left join announced
        on
            grouped.as_of_date = announced.as_of_date
            and grouped.channel_name = announced.channel_name
            and grouped.category_name = announced.category_name
)

select * from final
