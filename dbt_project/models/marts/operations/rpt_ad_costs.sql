with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

ad_costs as (
    select
        ad_costs.campaign_code,
        sum(ad_costs.cost_amount) as ad_cost_amount,
        cast(date_trunc('month', ad_costs.cost_date) as date) as month_start_date
    from {{ ref('stg_shop__ad_costs') }} as ad_costs
    cross join shop
    where ad_costs.cost_date <= shop.as_of_date
    group by ad_costs.campaign_code, date_trunc('month', ad_costs.cost_date)
),

campaigns as (
    select distinct campaign_code
    from ad_costs
),

contributions as (
    select
        contributions.campaign_code,
        count(*) as episode_count,
        sum(contributions.delivered_count) as delivered_count,
        sum(contributions.net_sales_amount) as net_sales_amount,
        sum(contributions.contribution_amount) as contribution_amount,
        sum(contributions.uncosted_count) as uncosted_count,
        cast(date_trunc('month', contributions.cohort_date) as date) as month_start_date
    from {{ ref('fct_contributions') }} as contributions
    inner join campaigns on contributions.campaign_code = campaigns.campaign_code
    group by contributions.campaign_code, date_trunc('month', contributions.cohort_date)
),

joined as (
    select
        coalesce(ad_costs.campaign_code, contributions.campaign_code) as campaign_code,
        coalesce(contributions.episode_count, 0) as episode_count,
        coalesce(contributions.delivered_count, 0) as delivered_count,
        coalesce(contributions.net_sales_amount, 0) as net_sales_amount,
        case
            when coalesce(contributions.uncosted_count, 0) = 0
                then coalesce(contributions.contribution_amount, 0)
        end as contribution_amount,
        ad_costs.ad_cost_amount,
        coalesce(contributions.uncosted_count, 0) as uncosted_count,
        coalesce(ad_costs.month_start_date, contributions.month_start_date) as month_start_date
    from ad_costs
    full join contributions
        on
            ad_costs.campaign_code = contributions.campaign_code
            and ad_costs.month_start_date = contributions.month_start_date
),

final as (
    select
        campaign_code,
        episode_count,
        cast(delivered_count as bigint) as delivered_count,
        cast(net_sales_amount as bigint) as net_sales_amount,
        cast(contribution_amount as bigint) as contribution_amount,
        cast(ad_cost_amount as bigint) as ad_cost_amount,
        cast(contribution_amount - ad_cost_amount as bigint) as contribution_after_ads_amount,
        cast(uncosted_count as bigint) as uncosted_count,
        month_start_date
    from joined
    order by month_start_date nulls last, campaign_code
)

select * from final
