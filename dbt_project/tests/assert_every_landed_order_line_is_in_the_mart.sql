-- Only lines of orders placed after the as-of day are left out.
with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

missing as (
    select
        order_lines.order_line_id,
        order_lines.order_id
    from {{ ref('stg_shop__order_lines') }} as order_lines
    left join {{ ref('fct_order_lines') }} as fct_order_lines
        on order_lines.order_line_id = fct_order_lines.order_line_id
    where fct_order_lines.order_line_id is null
)

select missing.order_line_id
from missing
cross join shop
left join {{ ref('stg_shop__orders') }} as orders on missing.order_id = orders.order_id
where coalesce(orders.ordered_at < shop.known_before_at, true)
