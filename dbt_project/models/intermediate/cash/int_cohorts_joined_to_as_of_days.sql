with

as_of_days as (
    select
        as_of_date,
        max(case when is_current then as_of_date end) over () as current_date_of_shop,
        lag(as_of_date) over (order by as_of_date) as previous_as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

deliveries as (
    select
        channel_name,
        category_name,
        delivered_date,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(
            sum(case when unit_cost_amount is not null then delivered_count else 0 end) as bigint
        ) as costed_count,
        cast(sum(unit_cost_amount * delivered_count) as bigint) as cost_amount
    from {{ ref('int_order_lines_priced_to_order_lines') }}
    where delivered_count > 0 and delivered_date is not null and not is_exchange_leg
    group by channel_name, category_name, delivered_date
),

returns as (
    select
        as_of_days.as_of_date,
        seen_returns.channel_name,
        seen_returns.category_name,
        seen_returns.delivered_date,
        cast(sum(seen_returns.returned_count) as bigint) as returned_count,
        cast(sum(seen_returns.returned_net_amount) as bigint) as returned_net_amount,
        cast(
            sum(
                case
                    when seen_returns.seen_date > as_of_days.previous_as_of_date
                        then seen_returns.returned_net_amount
                    else 0
                end
            ) as bigint
        ) as newly_returned_net_amount
    from {{ ref('int_return_lines_seen_to_cohorts') }} as seen_returns
    inner join as_of_days on seen_returns.seen_date <= as_of_days.as_of_date
    group by
        as_of_days.as_of_date,
        seen_returns.channel_name,
        seen_returns.category_name,
        seen_returns.delivered_date
),

-- A year of cohorts: every season once, and nothing that has long stopped coming back.
cohorts as (
    select
        as_of_days.as_of_date,
        deliveries.channel_name,
        deliveries.category_name,
        deliveries.delivered_count,
        deliveries.delivered_net_amount,
        deliveries.costed_count,
        deliveries.cost_amount,
        coalesce(
            deliveries.delivered_date > as_of_days.previous_as_of_date, false
        ) as is_new,
        coalesce(deliveries.delivered_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        deliveries.delivered_date,
        {{ days_between('deliveries.delivered_date', 'as_of_days.as_of_date') }} as age_days,
        {{ days_between('deliveries.delivered_date', 'as_of_days.previous_as_of_date') }}
            as previous_age_days,
        {{ days_between('deliveries.delivered_date', 'as_of_days.current_date_of_shop') }}
            as current_age_days
    from deliveries
    inner join as_of_days
        on
            deliveries.delivered_date <= as_of_days.as_of_date
            and deliveries.delivered_date > {{ add_days('as_of_days.as_of_date', -365) }}
    cross join {{ ref('int_policies_dated_to_shops') }} as policies
),

curves as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        developed_share
    from {{ ref('int_return_lags_estimated_to_curves') }}
),

known_curves as (
    select
        as_of_date,
        category_name,
        channel_name,
        max(age_days) as last_age_days
    from curves
    group by as_of_date, category_name, channel_name
),

final as (
    select
        cohorts.as_of_date,
        cohorts.channel_name,
        cohorts.category_name,
        cohorts.delivered_count,
        cohorts.delivered_net_amount,
        cohorts.costed_count,
        cohorts.cost_amount,
        coalesce(returns.returned_count, 0) as returned_count,
        coalesce(returns.returned_net_amount, 0) as returned_net_amount,
        coalesce(returns.newly_returned_net_amount, 0) as newly_returned_net_amount,
        cohorts.is_new,
        -- Beyond the curve's end everything has come back.
        case
            when cohorts.age_days > known_curves.last_age_days then 1.0
            else curves.developed_share
        end as developed_share,
        case
            when cohorts.is_new or cohorts.previous_age_days is null then 0.0
            when cohorts.previous_age_days > known_curves.last_age_days then 1.0
            else previous_curves.developed_share
        end as previous_developed_share,
        case
            when cohorts.current_age_days > known_curves.last_age_days then 1.0
            else current_curves.developed_share
        end as later_developed_share,
        cohorts.delivered_date
    from cohorts
    left join returns
        on
            cohorts.as_of_date = returns.as_of_date
            and cohorts.channel_name = returns.channel_name
            and cohorts.category_name = returns.category_name
            and cohorts.delivered_date = returns.delivered_date
    left join known_curves
        on
            cohorts.as_of_date = known_curves.as_of_date
            and cohorts.channel_name = known_curves.channel_name
            and cohorts.category_name = known_curves.category_name
    left join curves
        on
            cohorts.as_of_date = curves.as_of_date
            and cohorts.channel_name = curves.channel_name
            and cohorts.category_name = curves.category_name
            and cohorts.is_after_policy_change = curves.is_after_policy_change
            and cohorts.age_days = curves.age_days
    left join curves as previous_curves
        on
            cohorts.as_of_date = previous_curves.as_of_date
            and cohorts.channel_name = previous_curves.channel_name
            and cohorts.category_name = previous_curves.category_name
            and cohorts.is_after_policy_change = previous_curves.is_after_policy_change
            and cohorts.previous_age_days = previous_curves.age_days
    left join curves as current_curves
        on
            cohorts.as_of_date = current_curves.as_of_date
            and cohorts.channel_name = current_curves.channel_name
            and cohorts.category_name = current_curves.category_name
            and cohorts.is_after_policy_change = current_curves.is_after_policy_change
            and cohorts.current_age_days = current_curves.age_days
)

select * from final
