with

cohorts as (
    select
        as_of_date,
        channel_name,
        category_name,
        delivered_count,
        delivered_net_amount,
        costed_count,
        cost_amount,
        returned_count,
        returned_net_amount,
        newly_returned_net_amount,
        is_new,
        developed_share,
        previous_developed_share,
        later_developed_share
    from {{ ref('int_cohorts_joined_to_as_of_days') }}
),

grouped as (
    select
        as_of_date,
        channel_name,
        category_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(costed_count) as costed_count,
        sum(cost_amount) as cost_amount,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount,
        sum(newly_returned_net_amount) as newly_returned_net_amount,
        count(case when developed_share is null then 1 end) as undeveloped_count,
        sum(delivered_count * developed_share) as developed_count,
        sum(delivered_net_amount * developed_share) as developed_net,
        sum(delivered_count * (1 - developed_share)) as open_count,
        sum(delivered_net_amount * (1 - developed_share)) as open_net,
        sum(case when developed_share < 1 then delivered_count else 0 end)
            as not_closed_count,
        sum(case when is_new then delivered_net_amount else 0 end) as new_net,
        sum(delivered_net_amount * (developed_share - previous_developed_share)) as emerged_net,
        sum(delivered_net_amount * (later_developed_share - developed_share)) as later_net
    from cohorts
    group by as_of_date, channel_name, category_name
),

-- A group with little of its own borrows from the shop: as much as 100 developed units weigh.
pooled as (
    select
        *,
        sum(returned_count) over (partition by as_of_date)
        / nullif(sum(developed_count) over (partition by as_of_date), 0) as shop_unit_rate,
        sum(returned_net_amount) over (partition by as_of_date)
        / nullif(sum(developed_net) over (partition by as_of_date), 0) as shop_value_rate,
        100.0 * sum(delivered_net_amount) over (partition by as_of_date)
        / nullif(sum(delivered_count) over (partition by as_of_date), 0) as borrowed_net
    from grouped
),

rated as (
    select
        pooled.*,
        rates.refunded_rate,
        (pooled.returned_count + 100.0 * pooled.shop_unit_rate)
        / (pooled.developed_count + 100.0) as unit_rate,
        (pooled.returned_net_amount + pooled.borrowed_net * pooled.shop_value_rate)
        / (pooled.developed_net + pooled.borrowed_net) as value_rate
    from pooled
    left join {{ ref('int_returns_resolved_to_refund_rates') }} as rates
        on pooled.as_of_date = rates.as_of_date
    where pooled.undeveloped_count = 0
),

final as (
    select
        as_of_date,
        channel_name,
        category_name,
        cast(not_closed_count as bigint) as not_closed_count,
        cast(delivered_count as bigint) as delivered_count,
        cast(costed_count as bigint) as costed_count,
        unit_rate * open_count as remaining_returned_units,
        cast(round(refunded_rate * value_rate * open_net) as bigint) as expected_refund_amount,
        case when costed_count > 0 then unit_rate * open_count * cost_amount / costed_count end
            as remaining_cost,
        cast(round(refunded_rate * value_rate * new_net) as bigint) as new_sales_amount,
        cast(round(refunded_rate * value_rate * emerged_net) as bigint)
            as expected_emerged_amount,
        cast(round(refunded_rate * newly_returned_net_amount) as bigint) as emerged_amount,
        refunded_rate,
        case when open_net > 0 then later_net / open_net else 1.0 end as back_test_developed_share
    from rated
)

select * from final
