with

shop as (
    select
        as_of_date,
        {{ add_days('as_of_date', -182) }} as earliest_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

products as (
    select
        sku,
        style_id,
        coalesce(category_name, 'unknown') as category_name
    from {{ ref('dim_products') }}
),

curves as (
    select
        category_name,
        channel_name,
        is_after_policy_change,
        age_days,
        {{ to_millionths('developed_share') }} as developed_millionths
    from {{ ref('int_return_lags_estimated_to_curves') }}
    where is_current
),

bases as (
    select
        category_name,
        channel_name,
        {{ to_millionths('coalesce(unbracketed_base_rate, 0.0)') }} as base_millionths
    from {{ ref('rpt_category_development') }}
    where is_current
),

style_days as (
    select
        products.style_id,
        products.category_name,
        cohorts.channel_name,
        coalesce(cohorts.calendar_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        {{ to_week_start('cohorts.calendar_date') }} as week_start_date,
        {{ days_between('cohorts.calendar_date', 'shop.as_of_date') }} as age_days,
        sum(cohorts.delivered_count - cohorts.size_bracketed_delivered_count) as delivered_count,
        sum(cohorts.returned_count - cohorts.size_bracketed_returned_count) as returned_count
    from {{ ref('rpt_sku_return_days') }} as cohorts
    inner join products on cohorts.sku = products.sku
    cross join shop
    cross join policies
    where
        cohorts.date_basis_code = 'cohort'
        and cohorts.calendar_date <= shop.as_of_date
        and cohorts.calendar_date > shop.earliest_date
    group by
        products.style_id,
        products.category_name,
        cohorts.channel_name,
        coalesce(cohorts.calendar_date >= policies.policy_changed_date, false),
        cohorts.calendar_date,
        shop.as_of_date
),

summed as (
    select
        style_days.style_id,
        style_days.week_start_date,
        sum(style_days.delivered_count) as delivered_count,
        sum(style_days.returned_count) as returned_count,
        sum(style_days.delivered_count * curves.developed_millionths) as developed_millionths,
        sum(
            style_days.delivered_count * curves.developed_millionths * bases.base_millionths
        ) as expected_billionths
    from style_days
    inner join curves on {{ match_curve('style_days', 'style_days.age_days') }}
    inner join bases
        on
            style_days.category_name = bases.category_name
            and style_days.channel_name = bases.channel_name
    group by style_days.style_id, style_days.week_start_date
),

final as (
    select
        style_id,
        cast(delivered_count as bigint) as delivered_count,
        cast(returned_count as bigint) as returned_count,
        developed_millionths / 1000000.0 as developed_exposure,
        case
            when developed_millionths > 0
                then expected_billionths / 1000000.0 / developed_millionths
        end as expected_rate,
        week_start_date
    from summed
    order by style_id, week_start_date
)

select * from final
