with

known as (
    select has_restocking
    from {{ ref('int_return_moments_counted_to_shops') }}
),

receipts as (
    select
        return_line_id,
        receipt_number,
        grade_code,
        trim(disposition_name) as disposition_name,
        arrived_count,
        is_restocked,
        coalesce(graded_date, received_date) as graded_date
    from {{ ref('int_return_receipts_settled_to_stocks') }}
    where grade_code <> 'ungraded'
),

lines as (
    select
        return_line_id,
        reason_side_code,
        resolution_code
    from {{ ref('int_return_lines_matched_to_dispositions') }}
),

rules as (
    select
        grade_code,
        reason_side_code,
        resolution_code,
        stock_action_code
    from {{ ref('stg_kaeru__disposition_rules') }}
),

-- What stands on the shelf was put there, whatever was written; a unit that is only said to go
-- there has not moved yet where the shop tells when they do.
final as (
    select
        receipts.return_line_id,
        receipts.receipt_number,
        receipts.grade_code,
        rules.stock_action_code as ruled_action_code,
        case
            when receipts.is_restocked and words.stock_action_code = 'outlet' then 'outlet'
            when receipts.is_restocked then 'restock'
            when words.stock_action_code = 'restock' and known.has_restocking then null
            else words.stock_action_code
        end as moved_action_code,
        receipts.arrived_count,
        coalesce(receipts.disposition_name <> '', false)
        and words.stock_action_code is null as is_word_unknown,
        receipts.graded_date
    from receipts
    cross join known
    inner join lines on receipts.return_line_id = lines.return_line_id
    inner join rules
        on
            receipts.grade_code = rules.grade_code
            and lines.reason_side_code = rules.reason_side_code
            and lines.resolution_code = rules.resolution_code
    left join {{ ref('disposition_names') }} as words
        on receipts.disposition_name = words.disposition_name
)

select * from final
