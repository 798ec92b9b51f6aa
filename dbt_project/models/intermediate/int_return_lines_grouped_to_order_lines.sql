with

return_lines as (
    select
        order_line_id,
        return_type_code,
        requested_count,
        received_count,
        returned_count,
        is_product_return,
        is_dropped,
        is_requested_day_unknown,
        requested_at,
        return_type_code in ('undeliverable', 'refused') and not is_dropped as is_failed_delivery
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where order_line_id is not null
),

final as (
    select
        order_line_id,
        cast(sum(case when is_product_return then requested_count else 0 end) as bigint)
            as requested_count,
        cast(sum(case when is_product_return then received_count else 0 end) as bigint)
            as received_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(case when is_failed_delivery then requested_count else 0 end) as bigint)
            as failed_count,
        coalesce(bool_or(is_failed_delivery and is_requested_day_unknown), false)
            as has_failed_on_unknown_day,
        max(case when is_failed_delivery then requested_at end) as last_failed_at
    from return_lines
    group by order_line_id
)

select * from final
