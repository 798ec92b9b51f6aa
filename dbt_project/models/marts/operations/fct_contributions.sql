with

parameters as (
    select
        outbound_freight_amount,
        inbound_freight_amount,
        repack_amount,
        hourly_wage_amount,
        inspection_minutes,
        service_minutes
    from {{ ref('int_cost_parameters_pivoted_to_shops') }}
),

episodes as (
    select
        episode_id,
        order_id,
        sku,
        style_id,
        channel_name,
        delivered_count,
        kept_net_amount,
        bonus_amount,
        cohort_date
    from {{ ref('fct_episodes') }}
),

order_lines as (
    select
        order_line_id,
        sku,
        campaign_code
    from {{ ref('fct_order_lines') }}
),

products as (
    select
        sku,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

replacement_freight as (
    select
        order_line_id,
        freight_amount
    from {{ ref('int_shipments_charged_to_replacements') }}
),

legs as (
    select
        legs.order_line_id,
        legs.episode_id,
        legs.leg_number,
        legs.kept_count,
        legs.delivered_count,
        products.unit_cost_amount,
        replacement_freight.freight_amount
    from {{ ref('fct_episode_legs') }} as legs
    inner join order_lines on legs.order_line_id = order_lines.order_line_id
    inner join products on order_lines.sku = products.sku
    left join replacement_freight on legs.order_line_id = replacement_freight.order_line_id
),

leg_sums as (
    select
        legs.episode_id,
        sum(legs.kept_count * coalesce(legs.unit_cost_amount, 0)) as goods_cost_amount,
        sum(case when legs.unit_cost_amount is null then legs.kept_count else 0 end)
            as uncosted_count,
        -- What was sent without a known freight is charged with the parameter.
        sum(
            case
                when legs.leg_number = 0 then 0
                when legs.freight_amount is not null then legs.freight_amount
                when legs.delivered_count > 0 then parameters.outbound_freight_amount
                else 0
            end
        ) as exchange_freight_amount,
        count(
            case
                when
                    legs.leg_number > 0
                    and legs.freight_amount is null
                    and legs.delivered_count > 0
                    then 1
            end
        ) as assumed_parcel_count
    from legs
    cross join parameters
    group by legs.episode_id
),

fees as (
    select
        return_line_id,
        sum(coalesce(fee_amount, 0)) as fee_amount
    from {{ ref('fct_refunds') }}
    where is_paid and is_matched
    group by return_line_id
),

return_lines as (
    select
        legs.episode_id,
        losses.sent_back_count,
        coalesce(fees.fee_amount, 0) as fee_amount,
        losses.value_loss_amount,
        losses.uncosted_count
    from {{ ref('int_return_lines_charged_to_value_losses') }} as losses
    inner join legs on losses.order_line_id = legs.order_line_id
    left join fees on losses.return_line_id = fees.return_line_id
),

return_sums as (
    select
        episode_id,
        count(*) as return_line_count,
        count(case when sent_back_count > 0 then 1 end) as arrived_line_count,
        sum(sent_back_count) as sent_back_count,
        sum(fee_amount) as refund_fee_amount,
        sum(value_loss_amount) as value_loss_amount,
        sum(uncosted_count) as uncosted_count
    from return_lines
    group by episode_id
),

parcels as (
    select
        order_id,
        known_freight_amount,
        uncosted_parcel_count
    from {{ ref('int_shipments_charged_to_orders') }}
),

-- The delivered lines of an order share its parcels by their units; the parts sum to the whole.
shared as (
    select
        episodes.episode_id,
        coalesce(parcels.uncosted_parcel_count, 1) as assumed_parcel_count,
        coalesce(parcels.known_freight_amount, 0)
        + coalesce(parcels.uncosted_parcel_count, 1) * parameters.outbound_freight_amount
            as order_freight_amount,
        episodes.delivered_count,
        sum(episodes.delivered_count) over (
            partition by episodes.order_id
            order by episodes.episode_id
            rows between unbounded preceding and current row
        ) as until_count,
        sum(episodes.delivered_count) over (partition by episodes.order_id) as order_count
    from episodes
    cross join parameters
    left join parcels on episodes.order_id = parcels.order_id
),

freight as (
    select
        episode_id,
        assumed_parcel_count,
        {{ share_of_amount('order_freight_amount', 'until_count', 'order_count') }}
        - {{ share_of_amount(
            'order_freight_amount', '(until_count - delivered_count)', 'order_count'
        ) }} as outbound_freight_amount
    from shared
),

joined as (
    select
        episodes.episode_id,
        episodes.order_id,
        episodes.sku,
        episodes.style_id,
        order_lines.campaign_code,
        episodes.channel_name,
        episodes.delivered_count,
        episodes.kept_net_amount as net_sales_amount,
        leg_sums.goods_cost_amount,
        freight.outbound_freight_amount,
        leg_sums.exchange_freight_amount,
        coalesce(return_sums.arrived_line_count, 0) * parameters.inbound_freight_amount
            as inbound_freight_amount,
        round(
            coalesce(return_sums.sent_back_count, 0)
            * parameters.inspection_minutes * parameters.hourly_wage_amount / 60
        ) as inspection_amount,
        coalesce(return_sums.sent_back_count, 0) * parameters.repack_amount as repack_amount,
        round(
            coalesce(return_sums.return_line_count, 0)
            * parameters.service_minutes * parameters.hourly_wage_amount / 60
        ) as service_amount,
        coalesce(return_sums.refund_fee_amount, 0) as refund_fee_amount,
        coalesce(return_sums.value_loss_amount, 0) as value_loss_amount,
        episodes.bonus_amount,
        leg_sums.uncosted_count + coalesce(return_sums.uncosted_count, 0) as uncosted_count,
        leg_sums.assumed_parcel_count + freight.assumed_parcel_count > 0 as is_freight_assumed,
        episodes.cohort_date
    from episodes
    cross join parameters
    inner join order_lines on episodes.episode_id = order_lines.order_line_id
    inner join leg_sums on episodes.episode_id = leg_sums.episode_id
    inner join freight on episodes.episode_id = freight.episode_id
    left join return_sums on episodes.episode_id = return_sums.episode_id
),

costed as (
    select
        *,
        exchange_freight_amount + inbound_freight_amount + inspection_amount + repack_amount
        + service_amount + refund_fee_amount + value_loss_amount + bonus_amount
            as known_return_cost_amount
    from joined
),

final as (
    select
        episode_id,
        order_id,
        sku,
        style_id,
        campaign_code,
        channel_name,
        delivered_count,
        cast(net_sales_amount as bigint) as net_sales_amount,
        cast(case when uncosted_count = 0 then goods_cost_amount end as bigint)
            as goods_cost_amount,
        cast(outbound_freight_amount as bigint) as outbound_freight_amount,
        cast(exchange_freight_amount as bigint) as exchange_freight_amount,
        cast(inbound_freight_amount as bigint) as inbound_freight_amount,
        cast(inspection_amount as bigint) as inspection_amount,
        cast(repack_amount as bigint) as repack_amount,
        cast(service_amount as bigint) as service_amount,
        cast(refund_fee_amount as bigint) as refund_fee_amount,
        cast(case when uncosted_count = 0 then value_loss_amount end as bigint)
            as value_loss_amount,
        cast(bonus_amount as bigint) as bonus_amount,
        cast(case when uncosted_count = 0 then known_return_cost_amount end as bigint)
            as return_cost_amount,
        cast(
            case
                when uncosted_count = 0
                    then
                        net_sales_amount
                        - goods_cost_amount
                        - outbound_freight_amount
                        - known_return_cost_amount
            end as bigint
        ) as contribution_amount,
        cast(uncosted_count as bigint) as uncosted_count,
        is_freight_assumed,
        cohort_date
    from costed
)

select * from final
