-- No ad cost up to the as-of day is lost or doubled, and no delivery of an advertised campaign.
with

reports as (
    select
        coalesce(sum(ad_cost_amount), 0) as ad_cost_amount,
        coalesce(sum(episode_count), 0) as episode_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount
    from {{ ref('rpt_ad_costs') }}
),

ad_costs as (
    select
        ad_costs.campaign_code,
        ad_costs.cost_amount
    from {{ ref('stg_shop__ad_costs') }} as ad_costs
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where ad_costs.cost_date <= shop.as_of_date
),

campaigns as (
    select distinct campaign_code
    from ad_costs
),

costs as (
    select coalesce(sum(cost_amount), 0) as ad_cost_amount
    from ad_costs
),

deliveries as (
    select
        count(*) as episode_count,
        coalesce(sum(contributions.net_sales_amount), 0) as net_sales_amount
    from {{ ref('fct_contributions') }} as contributions
    inner join campaigns on contributions.campaign_code = campaigns.campaign_code
)

select
    reports.ad_cost_amount,
    reports.episode_count,
    reports.net_sales_amount
from reports
cross join costs
cross join deliveries
where
    reports.ad_cost_amount <> costs.ad_cost_amount
    or reports.episode_count <> deliveries.episode_count
    or reports.net_sales_amount <> deliveries.net_sales_amount
