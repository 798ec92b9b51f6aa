-- Where anything is resolved at all, every customer return that arrived is counted once.
with

arrivals as (
    select count(*) as line_count
    from {{ ref('fct_return_lines') }}
    where is_product_return and received_at is not null
),

counted as (
    select sum(arrived_line_count) as line_count
    from {{ ref('rpt_resolution_days') }}
)

select
    arrivals.line_count as arrived_line_count,
    counted.line_count as counted_line_count
from arrivals
cross join counted
where counted.line_count is not null and counted.line_count <> arrivals.line_count
