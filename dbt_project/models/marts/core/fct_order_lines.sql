with

order_lines as (
    select
        order_line_id,
        order_id,
        sku,
        lot_id,
        source_system,
        customer_id,
        campaign_code,
        channel_name,
        payment_method_name,
        delivery_state_code,
        ordered_count,
        delivered_count,
        in_transit_count,
        undelivered_count,
        requested_count,
        received_count,
        returned_count,
        unit_price_amount,
        discount_allocated_amount,
        tax_rate,
        has_order,
        is_exchange_leg,
        is_estimated_delivery,
        is_over_delivered,
        is_sale,
        is_final_sale,
        is_gift,
        ordered_date,
        shipped_date,
        delivered_date,
        ordered_at,
        shipped_at,
        delivered_at
    from {{ ref('int_order_lines_joined_to_deliveries') }}
),

products as (
    select
        sku,
        style_id
    from {{ ref('dim_products') }}
),

allocations as (
    select
        order_line_id,
        discount_amount,
        points_amount
    from {{ ref('int_orders_allocated_to_order_lines') }}
),

order_styles as (
    select
        order_id,
        style_id,
        has_sizes,
        has_colours
    from {{ ref('int_order_lines_grouped_to_order_styles') }}
),

shop as (
    select
        receipts.has_receipts,
        shop_settings.tax_turned_to_code
    from {{ ref('int_return_receipts_counted_to_shops') }} as receipts
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop_settings
),

joined as (
    select
        order_lines.order_line_id,
        order_lines.order_id,
        order_lines.sku,
        products.style_id,
        order_lines.lot_id,
        order_lines.customer_id,
        order_lines.source_system,
        order_lines.campaign_code,
        order_lines.channel_name,
        order_lines.payment_method_name,
        order_lines.delivery_state_code,
        order_lines.unit_price_amount,
        coalesce(order_lines.discount_allocated_amount, 0)
        + coalesce(allocations.discount_amount, 0) as discount_amount,
        coalesce(allocations.points_amount, 0) as points_amount,
        order_lines.ordered_count,
        order_lines.delivered_count,
        order_lines.in_transit_count,
        order_lines.undelivered_count,
        order_lines.requested_count,
        case when shop.has_receipts then coalesce(order_lines.received_count, 0) end
            as received_count,
        order_lines.returned_count,
        order_lines.tax_rate,
        shop.tax_turned_to_code,
        order_lines.has_order,
        order_lines.is_estimated_delivery,
        order_lines.is_exchange_leg,
        order_styles.order_id is not null as is_style_repeated,
        coalesce(order_styles.has_sizes, false) as has_sizes,
        coalesce(order_styles.has_colours, false) as has_colours,
        order_lines.is_over_delivered,
        order_lines.is_sale,
        order_lines.is_final_sale,
        order_lines.is_gift,
        order_lines.ordered_date,
        order_lines.shipped_date,
        order_lines.delivered_date,
        order_lines.ordered_at,
        order_lines.shipped_at,
        order_lines.delivered_at
    from order_lines
    cross join shop
    inner join products on order_lines.sku = products.sku
    left join allocations on order_lines.order_line_id = allocations.order_line_id
    left join order_styles
        on
            order_lines.order_id = order_styles.order_id
            and products.style_id = order_styles.style_id
),

priced as (
    select
        *,
        unit_price_amount * ordered_count as gross_amount,
        unit_price_amount * ordered_count - discount_amount - points_amount as net_amount
    from joined
),

turned as (
    select
        *,
        {{ turn_tax('unit_price_amount', 'tax_rate', 'tax_turned_to_code') }}
            as shown_unit_price_amount,
        {{ turn_tax('gross_amount', 'tax_rate', 'tax_turned_to_code') }} as shown_gross_amount,
        {{ turn_tax('points_amount', 'tax_rate', 'tax_turned_to_code') }} as shown_points_amount,
        {{ turn_tax('net_amount', 'tax_rate', 'tax_turned_to_code') }} as shown_net_amount
    from priced
),

-- Each amount is turned alone; the discount takes what rounding leaves, so that they still sum.
final as (
    select
        order_line_id,
        order_id,
        sku,
        style_id,
        lot_id,
        customer_id,
        source_system,
        campaign_code,
        coalesce(channel_name, 'unknown') as channel_name,
        payment_method_name,
        delivery_state_code,
        shown_unit_price_amount as unit_price_amount,
        shown_gross_amount as gross_amount,
        shown_gross_amount - shown_points_amount - shown_net_amount as discount_amount,
        shown_points_amount as points_amount,
        shown_net_amount as net_amount,
        {{ share_of_amount('shown_net_amount', 'delivered_count', 'ordered_count') }}
            as delivered_net_amount,
        {{ share_of_amount('shown_net_amount', 'returned_count', 'ordered_count') }}
            as returned_net_amount,
        ordered_count,
        delivered_count,
        in_transit_count,
        undelivered_count,
        requested_count,
        received_count,
        returned_count,
        tax_rate,
        has_order,
        is_estimated_delivery,
        is_exchange_leg,
        is_style_repeated and not is_exchange_leg as is_style_repeated,
        has_sizes and not is_exchange_leg as is_size_bracketed,
        has_colours and not is_exchange_leg as is_colour_bracketed,
        returned_count > delivered_count as is_over_returned,
        is_over_delivered,
        is_sale,
        is_final_sale,
        is_gift,
        ordered_date,
        shipped_date,
        delivered_date,
        ordered_at,
        shipped_at,
        delivered_at
    from turned
)

select * from final
