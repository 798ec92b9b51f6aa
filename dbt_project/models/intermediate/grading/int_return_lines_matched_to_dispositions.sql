with

return_lines as (
    select
        return_line_id,
        order_line_id,
        sku,
        style_id,
        channel_name,
        return_type_code,
        coalesce(requested_resolution_code, 'none') as resolution_code,
        received_count,
        is_product_return,
        coalesce(decision_code in ('denied', 'cancelled'), false) as is_dropped,
        received_date,
        received_at
    from {{ ref('fct_return_lines') }}
    where received_count > 0
),

-- Whose side a return is on is told of customers' requests; what else arrives is on theirs.
sides as (
    select
        return_line_id,
        reason_side_code
    from {{ ref('int_return_requests_joined_to_terms') }}
),

grades as (
    select
        return_line_id,
        grade_code,
        graded_at
    from {{ ref('int_return_receipts_narrowed_to_grades') }}
),

stocks as (
    select
        return_line_id,
        bool_and(is_restocked or is_written_off) as is_shelved,
        -- The last of its units; of a line that is only partly back nothing is told.
        case when bool_and(is_restocked) then max(restocked_at) end as shelved_at
    from {{ ref('int_return_receipts_settled_to_stocks') }}
    group by return_line_id
),

settlements as (
    select
        return_line_id,
        paid_at as resolved_at
    from {{ ref('fct_refunds') }}
    where is_paid

    union all

    select
        return_line_id,
        shipped_at as resolved_at
    from {{ ref('fct_exchanges') }}
    where is_shipped
),

resolved as (
    select
        return_line_id,
        min(resolved_at) as resolved_at
    from settlements
    group by return_line_id
),

known as (
    select
        moments.has_restocking,
        moments.has_settlements,
        receipt_counts.has_grades
    from {{ ref('int_return_moments_counted_to_shops') }} as moments
    cross join {{ ref('int_return_receipts_counted_to_shops') }} as receipt_counts
),

rules as (
    select *
    from {{ ref('stg_kaeru__disposition_rules') }}
),

joined as (
    select
        return_lines.return_line_id,
        return_lines.order_line_id,
        return_lines.sku,
        return_lines.style_id,
        return_lines.channel_name,
        return_lines.return_type_code,
        return_lines.resolution_code,
        coalesce(sides.reason_side_code, 'customer') as reason_side_code,
        grades.grade_code,
        return_lines.received_count,
        return_lines.is_product_return,
        return_lines.is_dropped,
        resolved.return_line_id is not null as is_resolved,
        known.has_settlements,
        known.has_restocking,
        known.has_grades,
        coalesce(stocks.is_shelved, false) as is_shelved,
        return_lines.received_date,
        return_lines.received_at,
        grades.graded_at,
        resolved.resolved_at,
        stocks.shelved_at
    from return_lines
    cross join known
    left join sides on return_lines.return_line_id = sides.return_line_id
    left join grades on return_lines.return_line_id = grades.return_line_id
    left join stocks on return_lines.return_line_id = stocks.return_line_id
    left join resolved on return_lines.return_line_id = resolved.return_line_id
),

ruled as (
    select
        joined.*,
        rules.stock_action_code,
        rules.refund_ratio,
        rules.next_action_code,
        rules.message_ja,
        rules.message_en,
        -- Nobody is waited for where the return was turned down, or nothing says what is settled.
        joined.has_settlements and not joined.is_resolved and not joined.is_dropped
            as is_settlement_open
    from joined
    left join rules
        on
            joined.grade_code = rules.grade_code
            and joined.reason_side_code = rules.reason_side_code
            and joined.resolution_code = rules.resolution_code
),

-- Where it waits: for its grade, then for what the customer gets, then for the shelf. A shop that
-- grades nothing is not waited for once the customer has what was asked for.
final as (
    select
        return_line_id,
        order_line_id,
        sku,
        style_id,
        channel_name,
        return_type_code,
        resolution_code,
        reason_side_code,
        grade_code,
        stock_action_code,
        refund_ratio,
        next_action_code,
        message_ja,
        message_en,
        case
            when grade_code is null and is_settlement_open then 'grading'
            when grade_code is null and has_grades and not is_shelved then 'grading'
            when grade_code is null then null
            when is_settlement_open then next_action_code
            when stock_action_code = 'restock' and has_restocking and not is_shelved then 'restock'
        end as waiting_code,
        received_count,
        is_product_return,
        is_dropped,
        is_resolved,
        is_shelved,
        is_settlement_open,
        received_date,
        received_at,
        graded_at,
        resolved_at,
        shelved_at
    from ruled
)

select * from final
