-- Net sales are the kept value of all episodes, outbound freight is doubled nowhere.
with

reports as (
    select
        coalesce(sum(episode_count), 0) as episode_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(outbound_freight_amount), 0) as outbound_freight_amount
    from {{ ref('rpt_contribution') }}
),

episodes as (
    select
        count(*) as episode_count,
        coalesce(sum(kept_net_amount), 0) as net_sales_amount
    from {{ ref('fct_episodes') }}
),

orders as (
    select order_id
    from {{ ref('fct_episodes') }}
    group by order_id
),

freight as (
    select
        coalesce(
            sum(
                coalesce(parcels.known_freight_amount, 0)
                + coalesce(parcels.uncosted_parcel_count, 1)
                * cost_parameters.outbound_freight_amount
            ),
            0
        ) as outbound_freight_amount
    from orders
    cross join {{ ref('int_cost_parameters_pivoted_to_shops') }} as cost_parameters
    left join {{ ref('int_shipments_charged_to_orders') }} as parcels
        on orders.order_id = parcels.order_id
)

select
    reports.episode_count,
    reports.net_sales_amount,
    reports.outbound_freight_amount
from reports
cross join episodes
cross join freight
where
    reports.episode_count <> episodes.episode_count
    or reports.net_sales_amount <> episodes.net_sales_amount
    or reports.outbound_freight_amount <> freight.outbound_freight_amount
