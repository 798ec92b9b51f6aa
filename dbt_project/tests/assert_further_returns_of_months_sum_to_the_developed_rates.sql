-- Months of delivery expect together what their SKU and channel expects; both are doubles.
with

months as (
    select
        sku,
        channel_name,
        sum(expected_further_returns) as further_returns
    from {{ ref('rpt_contribution') }}
    where expected_further_returns is not null
    group by sku, channel_name
),

skus as (
    select
        sku,
        channel_name,
        expected_returns - returned_count as further_returns
    from {{ ref('rpt_sku_development') }}
)

select
    coalesce(months.sku, skus.sku) as sku,
    coalesce(months.channel_name, skus.channel_name) as channel_name,
    months.further_returns as months_further_returns,
    skus.further_returns
from months
full join skus
    on
        months.sku = skus.sku
        and months.channel_name = skus.channel_name
where coalesce(abs(months.further_returns - skus.further_returns) > 0.000001, true)
