-- To the yen. Where the source's own allocation exceeds the order's discount, it stands.
with

lines as (
    select
        order_id,
        sum(discount_amount) as discount_amount,
        sum(points_amount) as points_amount
    from {{ ref('fct_order_lines') }}
    group by order_id
),

own_discounts as (
    select
        order_id,
        sum(discount_allocated_amount) as discount_amount
    from {{ ref('stg_shop__order_lines') }}
    where discount_allocated_amount <> 0
    group by order_id
)

select
    orders.order_id,
    lines.discount_amount,
    lines.points_amount
from {{ ref('stg_shop__orders') }} as orders
inner join lines on orders.order_id = lines.order_id
left join own_discounts on orders.order_id = own_discounts.order_id
where
    lines.discount_amount
    <> greatest(coalesce(orders.discount_amount, 0), coalesce(own_discounts.discount_amount, 0))
    or lines.points_amount <> coalesce(orders.points_amount, 0)
