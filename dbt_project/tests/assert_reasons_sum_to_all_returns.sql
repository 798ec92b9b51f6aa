-- Each returned unit with a style has one reason, given or not.
with

reasons as (
    select
        coalesce(sum(requested_count), 0) as requested_count,
        coalesce(sum(returned_count), 0) as returned_count,
        coalesce(sum(returned_net_amount), 0) as returned_net_amount
    from {{ ref('rpt_style_reasons') }}
),

return_lines as (
    select
        coalesce(sum(requested_count), 0) as requested_count,
        coalesce(sum(returned_count), 0) as returned_count,
        coalesce(sum(returned_net_amount), 0) as returned_net_amount
    from {{ ref('fct_return_lines') }}
    where is_product_return and style_id is not null
)

select
    reasons.requested_count,
    reasons.returned_count,
    reasons.returned_net_amount
from reasons
cross join return_lines
where
    reasons.requested_count <> return_lines.requested_count
    or reasons.returned_count <> return_lines.returned_count
    or reasons.returned_net_amount <> return_lines.returned_net_amount
