with

plans as (
    select
        style_id,
        season_name,
        received_count,
        received_list_amount
    from {{ ref('int_purchase_plans_summed_to_styles') }}
),

purchases as (
    select count(*) > 0 as has_plans
    from plans
),

sales as (
    select
        products.style_id,
        products.season_name,
        sum(sku_sales.sold_count) as sold_count,
        sum(sku_sales.full_price_count) as full_price_count,
        sum(sku_sales.full_price_amount) as full_price_amount,
        sum(sku_sales.unpriced_count) as unpriced_count
    from {{ ref('int_order_lines_grouped_to_full_prices') }} as sku_sales
    inner join {{ ref('dim_products') }} as products on sku_sales.sku = products.sku
    group by products.style_id, products.season_name
),

final as (
    select
        coalesce(plans.style_id, sales.style_id) as style_id,
        coalesce(plans.season_name, sales.season_name) as season_name,
        plans.received_count,
        plans.received_list_amount,
        cast(coalesce(sales.sold_count, 0) as bigint) as sold_count,
        cast(coalesce(sales.full_price_count, 0) as bigint) as full_price_count,
        cast(coalesce(sales.full_price_amount, 0) as bigint) as full_price_amount,
        cast(coalesce(sales.unpriced_count, 0) as bigint) as unpriced_count,
        plans.received_count is not null as is_in_plan,
        plans.received_list_amount is not null as is_list_price_known
    from plans
    full join sales
        on
            plans.style_id = sales.style_id
            and coalesce(plans.season_name, '') = coalesce(sales.season_name, '')
    cross join purchases
    where purchases.has_plans
    order by style_id, season_name nulls last
)

select * from final
