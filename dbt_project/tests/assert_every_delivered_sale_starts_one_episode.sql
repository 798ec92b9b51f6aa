-- Units and value at the start of the episodes are those of the delivered sales, to the yen.
with

episodes as (
    select
        count(*) as episode_count,
        coalesce(sum(delivered_count), 0) as delivered_count,
        coalesce(sum(delivered_net_amount), 0) as delivered_net_amount
    from {{ ref('fct_episodes') }}
),

order_lines as (
    select
        count(*) as episode_count,
        coalesce(sum(delivered_count), 0) as delivered_count,
        coalesce(sum(delivered_net_amount), 0) as delivered_net_amount
    from {{ ref('fct_order_lines') }}
    where not is_exchange_leg and delivered_count > 0
)

select
    episodes.episode_count,
    episodes.delivered_count,
    episodes.delivered_net_amount
from episodes
cross join order_lines
where
    episodes.episode_count <> order_lines.episode_count
    or episodes.delivered_count <> order_lines.delivered_count
    or episodes.delivered_net_amount <> order_lines.delivered_net_amount
