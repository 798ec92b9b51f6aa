with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

weeks as (
    {{ each_number(1, 8) }}
),

days as (
    select
        cohort_date,
        sum(delivered_count) as delivered_count
    from {{ ref('int_order_lines_grouped_to_cohorts') }}
    group by cohort_date
),

reach as (
    select min(cohort_date) as first_date
    from days
),

-- Of the year before, on the same weekdays: week 0 and less are the four weeks up to the as-of day.
last_year as (
    select
        as_of_days.as_of_date,
        days.delivered_count,
        {{ days_between('as_of_days.as_of_date', 'days.cohort_date') }} + 364 as ahead_days
    from days
    inner join as_of_days
        on
            days.cohort_date > {{ add_days('as_of_days.as_of_date', -392) }}
            and days.cohort_date <= {{ add_days('as_of_days.as_of_date', -308) }}
    cross join reach
    where reach.first_date <= {{ add_days('as_of_days.as_of_date', -392) }}
),

summed as (
    select
        as_of_date,
        case when ahead_days <= 0 then 0 else {{ divide_down('ahead_days + 6', 7) }} end
            as week_number,
        sum(delivered_count) as delivered_count
    from last_year
    group by
        as_of_date,
        case when ahead_days <= 0 then 0 else {{ divide_down('ahead_days + 6', 7) }} end
),

-- In units: how much is sold repeats itself from year to year, what is sold does not.
compared as (
    select
        as_of_days.as_of_date,
        weeks.number as week_number,
        case
            when base.delivered_count > 0
                then
                    least(
                        greatest(
                            4.0 * coalesce(season.delivered_count, 0) / base.delivered_count, 0.5
                        ),
                        2.0
                    )
                    - 1.0
        end as season_change,
        -- Units come in orders: three times the variance of single ones.
        3.0 / greatest(coalesce(season.delivered_count, 0), 1)
        + 3.0 / greatest(coalesce(base.delivered_count, 0), 1) as chance_variance
    from as_of_days
    cross join weeks
    left join summed as season
        on as_of_days.as_of_date = season.as_of_date and weeks.number = season.week_number
    left join summed as base
        on as_of_days.as_of_date = base.as_of_date and base.week_number = 0
),

-- How far the weeks lie from no change, in whole billionths: their sum is exact.
spread as (
    select
        as_of_date,
        sum(cast(round(season_change * season_change * 1000000000) as bigint))
        / (1000000000.0 * count(*)) as change_variance
    from compared
    group by as_of_date
),

-- Last year is believed as far as its weeks differ by more than chance.
final as (
    select
        compared.as_of_date,
        compared.week_number,
        round(
            coalesce(
                1.0
                + compared.season_change
                * greatest(1.0 - compared.chance_variance / nullif(spread.change_variance, 0), 0.0),
                1.0
            ),
            6
        ) as season_factor
    from compared
    inner join spread on compared.as_of_date = spread.as_of_date
)

select * from final
