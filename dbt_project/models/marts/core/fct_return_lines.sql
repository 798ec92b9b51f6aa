with

return_lines as (
    select
        return_line_id,
        return_id,
        order_line_id,
        order_id,
        sku,
        source_system,
        return_type_code,
        reason_code,
        reason_system,
        request_channel_code,
        decision_code,
        requested_resolution_code,
        requested_count,
        received_count,
        accepted_count,
        sent_back_count,
        returned_count,
        has_request,
        is_product_return,
        is_exchange_leg,
        is_quantity_assumed,
        requested_date,
        received_date,
        returned_date,
        requested_at,
        received_at
    from {{ ref('int_return_lines_joined_to_receipts') }}
),

numbered as (
    select
        return_line_id,
        returned_until_count
    from {{ ref('int_return_lines_accumulated_to_return_lines') }}
),

order_lines as (
    select
        order_line_id,
        order_id,
        sku,
        channel_name,
        delivery_state_code,
        net_amount,
        ordered_count,
        is_size_bracketed,
        ordered_date,
        delivered_date
    from {{ ref('fct_order_lines') }}
),

products as (
    select
        sku,
        style_id
    from {{ ref('dim_products') }}
),

refunds as (
    select
        return_line_id,
        refunded_amount
    from {{ ref('int_refunds_grouped_to_return_lines') }}
),

joined as (
    select
        return_lines.return_line_id,
        return_lines.return_id,
        return_lines.order_line_id,
        coalesce(order_lines.order_id, return_lines.order_id) as order_id,
        coalesce(order_lines.sku, return_lines.sku) as sku,
        return_lines.source_system,
        coalesce(order_lines.channel_name, 'unknown') as channel_name,
        return_lines.return_type_code,
        return_lines.reason_code,
        return_lines.reason_system,
        return_lines.request_channel_code,
        return_lines.decision_code,
        return_lines.requested_resolution_code,
        return_lines.requested_count,
        return_lines.received_count,
        return_lines.accepted_count,
        return_lines.sent_back_count,
        return_lines.returned_count,
        coalesce(numbered.returned_until_count, 0) as returned_until_count,
        order_lines.net_amount,
        order_lines.ordered_count,
        coalesce(refunds.refunded_amount, 0) as refunded_amount,
        order_lines.order_line_id is not null as is_matched,
        return_lines.has_request,
        return_lines.is_product_return,
        return_lines.is_product_return
        and coalesce(
            order_lines.delivery_state_code in ('delivered', 'delivered_unknown_day'), false
        ) as is_counted_in_cohort,
        return_lines.is_exchange_leg,
        coalesce(order_lines.is_size_bracketed, false) as is_size_bracketed,
        return_lines.is_quantity_assumed,
        order_lines.ordered_date,
        order_lines.delivered_date,
        return_lines.requested_date,
        return_lines.received_date,
        return_lines.returned_date,
        return_lines.requested_at,
        return_lines.received_at
    from return_lines
    left join numbered on return_lines.return_line_id = numbered.return_line_id
    left join order_lines on return_lines.order_line_id = order_lines.order_line_id
    left join refunds on return_lines.return_line_id = refunds.return_line_id
),

valued as (
    select
        *,
        -- What was returned up to this line less what was returned before it: the parts of an
        -- order line sum to its whole.
        {{ share_of_amount('net_amount', 'returned_until_count', 'ordered_count') }}
        - {{ share_of_amount(
            'net_amount', '(returned_until_count - returned_count)', 'ordered_count'
        ) }} as returned_net_amount,
        {{ share_of_amount('net_amount', 'requested_count', 'ordered_count') }}
            as requested_net_amount
    from joined
),

final as (
    select
        valued.return_line_id,
        valued.return_id,
        valued.order_line_id,
        valued.order_id,
        valued.sku,
        products.style_id,
        valued.source_system,
        valued.channel_name,
        valued.return_type_code,
        valued.reason_code,
        valued.reason_system,
        valued.request_channel_code,
        valued.decision_code,
        valued.requested_resolution_code,
        valued.requested_count,
        valued.received_count,
        valued.accepted_count,
        valued.sent_back_count,
        valued.returned_count,
        valued.returned_net_amount,
        valued.refunded_amount,
        case
            when valued.sent_back_count > 0 and valued.requested_date >= valued.delivered_date
                then {{ days_between('valued.delivered_date', 'valued.requested_date') }}
        end as days_to_return,
        valued.is_matched,
        valued.has_request,
        valued.is_product_return,
        valued.is_counted_in_cohort,
        valued.is_exchange_leg,
        valued.is_size_bracketed,
        valued.is_quantity_assumed,
        valued.requested_date < valued.ordered_date as is_requested_before_order,
        valued.requested_date < valued.delivered_date as is_requested_before_delivery,
        case
            when valued.is_matched and valued.refunded_amount > 0
                then valued.refunded_amount > valued.requested_net_amount
        end as is_refunded_above_net,
        valued.delivered_date as cohort_date,
        case when valued.has_request then valued.requested_date else valued.received_date end
            as event_date,
        valued.received_date,
        case when valued.returned_count > 0 then valued.returned_date end as returned_date,
        valued.requested_at,
        valued.received_at
    from valued
    left join products on valued.sku = products.sku
)

select * from final
