with

parameters as (
    select
        outbound_freight_amount,
        inbound_freight_amount,
        repack_amount,
        cast(round(service_minutes * hourly_wage_amount / 60.0) as bigint) as service_amount,
        inspection_minutes * hourly_wage_amount / 60.0 as inspection_each
    from {{ ref('int_cost_parameters_pivoted_to_shops') }}
),

value_losses as (
    select
        return_line_id,
        value_loss_amount,
        uncosted_count
    from {{ ref('int_return_lines_charged_to_value_losses') }}
),

outcomes as (
    select
        return_line_id,
        sku,
        outcome_code,
        sent_back_count,
        refunded_amount,
        bonus_amount,
        event_date
    from {{ ref('fct_return_outcomes') }}
),

products as (
    select
        sku,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

fees as (
    select
        return_line_id,
        sum(coalesce(fee_amount, 0)) as fee_amount
    from {{ ref('fct_refunds') }}
    where is_paid and is_matched
    group by return_line_id
),

shipping as (
    select
        exchange_id,
        is_shipping_free
    from {{ ref('stg_shop__exchanges') }}
),

freight as (
    select
        order_line_id,
        freight_amount
    from {{ ref('int_shipments_charged_to_replacements') }}
),

-- Freight that the customer pays is no loss; of a parcel without a freight of its own, the cost.
replacements as (
    select
        exchanges.return_line_id,
        sum(
            case
                when shipping.is_shipping_free is not null and not shipping.is_shipping_free then 0
                else coalesce(freight.freight_amount, parameters.outbound_freight_amount)
            end
        ) as freight_amount
    from {{ ref('fct_exchanges') }} as exchanges
    cross join parameters
    inner join shipping on exchanges.exchange_id = shipping.exchange_id
    left join freight on exchanges.replacement_order_line_id = freight.order_line_id
    where exchanges.is_shipped
    group by exchanges.return_line_id
),

-- Money that left, less the cost of the goods that came back for it. What was exchanged swapped
-- goods for goods: there a refund beside it is the difference of the prices.
charged as (
    select
        value_losses.return_line_id,
        outcomes.outcome_code,
        outcomes.sent_back_count,
        parameters.service_amount,
        case when outcomes.sent_back_count > 0 then parameters.inbound_freight_amount else 0 end
        + cast(round(outcomes.sent_back_count * parameters.inspection_each) as bigint)
        + outcomes.sent_back_count * parameters.repack_amount
            as arrival_amount,
        coalesce(fees.fee_amount, 0) as refund_fee_amount,
        value_losses.value_loss_amount,
        case outcomes.outcome_code
            when 'refunded'
                then
                    outcomes.refunded_amount
                    - outcomes.sent_back_count * coalesce(products.unit_cost_amount, 0)
            when 'exchanged' then outcomes.refunded_amount
            else 0
        end as given_up_amount,
        coalesce(replacements.freight_amount, 0) as replacement_freight_amount,
        outcomes.bonus_amount,
        value_losses.uncosted_count
        + case
            when outcomes.outcome_code = 'refunded' and products.unit_cost_amount is null
                then outcomes.sent_back_count
            else 0
        end as uncosted_count,
        outcomes.event_date
    from value_losses
    cross join parameters
    inner join outcomes on value_losses.return_line_id = outcomes.return_line_id
    left join products on outcomes.sku = products.sku
    left join fees on value_losses.return_line_id = fees.return_line_id
    left join replacements on value_losses.return_line_id = replacements.return_line_id
),

final as (
    select
        return_line_id,
        outcome_code,
        sent_back_count,
        service_amount,
        cast(replacement_freight_amount as bigint) as replacement_freight_amount,
        bonus_amount,
        cast(
            case
                when uncosted_count = 0
                    then
                        service_amount
                        + arrival_amount
                        + refund_fee_amount
                        + value_loss_amount
                        + given_up_amount
                        + replacement_freight_amount
                        + bonus_amount
            end as bigint
        ) as loss_amount,
        uncosted_count,
        event_date
    from charged
)

select * from final
