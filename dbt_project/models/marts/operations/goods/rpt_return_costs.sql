with

-- What came back of each episode, and how much of it was of the parcel that was sold.
returns as (
    select
        legs.episode_id,
        count(*) as returned_line_count,
        sum(outcomes.sent_back_count) as returned_count,
        sum(case when legs.leg_number = 0 then outcomes.sent_back_count else 0 end)
            as first_returned_count
    from {{ ref('fct_return_outcomes') }} as outcomes
    inner join {{ ref('fct_episode_legs') }} as legs
        on outcomes.order_line_id = legs.order_line_id
    where outcomes.is_matched and outcomes.is_customer_return and outcomes.sent_back_count > 0
    group by legs.episode_id
),

costed as (
    select
        contributions.sku,
        contributions.style_id,
        contributions.channel_name,
        returns.returned_line_count,
        returns.returned_count,
        {{ share_of_amount(
            'contributions.outbound_freight_amount',
            'least(returns.first_returned_count, contributions.delivered_count)',
            'contributions.delivered_count'
        ) }} as lost_outbound_amount,
        contributions.inbound_freight_amount,
        contributions.inspection_amount,
        contributions.repack_amount,
        contributions.service_amount,
        contributions.refund_fee_amount,
        contributions.value_loss_amount,
        contributions.uncosted_count,
        cast(date_trunc('month', contributions.cohort_date) as date) as cohort_month_date
    from returns
    inner join {{ ref('fct_contributions') }} as contributions
        on returns.episode_id = contributions.episode_id
),

summed as (
    select
        sku,
        style_id,
        channel_name,
        sum(returned_line_count) as returned_line_count,
        sum(returned_count) as returned_count,
        sum(lost_outbound_amount) as lost_outbound_amount,
        sum(inbound_freight_amount) as inbound_freight_amount,
        sum(inspection_amount) as inspection_amount,
        sum(repack_amount) as repack_amount,
        sum(service_amount) as service_amount,
        sum(refund_fee_amount) as refund_fee_amount,
        sum(value_loss_amount) as value_loss_amount,
        sum(uncosted_count) as uncosted_count,
        cohort_month_date
    from costed
    group by sku, style_id, channel_name, cohort_month_date
),

-- One unit without a cost makes the value lost, and with it the whole, not measurable.
final as (
    select
        sku,
        style_id,
        channel_name,
        cast(returned_line_count as bigint) as returned_line_count,
        cast(returned_count as bigint) as returned_count,
        cast(lost_outbound_amount as bigint) as lost_outbound_amount,
        cast(inbound_freight_amount as bigint) as inbound_freight_amount,
        cast(inspection_amount as bigint) as inspection_amount,
        cast(repack_amount as bigint) as repack_amount,
        cast(service_amount as bigint) as service_amount,
        cast(refund_fee_amount as bigint) as refund_fee_amount,
        cast(case when uncosted_count = 0 then value_loss_amount end as bigint)
            as value_loss_amount,
        cast(
            case
                when uncosted_count = 0
                    then
                        lost_outbound_amount
                        + inbound_freight_amount
                        + inspection_amount
                        + repack_amount
                        + service_amount
                        + refund_fee_amount
                        + value_loss_amount
            end as bigint
        ) as return_cost_amount,
        cast(uncosted_count as bigint) as uncosted_count,
        cohort_month_date
    from summed
    order by cohort_month_date, sku, channel_name
)

select * from final
