-- The receipts of a return line hold all its units, none of them twice.
with

receipts as (
    select
        return_line_id,
        sum(arrived_count) as arrived_count
    from {{ ref('int_return_receipts_settled_to_stocks') }}
    group by return_line_id
),

return_lines as (
    select
        return_line_id,
        received_count
    from {{ ref('fct_return_lines') }}
    where received_count > 0
)

select
    return_lines.return_line_id,
    return_lines.received_count,
    receipts.arrived_count
from return_lines
left join receipts on return_lines.return_line_id = receipts.return_line_id
where receipts.arrived_count is distinct from return_lines.received_count
