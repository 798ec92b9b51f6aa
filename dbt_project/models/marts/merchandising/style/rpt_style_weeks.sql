with

shop as (
    select
        {{ add_days('as_of_date', -182 - 364) }} as earliest_date,
        {{ add_days('as_of_date', -364) }} as latest_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

products as (
    select
        sku,
        style_id
    from {{ ref('dim_products') }}
),

weeks as (
    select
        style_id,
        delivered_count,
        returned_count,
        developed_exposure,
        (delivered_count - developed_exposure) * coalesce(expected_rate, 0.0) as further_returns,
        coalesce(expected_rate, 0.0) * delivered_count as expected_returns,
        week_start_date
    from {{ ref('rpt_style_development_weeks') }}
),

-- 364 days later, so that a weekday meets its weekday; by now these cohorts have come back.
year_ago as (
    select
        products.style_id,
        sum(cohorts.delivered_count - cohorts.size_bracketed_delivered_count) as delivered_count,
        sum(cohorts.returned_count - cohorts.size_bracketed_returned_count) as returned_count,
        {{ to_week_start(add_days('cohorts.calendar_date', 364)) }} as week_start_date
    from {{ ref('rpt_sku_return_days') }} as cohorts
    inner join products on cohorts.sku = products.sku
    cross join shop
    where
        cohorts.date_basis_code = 'cohort'
        and cohorts.calendar_date <= shop.latest_date
        and cohorts.calendar_date > shop.earliest_date
    group by products.style_id, {{ to_week_start(add_days('cohorts.calendar_date', 364)) }}
),

final as (
    select
        coalesce(weeks.style_id, year_ago.style_id) as style_id,
        coalesce(weeks.delivered_count, 0) as delivered_count,
        coalesce(weeks.returned_count, 0) as returned_count,
        coalesce(weeks.developed_exposure, 0.0) as developed_exposure,
        coalesce(weeks.further_returns, 0.0) as further_returns,
        coalesce(weeks.expected_returns, 0.0) as expected_returns,
        cast(coalesce(year_ago.delivered_count, 0) as bigint) as year_ago_delivered_count,
        cast(coalesce(year_ago.returned_count, 0) as bigint) as year_ago_returned_count,
        coalesce(weeks.week_start_date, year_ago.week_start_date) as week_start_date
    from weeks
    full join year_ago
        on
            weeks.style_id = year_ago.style_id
            and weeks.week_start_date = year_ago.week_start_date
    order by style_id, week_start_date
)

select * from final
