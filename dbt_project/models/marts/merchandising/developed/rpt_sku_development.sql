with

shop as (
    select as_of_date
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
        base_rate,
        unbracketed_base_rate,
        base_value_rate
    from {{ ref('rpt_category_development') }}
    where is_current
),

sku_days as (
    select
        sold.sku,
        products.style_id,
        products.category_name,
        sold.channel_name,
        sold.delivered_count,
        sold.delivered_net_amount,
        sold.returned_count,
        sold.returned_net_amount,
        sold.delivered_count - sold.size_bracketed_delivered_count as unbracketed_delivered_count,
        sold.returned_count - sold.size_bracketed_returned_count as unbracketed_returned_count,
        coalesce(sold.calendar_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        {{ days_between('sold.calendar_date', 'shop.as_of_date') }} as age_days,
        sold.calendar_date
    from {{ ref('rpt_sku_return_days') }} as sold
    inner join products on sold.sku = products.sku
    cross join shop
    cross join policies
    where sold.date_basis_code = 'cohort' and sold.calendar_date <= shop.as_of_date
),

summed as (
    select
        sku_days.sku,
        sku_days.style_id,
        sku_days.category_name,
        sku_days.channel_name,
        sum(sku_days.delivered_count) as delivered_count,
        sum(sku_days.delivered_net_amount) as delivered_net_amount,
        sum(sku_days.returned_count) as returned_count,
        sum(sku_days.returned_net_amount) as returned_net_amount,
        sum(sku_days.unbracketed_delivered_count) as unbracketed_delivered_count,
        sum(sku_days.unbracketed_returned_count) as unbracketed_returned_count,
        sum(sku_days.delivered_count * curves.developed_millionths) as developed_millionths,
        sum(sku_days.unbracketed_delivered_count * curves.developed_millionths)
            as unbracketed_developed_millionths,
        sum(sku_days.delivered_net_amount * (1000000 - curves.developed_millionths))
            as undeveloped_net_millionths,
        bool_or(sku_days.is_after_policy_change) as is_policy_change_affected
    from sku_days
    inner join curves on {{ match_curve('sku_days', 'sku_days.age_days') }}
    group by sku_days.sku, sku_days.style_id, sku_days.category_name, sku_days.channel_name
),

final as (
    select
        summed.sku,
        summed.style_id,
        summed.category_name,
        summed.channel_name,
        cast(summed.delivered_count as bigint) as delivered_count,
        cast(summed.delivered_net_amount as bigint) as delivered_net_amount,
        cast(summed.returned_count as bigint) as returned_count,
        cast(summed.returned_net_amount as bigint) as returned_net_amount,
        cast(summed.unbracketed_delivered_count as bigint) as unbracketed_delivered_count,
        cast(summed.unbracketed_returned_count as bigint) as unbracketed_returned_count,
        summed.developed_millionths / 1000000.0 as developed_exposure,
        summed.unbracketed_developed_millionths / 1000000.0 as unbracketed_developed_exposure,
        coalesce(bases.base_rate, 0.0) as base_rate,
        coalesce(bases.unbracketed_base_rate, 0.0) as unbracketed_base_rate,
        summed.returned_count
        + (summed.delivered_count - summed.developed_millionths / 1000000.0)
        * coalesce(bases.base_rate, 0.0) as expected_returns,
        cast(
            summed.returned_net_amount
            + round(
                summed.undeveloped_net_millionths / 1000000.0 * coalesce(bases.base_value_rate, 0.0)
            ) as bigint
        ) as expected_returned_net_amount,
        summed.is_policy_change_affected
    from summed
    left join bases
        on
            summed.category_name = bases.category_name
            and summed.channel_name = bases.channel_name
    order by summed.sku, summed.channel_name
)

select * from final
