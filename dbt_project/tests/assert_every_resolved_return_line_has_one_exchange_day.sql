-- Exchanged, refunded and credited customer return lines, unknown days included.
with

days as (
    select
        coalesce(sum(resolved_line_count), 0) as resolved_line_count,
        coalesce(sum(exchanged_line_count), 0) as exchanged_line_count,
        coalesce(sum(resolved_net_amount), 0) as resolved_net_amount
    from {{ ref('rpt_exchange_days') }}
),

outcomes as (
    select
        count(*) as resolved_line_count,
        count(case when outcome_code = 'exchanged' then 1 end) as exchanged_line_count,
        coalesce(sum(returned_net_amount), 0) as resolved_net_amount
    from {{ ref('fct_return_outcomes') }}
    where is_product_return and outcome_code <> 'none'
)

select
    days.resolved_line_count,
    days.exchanged_line_count,
    days.resolved_net_amount
from days
cross join outcomes
where
    days.resolved_line_count <> outcomes.resolved_line_count
    or days.exchanged_line_count <> outcomes.exchanged_line_count
    or days.resolved_net_amount <> outcomes.resolved_net_amount
