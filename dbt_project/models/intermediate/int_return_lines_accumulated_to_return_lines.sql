with

return_lines as (
    select
        return_line_id,
        order_line_id,
        returned_count,
        requested_at
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where order_line_id is not null and returned_count > 0
),

final as (
    select
        return_line_id,
        cast(
            sum(returned_count) over (
                partition by order_line_id
                order by requested_at nulls last, return_line_id
                rows between unbounded preceding and current row
            ) as bigint
        ) as returned_until_count
    from return_lines
)

select * from final
