with

shop as (
    select
        shop_name,
        language_code,
        currency_code,
        time_zone_name,
        tax_code,
        run_id,
        return_window_days,
        alarm_ratio,
        alarm_false_share,
        is_synthetic,
        as_of_date,
        newest_load_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

receipts as (
    select has_receipts
    from {{ ref('int_return_receipts_counted_to_shops') }}
),

order_lines as (
    select
        count(*) as order_line_count,
        coalesce(sum(case when not is_exchange_leg then delivered_count end), 0)
            as delivered_count,
        coalesce(
            sum(case when not is_exchange_leg and is_estimated_delivery then delivered_count end),
            0
        ) as estimated_delivered_count,
        coalesce(
            sum(
                case
                    when
                        not is_exchange_leg
                        and delivery_state_code = 'delivered_unknown_day'
                        then delivered_count
                end
            ),
            0
        ) as delivered_unknown_day_count,
        count(case when not has_order then 1 end) as orderless_line_count,
        count(case when is_over_returned then 1 end) as over_returned_line_count,
        min(delivered_date) as first_delivered_date,
        max(delivered_date) as last_delivered_date
    from {{ ref('fct_order_lines') }}
),

return_lines as (
    select
        count(case when has_request then 1 end) as return_line_count,
        count(case when has_request and not is_matched then 1 end)
            as unmatched_return_line_count,
        count(case when is_quantity_assumed then 1 end) as assumed_quantity_count,
        count(case when not has_request then 1 end) as unrequested_receipt_count,
        count(case when is_requested_before_order then 1 end) as reversed_date_count,
        count(case when is_refunded_above_net then 1 end) as refund_above_net_count
    from {{ ref('fct_return_lines') }}
),

final as (
    select
        shop.shop_name,
        shop.language_code,
        shop.currency_code,
        shop.time_zone_name,
        shop.tax_code,
        shop.run_id,
        shop.return_window_days,
        order_lines.order_line_count,
        cast(order_lines.delivered_count as bigint) as delivered_count,
        cast(order_lines.estimated_delivered_count as bigint) as estimated_delivered_count,
        cast(order_lines.delivered_unknown_day_count as bigint) as delivered_unknown_day_count,
        return_lines.return_line_count,
        return_lines.unmatched_return_line_count,
        return_lines.assumed_quantity_count,
        return_lines.unrequested_receipt_count,
        order_lines.orderless_line_count,
        order_lines.over_returned_line_count,
        return_lines.reversed_date_count,
        return_lines.refund_above_net_count,
        shop.alarm_ratio,
        shop.alarm_false_share,
        receipts.has_receipts,
        shop.is_synthetic,
        shop.as_of_date,
        order_lines.first_delivered_date,
        order_lines.last_delivered_date,
        shop.newest_load_at
    from shop
    cross join receipts
    cross join order_lines
    cross join return_lines
)

select * from final
