with

sku_days as (
    select
        sku,
        channel_name,
        delivered_count,
        delivered_net_amount,
        returned_count,
        returned_net_amount,
        delivered_count - size_bracketed_delivered_count as unbracketed_delivered_count,
        returned_count - size_bracketed_returned_count as unbracketed_returned_count,
        calendar_date
    from {{ ref('rpt_sku_return_days') }}
    where date_basis_code = 'cohort' and calendar_date is not null
),

products as (
    select
        sku,
        category_name
    from {{ ref('dim_products') }}
),

policies as (
    select policy_changed_date
    from {{ ref('int_policies_dated_to_shops') }}
),

final as (
    select
        coalesce(products.category_name, 'unknown') as category_name,
        sku_days.channel_name,
        cast(sum(sku_days.delivered_count) as bigint) as delivered_count,
        cast(sum(sku_days.delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(sku_days.returned_count) as bigint) as returned_count,
        cast(sum(sku_days.returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(sku_days.unbracketed_delivered_count) as bigint) as unbracketed_delivered_count,
        cast(sum(sku_days.unbracketed_returned_count) as bigint) as unbracketed_returned_count,
        coalesce(sku_days.calendar_date >= policies.policy_changed_date, false)
            as is_after_policy_change,
        sku_days.calendar_date as cohort_date
    from sku_days
    inner join products on sku_days.sku = products.sku
    cross join policies
    group by
        coalesce(products.category_name, 'unknown'),
        sku_days.channel_name,
        coalesce(sku_days.calendar_date >= policies.policy_changed_date, false),
        sku_days.calendar_date
    order by category_name, sku_days.channel_name, sku_days.calendar_date
)

select * from final
