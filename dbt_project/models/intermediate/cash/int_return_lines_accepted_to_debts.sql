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
        sent_back_count,
        requested_date
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where
        not is_dropped
        and return_type_code in ('customer_return', 'recall', 'exchange_leg')
),

exchanges as (
    select return_line_id
    from {{ ref('int_exchanges_joined_to_products') }}
    group by return_line_id
),

receipts as (
    select
        return_line_id,
        accepted_until_count,
        accepted_date,
        next_accepted_date
    from {{ ref('int_return_receipts_accepted_to_return_lines') }}
    where accepted_until_count > 0
),

-- A shop without receipts accepts what it did not turn down, on the day of the request.
accepted as (
    select
        return_lines.return_line_id,
        return_lines.order_line_id,
        return_lines.requested_resolution_code,
        case
            when shop.has_receipts then receipts.accepted_until_count
            else return_lines.sent_back_count
        end as accepted_until_count,
        case
            when shop.has_receipts then receipts.accepted_date
            else return_lines.requested_date
        end as accepted_date,
        receipts.next_accepted_date
    from return_lines
    cross join shop
    left join receipts on return_lines.return_line_id = receipts.return_line_id
    left join exchanges on return_lines.return_line_id = exchanges.return_line_id
    where
        exchanges.return_line_id is null
        and coalesce(return_lines.requested_resolution_code, 'refund') <> 'exchange'
),

final as (
    select
        accepted.return_line_id,
        accepted.order_line_id,
        order_lines.channel_name,
        order_lines.category_name,
        accepted.accepted_until_count as accepted_count,
        {{ share_of_amount(
            'order_lines.net_amount', 'accepted.accepted_until_count', 'order_lines.ordered_count'
        ) }} as accepted_amount,
        coalesce(accepted.requested_resolution_code = 'credit', false) as is_credit_wanted,
        min(accepted.accepted_date) over (partition by accepted.return_line_id)
            as first_accepted_date,
        accepted.accepted_date,
        accepted.next_accepted_date
    from accepted
    left join {{ ref('int_order_lines_priced_to_order_lines') }} as order_lines
        on accepted.order_line_id = order_lines.order_line_id
    where accepted.accepted_until_count > 0
)

select * from final
