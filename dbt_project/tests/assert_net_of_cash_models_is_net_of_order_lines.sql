-- The value that cash models start from is that of the mart, line by line.
select fct_order_lines.order_line_id
from {{ ref('fct_order_lines') }} as fct_order_lines
full join {{ ref('int_order_lines_priced_to_order_lines') }} as priced
    on fct_order_lines.order_line_id = priced.order_line_id
where
    fct_order_lines.net_amount is distinct from priced.net_amount
    or fct_order_lines.delivered_net_amount is distinct from priced.delivered_net_amount
