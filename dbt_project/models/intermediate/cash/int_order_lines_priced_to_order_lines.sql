with

order_lines as (
    select
        order_line_id,
        sku,
        channel_name,
        delivery_state_code,
        ordered_count,
        delivered_count,
        net_amount,
        delivered_net_amount,
        is_exchange_leg,
        delivered_date
    from {{ ref('fct_order_lines') }}
),

products as (
    select
        sku,
        category_name,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

final as (
    select
        order_lines.order_line_id,
        order_lines.channel_name,
        coalesce(products.category_name, 'unknown') as category_name,
        order_lines.delivery_state_code,
        order_lines.ordered_count,
        order_lines.delivered_count,
        order_lines.net_amount,
        order_lines.delivered_net_amount,
        products.unit_cost_amount,
        order_lines.is_exchange_leg,
        order_lines.delivered_date
    from order_lines
    inner join products on order_lines.sku = products.sku
)

select * from final
