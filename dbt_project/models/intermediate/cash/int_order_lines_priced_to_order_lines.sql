with

order_lines as (
    select
        order_line_id,
        sku,
        channel_name,
        delivery_state_code,
        ordered_count,
        delivered_count,
        unit_price_amount,
        discount_allocated_amount,
        is_exchange_leg,
        delivered_date
    from {{ ref('int_order_lines_joined_to_deliveries') }}
),

allocations as (
    select
        order_line_id,
        discount_amount,
        points_amount
    from {{ ref('int_orders_allocated_to_order_lines') }}
),

products as (
    select
        sku,
        category_name,
        unit_cost_amount
    from {{ ref('int_products_gathered_to_skus') }}
),

priced as (
    select
        order_lines.order_line_id,
        coalesce(order_lines.channel_name, 'unknown') as channel_name,
        coalesce(products.category_name, 'unknown') as category_name,
        order_lines.delivery_state_code,
        order_lines.ordered_count,
        order_lines.delivered_count,
        order_lines.unit_price_amount * order_lines.ordered_count
        - coalesce(order_lines.discount_allocated_amount, 0)
        - coalesce(allocations.discount_amount, 0)
        - coalesce(allocations.points_amount, 0) as net_amount,
        products.unit_cost_amount,
        order_lines.is_exchange_leg,
        order_lines.delivered_date
    from order_lines
    left join allocations on order_lines.order_line_id = allocations.order_line_id
    left join products on order_lines.sku = products.sku
),

final as (
    select
        order_line_id,
        channel_name,
        category_name,
        delivery_state_code,
        ordered_count,
        delivered_count,
        net_amount,
        {{ share_of_amount('net_amount', 'delivered_count', 'ordered_count') }}
            as delivered_net_amount,
        unit_cost_amount,
        is_exchange_leg,
        delivered_date
    from priced
)

select * from final
