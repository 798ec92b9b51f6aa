-- What the SKUs hold is what the bridge shows, except returns whose SKU nobody knows.
with

skus as (
    select
        sum(returned_count) as cohort_count,
        sum(not_delivered_returned_count) as not_delivered_count,
        sum(unmatched_returned_count) as unmatched_count,
        sum(returned_net_amount) as cohort_amount,
        sum(event_returned_net_amount) as event_amount
    from {{ ref('rpt_sku_returns') }}
),

bridge as (
    select
        sum(
            case
                when bridge_step_code in ('cohort_dated', 'cohort_unknown_day')
                    then returned_count
            end
        ) as cohort_count,
        sum(case when bridge_step_code = 'not_delivered' then returned_count end)
            as not_delivered_count,
        sum(case when bridge_step_code = 'unmatched' then returned_count end) as unmatched_count,
        sum(
            case
                when bridge_step_code in ('cohort_dated', 'cohort_unknown_day')
                    then returned_net_amount
            end
        ) as cohort_amount,
        sum(case when bridge_step_code = 'total_event' then returned_net_amount end)
            as event_amount
    from {{ ref('rpt_return_bridge') }}
)

select
    bridge.cohort_count,
    bridge.not_delivered_count,
    bridge.unmatched_count,
    bridge.cohort_amount,
    bridge.event_amount
from bridge
cross join skus
where
    bridge.cohort_count <> coalesce(skus.cohort_count, 0)
    or bridge.not_delivered_count <> coalesce(skus.not_delivered_count, 0)
    or bridge.unmatched_count <> coalesce(skus.unmatched_count, 0)
    or bridge.cohort_amount <> coalesce(skus.cohort_amount, 0)
    or bridge.event_amount <> coalesce(skus.event_amount, 0)
