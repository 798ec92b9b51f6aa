with

parameters as (
    select
        price_decay_share,
        outlet_price_share,
        sale_chance_share
    from {{ ref('int_cost_parameters_pivoted_to_shops') }}
),

plans as (
    select
        style_id,
        sum(received_count) as received_count
    from {{ ref('int_purchase_plans_summed_to_styles') }}
    where received_count > 0
    group by style_id
),

sales as (
    select
        products.style_id,
        sum(sku_sales.full_price_count) as full_price_count
    from {{ ref('int_order_lines_grouped_to_full_prices') }} as sku_sales
    inner join {{ ref('dim_products') }} as products on sku_sales.sku = products.sku
    group by products.style_id
),

planned as (
    select
        plans.style_id,
        plans.received_count,
        coalesce(sales.full_price_count, 0) as full_price_count
    from plans
    left join sales on plans.style_id = sales.style_id
),

shop as (
    select
        sum(received_count) as received_count,
        sum(full_price_count) as full_price_count
    from planned
),

-- Fewer than 30 bought of a style say little of it: then the shop speaks, and without any plan
-- the assumption.
chances as (
    select
        products.sku,
        products.list_price_amount,
        parameters.price_decay_share,
        parameters.outlet_price_share,
        case
            when planned.received_count >= 30
                then greatest(
                    least(
                        cast(planned.full_price_count as double) / planned.received_count, 1.0
                    ), 0.0
                )
            when shop.received_count > 0
                then greatest(
                    least(cast(shop.full_price_count as double) / shop.received_count, 1.0), 0.0
                )
            else parameters.sale_chance_share
        end as sale_chance_share,
        case
            when planned.received_count >= 30 then 'style'
            when shop.received_count > 0 then 'shop'
            else 'assumed'
        end as chance_source_code
    from {{ ref('dim_products') }} as products
    cross join parameters
    cross join shop
    left join planned on products.style_id = planned.style_id
),

final as (
    select
        sku,
        chance_source_code,
        list_price_amount * price_decay_share * sale_chance_share as unit_idle_cost,
        outlet_price_share
    from chances
)

select * from final
