-- Units and yen of the return lines of an order line are those of the order line, doubled nowhere.
with

return_lines as (
    select
        order_line_id,
        sum(case when is_product_return then requested_count else 0 end) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('fct_return_lines') }}
    where is_matched
    group by order_line_id
)

select order_lines.order_line_id
from {{ ref('fct_order_lines') }} as order_lines
left join return_lines on order_lines.order_line_id = return_lines.order_line_id
where
    order_lines.requested_count <> coalesce(return_lines.requested_count, 0)
    or order_lines.returned_count <> coalesce(return_lines.returned_count, 0)
    or order_lines.returned_net_amount <> coalesce(return_lines.returned_net_amount, 0)
