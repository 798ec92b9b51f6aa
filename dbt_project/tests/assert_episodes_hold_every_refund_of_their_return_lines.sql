-- Refunded and credited money of the episodes is what was paid for the return lines of their legs.
with

legs as (
    select order_line_id
    from {{ ref('fct_episode_legs') }}
),

return_lines as (
    select coalesce(sum(return_lines.refunded_amount), 0) as refunded_amount
    from {{ ref('fct_return_lines') }} as return_lines
    inner join legs on return_lines.order_line_id = legs.order_line_id
),

episodes as (
    select coalesce(sum(refunded_amount + credited_amount), 0) as refunded_amount
    from {{ ref('fct_episodes') }}
)

select
    episodes.refunded_amount,
    return_lines.refunded_amount as refunded_of_return_lines_amount
from episodes
cross join return_lines
where episodes.refunded_amount <> return_lines.refunded_amount
