with

order_lines as (
    select
        order_line_id,
        order_id,
        sku,
        style_id,
        delivered_count,
        returned_count
    from {{ ref('fct_order_lines') }}
    where is_size_bracketed and delivered_count > 0
),

products as (
    select
        sku,
        size_order
    from {{ ref('dim_products') }}
    where size_order is not null
),

sized as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.sku,
        order_lines.style_id,
        products.size_order,
        order_lines.returned_count < order_lines.delivered_count as is_kept
    from order_lines
    inner join products on order_lines.sku = products.sku
),

orders as (
    select
        order_id,
        style_id,
        min(case when is_kept then size_order end) as first_kept_order,
        max(case when is_kept then size_order end) as last_kept_order,
        min(case when not is_kept then size_order end) as first_returned_order,
        max(case when not is_kept then size_order end) as last_returned_order
    from sized
    group by order_id, style_id
),

final as (
    select
        sized.order_line_id,
        sized.sku,
        sized.style_id,
        case
            when orders.first_kept_order > orders.last_returned_order then 'larger'
            else 'smaller'
        end as kept_code
    from sized
    inner join orders on sized.order_id = orders.order_id and sized.style_id = orders.style_id
    where
        sized.is_kept
        and (
            orders.first_kept_order > orders.last_returned_order
            or orders.last_kept_order < orders.first_returned_order
        )
)

select * from final
