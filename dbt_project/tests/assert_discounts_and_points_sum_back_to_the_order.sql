-- To the yen. Where the source's own allocation exceeds the order's discount, it stands.
with

lines as (
    select
        fct_order_lines.order_id,
        sum(fct_order_lines.discount_amount) as discount_amount,
        sum(fct_order_lines.points_amount) as points_amount,
        sum(coalesce(order_lines.discount_allocated_amount, 0)) as own_discount_amount
    from {{ ref('fct_order_lines') }} as fct_order_lines
    inner join {{ ref('stg_shop__order_lines') }} as order_lines
        on fct_order_lines.order_line_id = order_lines.order_line_id
    group by fct_order_lines.order_id
)

select
    orders.order_id,
    lines.discount_amount,
    lines.points_amount
from lines
inner join {{ ref('stg_shop__orders') }} as orders on lines.order_id = orders.order_id
where
    lines.discount_amount
    <> greatest(coalesce(orders.discount_amount, 0), lines.own_discount_amount)
    or lines.points_amount <> coalesce(orders.points_amount, 0)
