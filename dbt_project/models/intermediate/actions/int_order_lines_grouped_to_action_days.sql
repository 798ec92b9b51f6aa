with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

-- Only the days that an action looks at: without actions none.
looked_at as (
    select
        {{ add_days('min(effective_date)', -238) }} as first_date,
        {{ add_days('max(effective_date)', 55) }} as last_date
    from {{ ref('int_product_actions_dated_to_styles') }}
    where obstacle_code is null
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

-- A pair of sizes ordered to keep one says nothing about the product: it is left out.
cohorts as (
    select
        products.style_id,
        products.category_name,
        order_lines.channel_name,
        coalesce(order_lines.delivered_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        {{ days_between('order_lines.delivered_date', 'shop.as_of_date') }} as cohort_age_days,
        sum(order_lines.delivered_count) as delivered_count,
        sum(order_lines.delivered_net_amount) as delivered_net_amount,
        sum(order_lines.returned_count) as returned_count,
        order_lines.delivered_date as cohort_date
    from {{ ref('fct_order_lines') }} as order_lines
    inner join products on order_lines.sku = products.sku
    inner join looked_at
        on
            order_lines.delivered_date >= looked_at.first_date
            and order_lines.delivered_date <= looked_at.last_date
    cross join shop
    cross join policies
    where
        not order_lines.is_exchange_leg
        and not order_lines.is_size_bracketed
        and order_lines.delivered_count > 0
        and order_lines.delivered_date <= shop.as_of_date
    group by
        products.style_id,
        products.category_name,
        order_lines.channel_name,
        order_lines.delivered_date,
        policies.policy_changed_date,
        shop.as_of_date
),

final as (
    select
        cohorts.style_id,
        cohorts.category_name,
        cast(sum(cohorts.delivered_count) as bigint) as delivered_count,
        cast(sum(cohorts.delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(cohorts.returned_count) as bigint) as returned_count,
        cast(sum(cohorts.delivered_count * curves.developed_millionths) as bigint)
            as developed_millionths,
        cohorts.cohort_date
    from cohorts
    inner join curves on {{ match_curve('cohorts', 'cohorts.cohort_age_days') }}
    group by cohorts.style_id, cohorts.category_name, cohorts.cohort_date
)

select * from final
