-- The days of a SKU and channel, unknown days included, sum to its totals on both date bases.
with

days as (
    select
        sku,
        channel_name,
        sum(case when date_basis_code = 'cohort' then delivered_count else 0 end)
            as delivered_count,
        sum(case when date_basis_code = 'cohort' then delivered_net_amount else 0 end)
            as delivered_net_amount,
        sum(case when date_basis_code = 'event' then delivered_count else 0 end)
            as event_delivered_count,
        sum(case when date_basis_code = 'cohort' then returned_count else 0 end)
            as returned_count,
        sum(case when date_basis_code = 'cohort' then returned_net_amount else 0 end)
            as returned_net_amount,
        sum(case when date_basis_code = 'event' then returned_count else 0 end)
            as event_returned_count,
        sum(case when date_basis_code = 'event' then returned_net_amount else 0 end)
            as event_returned_net_amount
    from {{ ref('rpt_sku_return_days') }}
    group by sku, channel_name
),

totals as (
    select
        sku,
        channel_name,
        delivered_count,
        delivered_net_amount,
        returned_count,
        returned_net_amount,
        event_returned_count,
        event_returned_net_amount
    from {{ ref('rpt_sku_returns') }}
)

select
    totals.sku,
    totals.channel_name
from totals
left join days on totals.sku = days.sku and totals.channel_name = days.channel_name
where
    totals.delivered_count <> coalesce(days.delivered_count, 0)
    or totals.delivered_count <> coalesce(days.event_delivered_count, 0)
    or totals.delivered_net_amount <> coalesce(days.delivered_net_amount, 0)
    or totals.returned_count <> coalesce(days.returned_count, 0)
    or totals.returned_net_amount <> coalesce(days.returned_net_amount, 0)
    or totals.event_returned_count <> coalesce(days.event_returned_count, 0)
    or totals.event_returned_net_amount <> coalesce(days.event_returned_net_amount, 0)
