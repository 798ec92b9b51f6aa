with

shop as (
    select has_receipts
    from {{ ref('int_return_receipts_counted_to_shops') }}
),

return_lines as (
    select
        return_line_id,
        order_line_id,
        requested_resolution_code,
        returned_count,
        requested_date,
        received_date
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where is_product_return and returned_count > 0
),

order_lines as (
    select
        order_line_id,
        channel_name,
        category_name,
        ordered_count,
        net_amount,
        delivered_date
    from {{ ref('int_order_lines_priced_to_order_lines') }}
    where delivered_date is not null and delivered_count > 0
),

joined as (
    select
        return_lines.return_line_id,
        order_lines.channel_name,
        order_lines.category_name,
        return_lines.requested_resolution_code,
        return_lines.returned_count,
        order_lines.ordered_count,
        order_lines.net_amount,
        order_lines.delivered_date,
        -- Nobody knows of a return before it is asked for, nor counts it before it arrives.
        case
            when shop.has_receipts then return_lines.received_date
            else return_lines.requested_date
        end as seen_date
    from return_lines
    cross join shop
    inner join order_lines on return_lines.order_line_id = order_lines.order_line_id
),

final as (
    select
        return_line_id,
        channel_name,
        category_name,
        requested_resolution_code,
        returned_count,
        {{ share_of_amount('net_amount', 'returned_count', 'ordered_count') }}
            as returned_net_amount,
        delivered_date,
        seen_date
    from joined
    where seen_date is not null
)

select * from final
