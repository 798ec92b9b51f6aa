-- Styles, weeks, categories and sizes are the SKUs in other groups: each sums to the same. Where
-- nothing is delivered yet, a report of deliveries has no row and sums to nothing.
with

skus as (
    select
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_sku_returns') }}
),

reports as (
    select
        'rpt_style_returns' as report_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_style_returns') }}

    union all

    select
        'rpt_style_return_weeks' as report_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_style_return_weeks') }}

    union all

    select
        'rpt_category_return_days' as report_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_category_return_days') }}
    where date_basis_code = 'cohort'

    union all

    select
        'rpt_style_sizes' as report_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_style_sizes') }}
)

select reports.report_name
from reports
cross join skus
where
    coalesce(reports.delivered_count, 0) <> coalesce(skus.delivered_count, 0)
    or coalesce(reports.delivered_net_amount, 0) <> coalesce(skus.delivered_net_amount, 0)
    or coalesce(reports.requested_count, 0) <> coalesce(skus.requested_count, 0)
    or coalesce(reports.returned_count, 0) <> coalesce(skus.returned_count, 0)
    or coalesce(reports.returned_net_amount, 0) <> coalesce(skus.returned_net_amount, 0)
