with

as_of_days as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

today as (
    select as_of_date as current_date_known
    from as_of_days
    where is_current
),

curves as (
    select
        as_of_date,
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        {{ to_millionths('developed_share') }} as developed_millionths
    from {{ ref('int_return_lags_estimated_to_curves') }}
),

cohorts as (
    select
        as_of_days.as_of_date,
        as_of_days.is_current,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change,
        cohorts.delivered_count,
        cohorts.delivered_net_amount,
        cohorts.unbracketed_delivered_count,
        cohorts.unbracketed_returned_count,
        cohorts.returned_count,
        cohorts.returned_net_amount,
        {{ days_between('cohorts.cohort_date', 'as_of_days.as_of_date') }} as age_days
    from {{ ref('int_order_lines_grouped_to_cohorts') }} as cohorts
    inner join as_of_days
        on
            cohorts.cohort_date <= as_of_days.as_of_date
            and cohorts.cohort_date > {{ add_days('as_of_days.as_of_date', -364) }}
),

developed as (
    select
        cohorts.as_of_date,
        cohorts.is_current,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.delivered_count,
        cohorts.delivered_net_amount,
        cohorts.unbracketed_delivered_count,
        cohorts.unbracketed_returned_count,
        cohorts.returned_count,
        cohorts.returned_net_amount,
        cohorts.age_days < 30 as is_recent,
        cohorts.is_after_policy_change,
        curves.developed_millionths
    from cohorts
    inner join curves
        on
            cohorts.as_of_date = curves.as_of_date
            and {{ match_curve('cohorts', 'cohorts.age_days') }}
),

exposed as (
    select
        as_of_date,
        is_current,
        category_name,
        channel_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_count * developed_millionths) as developed_millionths,
        sum(unbracketed_delivered_count * developed_millionths)
            as unbracketed_developed_millionths,
        sum(unbracketed_returned_count) as unbracketed_returned_count,
        sum(returned_count) as later_returned_count,
        sum(delivered_net_amount * developed_millionths) as developed_net_millionths,
        sum(returned_net_amount) as later_returned_net_amount,
        sum(case when is_recent then delivered_count else 0 end) as recent_delivered_count,
        sum(case when is_recent then delivered_count * developed_millionths else 0 end)
            as recent_developed_millionths,
        sum(case when is_recent then returned_count else 0 end) as recent_later_returned_count,
        bool_or(is_after_policy_change) as is_policy_change_affected
    from developed
    group by as_of_date, is_current, category_name, channel_name
),

-- What had come back by the as-of day itself.
seen as (
    select
        as_of_days.as_of_date,
        lags.category_name,
        lags.channel_name,
        sum(lags.returned_count) as returned_count,
        sum(
            case
                when
                    {{ days_between('lags.cohort_date', 'as_of_days.as_of_date') }} < 30
                    then lags.returned_count
                else 0
            end
        ) as recent_returned_count
    from {{ ref('int_return_lines_counted_to_lags') }} as lags
    inner join as_of_days
        on
            lags.cohort_date <= as_of_days.as_of_date
            and lags.cohort_date > {{ add_days('as_of_days.as_of_date', -364) }}
            and {{ add_days('lags.cohort_date', 'lags.lag_days') }} <= as_of_days.as_of_date
    group by as_of_days.as_of_date, lags.category_name, lags.channel_name
),

joined as (
    select
        exposed.*,
        coalesce(
            case
                when exposed.is_current then exposed.later_returned_count
                else seen.returned_count
            end,
            0
        ) as returned_count,
        coalesce(
            case
                when exposed.is_current then exposed.recent_later_returned_count
                else seen.recent_returned_count
            end,
            0
        ) as recent_returned_count,
        {{ add_days('exposed.as_of_date', '60') }} <= today.current_date_known as is_settled
    from exposed
    cross join today
    left join seen
        on
            exposed.as_of_date = seen.as_of_date
            and exposed.category_name = seen.category_name
            and exposed.channel_name = seen.channel_name
),

rated as (
    select
        *,
        case
            when developed_millionths > 0
                then 1000000.0 * returned_count / developed_millionths
        end as base_rate,
        case
            when is_current and unbracketed_developed_millionths > 0
                then 1000000.0 * unbracketed_returned_count / unbracketed_developed_millionths
        end as unbracketed_base_rate,
        case
            when is_current and developed_net_millionths > 0
                then 1000000.0 * later_returned_net_amount / developed_net_millionths
        end as base_value_rate
    from joined
),

final as (
    select
        category_name,
        channel_name,
        cast(delivered_count as bigint) as delivered_count,
        cast(returned_count as bigint) as returned_count,
        developed_millionths / 1000000.0 as developed_exposure,
        returned_count
        + (delivered_count - developed_millionths / 1000000.0) * coalesce(base_rate, 0.0)
            as expected_returns,
        cast(case when is_settled then later_returned_count end as bigint)
            as settled_returned_count,
        cast(recent_delivered_count as bigint) as recent_delivered_count,
        cast(recent_returned_count as bigint) as recent_returned_count,
        recent_returned_count
        + (recent_delivered_count - recent_developed_millionths / 1000000.0)
        * coalesce(base_rate, 0.0) as recent_expected_returns,
        cast(case when is_settled then recent_later_returned_count end as bigint)
            as recent_settled_returned_count,
        base_rate,
        unbracketed_base_rate,
        base_value_rate,
        is_current,
        is_settled,
        is_policy_change_affected,
        as_of_date
    from rated
    order by as_of_date, category_name, channel_name
)

select * from final
