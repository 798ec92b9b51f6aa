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
        {{ to_millionths('developed_share') }} as developed_millionths,
        {{ to_millionths('previous_developed_share') }} as previous_millionths,
        {{ to_millionths('later_developed_share') }} as later_millionths
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
        count(case when developed_millionths is null then 1 end) as undeveloped_count,
        sum(delivered_count * developed_millionths) as developed_count_millionths,
        sum(delivered_net_amount * developed_millionths) as developed_net_millionths,
        sum(case when developed_millionths < 1000000 then delivered_count else 0 end)
            as not_closed_count,
        sum(case when is_new then delivered_net_amount else 0 end) as new_net,
        sum(delivered_net_amount * (developed_millionths - previous_millionths))
            as emerged_net_millionths,
        sum(delivered_net_amount * (later_millionths - developed_millionths))
            as later_net_millionths
    from cohorts
    group by as_of_date, channel_name, category_name
),

-- Only now doubles: sums of whole numbers are the same in any order.
developed as (
    select
        *,
        developed_count_millionths / 1000000.0 as developed_count,
        developed_net_millionths / 1000000.0 as developed_net,
        (1000000 * delivered_count - developed_count_millionths) / 1000000.0 as open_count,
        (1000000 * delivered_net_amount - developed_net_millionths) / 1000000.0 as open_net,
        sum(developed_count_millionths) over (partition by as_of_date) / 1000000.0
            as shop_developed_count,
        sum(developed_net_millionths) over (partition by as_of_date) / 1000000.0
            as shop_developed_net
    from grouped
),

-- A group with little of its own borrows from the shop: as much as 100 developed units weigh.
pooled as (
    select
        *,
        sum(returned_count) over (partition by as_of_date)
        / nullif(shop_developed_count, 0) as shop_unit_rate,
        sum(returned_net_amount) over (partition by as_of_date)
        / nullif(shop_developed_net, 0) as shop_value_rate,
        100.0 * sum(delivered_net_amount) over (partition by as_of_date)
        / nullif(sum(delivered_count) over (partition by as_of_date), 0) as borrowed_net
    from developed
),

rated as (
    select
        pooled.*,
        rates.refunded_rate,
        rates.arrived_refunded_rate,
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
        cast(round(refunded_rate * value_rate * emerged_net_millionths / 1000000.0) as bigint)
            as expected_emerged_amount,
        cast(round(refunded_rate * newly_returned_net_amount) as bigint) as emerged_amount,
        value_rate,
        refunded_rate,
        arrived_refunded_rate,
        case
            when open_net > 0 then later_net_millionths / 1000000.0 / open_net
            else 1.0
        end as back_test_developed_share
    from rated
)

select * from final
