with

sku_days as (
    select
        sku,
        channel_name,
        date_basis_code,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        unvalued_returned_count,
        calendar_date
    from {{ ref('rpt_sku_return_days') }}
),

products as (
    select
        sku,
        coalesce(category_name, 'unknown') as category_name
    from {{ ref('dim_products') }}
),

final as (
    select
        products.category_name,
        sku_days.channel_name,
        sku_days.date_basis_code,
        cast(sum(sku_days.delivered_count) as bigint) as delivered_count,
        cast(sum(sku_days.delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(sku_days.requested_count) as bigint) as requested_count,
        cast(sum(sku_days.returned_count) as bigint) as returned_count,
        cast(sum(sku_days.returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(sku_days.unvalued_returned_count) as bigint) as unvalued_returned_count,
        sku_days.calendar_date
    from sku_days
    inner join products on sku_days.sku = products.sku
    group by
        products.category_name,
        sku_days.channel_name,
        sku_days.date_basis_code,
        sku_days.calendar_date
    order by products.category_name, sku_days.date_basis_code, sku_days.calendar_date
)

select * from final
