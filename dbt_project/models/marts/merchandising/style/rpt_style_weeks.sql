with

shop as (
    select
        {{ add_days('as_of_date', -182) }} as settled_until_date,
        {{ add_days('as_of_date', -364) }} as year_ago_until_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

products as (
    select
        sku,
        style_id,
        coalesce(category_name, 'unknown') as category_name
    from {{ ref('dim_products') }}
),

bases as (
    select
        category_name,
        channel_name,
        {{ to_millionths('coalesce(unbracketed_base_rate, 0.0)') }} as base_millionths
    from {{ ref('rpt_category_development') }}
    where is_current
),

-- Cohorts that have had half a year: what will come back has come.
settled_days as (
    select
        products.style_id,
        cohorts.delivered_count - cohorts.size_bracketed_delivered_count as delivered_count,
        cohorts.returned_count - cohorts.size_bracketed_returned_count as returned_count,
        (cohorts.delivered_count - cohorts.size_bracketed_delivered_count)
        * coalesce(bases.base_millionths, 0) as expected_millionths,
        cohorts.calendar_date,
        cohorts.calendar_date <= shop.year_ago_until_date as is_year_ago
    from {{ ref('rpt_sku_return_days') }} as cohorts
    inner join products on cohorts.sku = products.sku
    cross join shop
    left join bases
        on
            products.category_name = bases.category_name
            and cohorts.channel_name = bases.channel_name
    where
        cohorts.date_basis_code = 'cohort'
        and cohorts.calendar_date <= shop.settled_until_date
),

-- The week in which half a year ends has days of both kinds.
parts as (
    select
        style_id,
        delivered_count,
        returned_count,
        {{ to_millionths('developed_exposure') }} as developed_millionths,
        {{ to_millionths('(delivered_count - developed_exposure) * coalesce(expected_rate, 0.0)') }}
            as further_millionths,
        {{ to_millionths('delivered_count * coalesce(expected_rate, 0.0)') }}
            as expected_millionths,
        week_start_date
    from {{ ref('rpt_style_development_weeks') }}

    union all

    select
        style_id,
        delivered_count,
        returned_count,
        delivered_count * 1000000 as developed_millionths,
        0 as further_millionths,
        expected_millionths,
        {{ to_week_start('calendar_date') }} as week_start_date
    from settled_days
),

weeks as (
    select
        style_id,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        sum(developed_millionths) as developed_millionths,
        sum(further_millionths) as further_millionths,
        sum(expected_millionths) as expected_millionths,
        week_start_date
    from parts
    group by style_id, week_start_date
),

-- 364 days later, so that a weekday meets its weekday.
year_ago as (
    select
        style_id,
        sum(delivered_count) as delivered_count,
        sum(returned_count) as returned_count,
        {{ to_week_start(add_days('calendar_date', 364)) }} as week_start_date
    from settled_days
    where is_year_ago
    group by style_id, {{ to_week_start(add_days('calendar_date', 364)) }}
),

final as (
    select
        coalesce(weeks.style_id, year_ago.style_id) as style_id,
        cast(coalesce(weeks.delivered_count, 0) as bigint) as delivered_count,
        cast(coalesce(weeks.returned_count, 0) as bigint) as returned_count,
        coalesce(weeks.developed_millionths, 0) / 1000000.0 as developed_exposure,
        coalesce(weeks.further_millionths, 0) / 1000000.0 as further_returns,
        coalesce(weeks.expected_millionths, 0) / 1000000.0 as expected_returns,
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
