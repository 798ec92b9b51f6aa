with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

days_ahead as (
    {{ each_number(1, 56) }}
),

-- What is asked for at each age, of what was delivered.
steps as (
    select
        rates.as_of_date,
        rates.category_name,
        rates.channel_name,
        rates.is_after_policy_change,
        rates.age_days,
        cast(
            round(
                rates.net_millionths * (coalesce(mixes.mix_millionths, 1000000) / 1000000.0)
            ) as bigint
        ) as step_millionths
    from {{ ref('int_cohorts_estimated_to_announcement_rates') }} as rates
    left join {{ ref('int_cohorts_weighed_to_style_mixes') }} as mixes
        on
            rates.as_of_date = mixes.as_of_date
            and rates.category_name = mixes.category_name
            and rates.channel_name = mixes.channel_name
),

cohorts as (
    select
        as_of_days.as_of_date,
        cohorts.category_name,
        cohorts.channel_name,
        cohorts.is_after_policy_change,
        cohorts.delivered_net_amount,
        {{ days_between('cohorts.cohort_date', 'as_of_days.as_of_date') }} as age_days
    from {{ ref('int_order_lines_grouped_to_cohorts') }} as cohorts
    inner join as_of_days
        on
            cohorts.cohort_date <= as_of_days.as_of_date
            and cohorts.cohort_date > {{ add_days('as_of_days.as_of_date', -120) }}
),

-- Returns of what is delivered, by days ahead, in hundredths of a minor unit.
delivered_days as (
    select
        cohorts.as_of_date,
        steps.age_days - cohorts.age_days as ahead_days,
        round(
            sum(cohorts.delivered_net_amount * steps.step_millionths) / 10000.0
        ) as returned_hundredths
    from cohorts
    inner join steps
        on
            cohorts.as_of_date = steps.as_of_date
            and cohorts.category_name = steps.category_name
            and cohorts.channel_name = steps.channel_name
            and cohorts.is_after_policy_change = steps.is_after_policy_change
            and cohorts.age_days < steps.age_days
            and cohorts.age_days + 56 >= steps.age_days
    group by cohorts.as_of_date, steps.age_days - cohorts.age_days
),

-- A day to come is delivered to like the mean of the four last days of its weekday.
recent_days as (
    select
        cohorts.as_of_date,
        cohorts.age_days % 7 as phase_days,
        steps.age_days as lag_days,
        sum(cohorts.delivered_net_amount * steps.step_millionths) / 40000.0
            as returned_hundredths
    from cohorts
    inner join steps
        on
            cohorts.as_of_date = steps.as_of_date
            and cohorts.category_name = steps.category_name
            and cohorts.channel_name = steps.channel_name
            and cohorts.is_after_policy_change = steps.is_after_policy_change
    where cohorts.age_days < 28 and steps.age_days < 56
    group by cohorts.as_of_date, cohorts.age_days % 7, steps.age_days
),

future_days as (
    select
        recent_days.as_of_date,
        days_ahead.number + recent_days.lag_days as ahead_days,
        sum(
            cast(round(recent_days.returned_hundredths * seasons.season_factor) as bigint)
        ) as returned_hundredths
    from recent_days
    inner join days_ahead
        on
            (days_ahead.number + recent_days.phase_days) % 7 = 0
            and days_ahead.number + recent_days.lag_days <= 56
    inner join {{ ref('int_cohorts_compared_to_seasons') }} as seasons
        on
            recent_days.as_of_date = seasons.as_of_date
            and {{ divide_down('days_ahead.number + 6', 7) }} = seasons.week_number
    group by recent_days.as_of_date, days_ahead.number + recent_days.lag_days
),

-- Where anything is known to come back, every day has a row, days on which nothing is expected too.
known as (
    select as_of_date
    from steps
    group by as_of_date
),

final as (
    select
        known.as_of_date,
        days_ahead.number as ahead_days,
        cast(coalesce(delivered_days.returned_hundredths, 0) as bigint) as delivered_hundredths,
        cast(coalesce(future_days.returned_hundredths, 0) as bigint) as future_hundredths
    from known
    cross join days_ahead
    left join delivered_days
        on
            known.as_of_date = delivered_days.as_of_date
            and days_ahead.number = delivered_days.ahead_days
    left join future_days
        on
            known.as_of_date = future_days.as_of_date
            and days_ahead.number = future_days.ahead_days
)

select * from final
