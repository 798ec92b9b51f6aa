with

order_lines as (
    select
        sku,
        style_id,
        channel_name,
        delivered_net_amount,
        delivered_date
    from {{ ref('fct_order_lines') }}
    where not is_exchange_leg and delivered_date is not null and delivered_count > 0
),

products as (
    select
        sku,
        category_name
    from {{ ref('dim_products') }}
),

final as (
    select
        coalesce(order_lines.style_id, order_lines.sku) as style_id,
        coalesce(products.category_name, 'unknown') as category_name,
        order_lines.channel_name,
        cast(sum(order_lines.delivered_net_amount) as bigint) as delivered_net_amount,
        order_lines.delivered_date
    from order_lines
    inner join products on order_lines.sku = products.sku
    group by
        coalesce(order_lines.style_id, order_lines.sku),
        coalesce(products.category_name, 'unknown'),
        order_lines.channel_name,
        order_lines.delivered_date
)

select * from final
