-- Months of episodes and of orders are the episodes in other groups.
with

months as (
    select
        coalesce(sum(episode_count), 0) as episode_count,
        coalesce(sum(kept_count), 0) as kept_count,
        coalesce(sum(retained_durable_amount), 0) as retained_durable_amount,
        coalesce(sum(retained_gross_amount), 0) as retained_gross_amount
    from {{ ref('rpt_episode_months') }}
),

orders as (
    select coalesce(sum(order_count), 0) as order_count
    from {{ ref('rpt_kept_orders') }}
),

episodes as (
    select
        count(*) as episode_count,
        count(distinct order_id) as order_count,
        coalesce(sum(kept_count), 0) as kept_count,
        coalesce(sum(retained_durable_amount), 0) as retained_durable_amount,
        coalesce(sum(retained_gross_amount), 0) as retained_gross_amount
    from {{ ref('fct_episodes') }}
)

select
    months.episode_count,
    orders.order_count,
    months.kept_count,
    months.retained_durable_amount,
    months.retained_gross_amount
from months
cross join orders
cross join episodes
where
    months.episode_count <> episodes.episode_count
    or orders.order_count <> episodes.order_count
    or months.kept_count <> episodes.kept_count
    or months.retained_durable_amount <> episodes.retained_durable_amount
    or months.retained_gross_amount <> episodes.retained_gross_amount
