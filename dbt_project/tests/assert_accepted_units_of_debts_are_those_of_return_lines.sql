-- The last step of a return line's acceptance holds what the return line holds.
with

steps as (
    select
        return_line_id,
        max(accepted_until_count) as accepted_count
    from {{ ref('int_return_receipts_accepted_to_return_lines') }}
    group by return_line_id
)

select return_lines.return_line_id
from {{ ref('fct_return_lines') }} as return_lines
left join steps on return_lines.return_line_id = steps.return_line_id
where
    coalesce(return_lines.accepted_count, return_lines.received_count)
    <> coalesce(steps.accepted_count, 0)
