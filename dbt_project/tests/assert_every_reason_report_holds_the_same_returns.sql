-- By event, weeks of styles, months of SKUs and the totals are the product returns of each source.
with

return_lines as (
    select
        sum(returned_count) as returned_count,
        coalesce(sum(returned_net_amount), 0) as returned_net_amount,
        sum(case when sku is not null then returned_count else 0 end) as returned_of_skus_count
    from {{ ref('fct_return_lines') }}
    where is_product_return
),

reports as (
    select
        reason_source_code,
        false as is_with_unnamed_skus,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_sku_reasons') }}
    where date_basis_code = 'event'
    group by reason_source_code

    union all

    select
        reason_source_code,
        false as is_with_unnamed_skus,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_style_reason_weeks') }}
    where date_basis_code = 'event'
    group by reason_source_code

    union all

    select
        reason_source_code,
        true as is_with_unnamed_skus,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount
    from {{ ref('rpt_reason_totals') }}
    where date_basis_code = 'event'
    group by reason_source_code
)

select
    reports.reason_source_code,
    reports.returned_count
from reports
cross join return_lines
where
    reports.returned_count <> case
        when reports.is_with_unnamed_skus then return_lines.returned_count
        else return_lines.returned_of_skus_count
    end
    or reports.returned_net_amount <> return_lines.returned_net_amount
