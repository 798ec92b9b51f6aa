with

shop as (
    select
        as_of_date,
        return_window_days
    from {{ ref('int_settings_pivoted_to_shops') }}
),

costs as (
    select *
    from {{ ref('int_cost_parameters_summed_to_offers') }}
),

requests as (
    select
        decisions.return_line_id,
        return_lines.sku,
        decisions.channel_name,
        return_lines.requested_count,
        decisions.requested_net_amount,
        coalesce(decisions.recorded_decision_code = 'denied', false) as is_denied,
        decisions.event_date
    from {{ ref('fct_return_decisions') }} as decisions
    inner join {{ ref('fct_return_lines') }} as return_lines
        on decisions.return_line_id = return_lines.return_line_id
),

landed as (
    select
        return_line_id,
        offered_sku,
        is_holdout
    from {{ ref('stg_shop__return_requests') }}
),

bands as (
    select
        requests.return_line_id,
        max(exchange_price_bands.band_from_amount) as band_from_amount
    from requests
    inner join {{ ref('exchange_price_bands') }} as exchange_price_bands
        on
            requests.requested_net_amount
            >= exchange_price_bands.band_from_amount * requests.requested_count
    where requests.requested_count > 0
    group by requests.return_line_id
),

reasons as (
    select
        return_line_id,
        reason_group_code
    from {{ ref('int_return_reasons_turned_to_directions') }}
),

stock as (
    select
        return_line_id,
        is_stock_known and has_alternative is not null as is_stock_known,
        coalesce(has_alternative, false) as has_alternative,
        offered_date,
        offered_at
    from {{ ref('int_return_requests_joined_to_stock') }}
),

first_refunds as (
    select
        return_line_id,
        min(paid_at) as paid_at
    from {{ ref('fct_refunds') }}
    where is_paid
    group by return_line_id
),

outcomes as (
    select
        return_line_id,
        refunded_amount + credited_amount as paid_amount,
        bonus_amount,
        exchange_count,
        shipped_exchange_count
    from {{ ref('fct_return_outcomes') }}
),

legs as (
    select
        order_line_id,
        delivered_count,
        in_transit_count,
        sent_back_count,
        awaited_arrival_count,
        delivered_date
    from {{ ref('fct_episode_legs') }}
    where leg_number > 0
),

products as (
    select
        sku,
        unit_cost_amount
    from {{ ref('dim_products') }}
),

freight as (
    select
        order_line_id,
        freight_amount
    from {{ ref('int_shipments_charged_to_replacements') }}
),

replacements as (
    select
        exchanges.return_line_id,
        coalesce(exchanges.price_difference_amount, 0) as price_difference_amount,
        legs.delivered_count * products.unit_cost_amount as goods_cost_amount,
        coalesce(freight.freight_amount, costs.freight_amount) as freight_amount,
        legs.sent_back_count,
        case
            when legs.order_line_id is null then 'unfollowed'
            when legs.sent_back_count > 0 then 'sent_back'
            when
                legs.delivered_count > 0
                and legs.in_transit_count = 0
                and legs.awaited_arrival_count = 0
                and {{ days_between('legs.delivered_date', 'shop.as_of_date') }}
                > shop.return_window_days
                then 'kept'
            else 'young'
        end as state_code
    from {{ ref('fct_exchanges') }} as exchanges
    cross join shop
    cross join costs
    left join legs on exchanges.replacement_order_line_id = legs.order_line_id
    left join freight on exchanges.replacement_order_line_id = freight.order_line_id
    left join products on exchanges.replacement_sku = products.sku
    where exchanges.is_shipped
),

-- Of several replacements one that nobody can follow, or that is young, leaves the line open; one
-- that came back brings the whole line back.
shipped as (
    select
        return_line_id,
        case
            when count(case when state_code = 'unfollowed' then 1 end) > 0 then 'unfollowed'
            when count(case when state_code = 'sent_back' then 1 end) > 0 then 'sent_back'
            when count(case when state_code = 'young' then 1 end) > 0 then 'young'
            else 'kept'
        end as state_code,
        sum(price_difference_amount) as price_difference_amount,
        case when count(goods_cost_amount) = count(*) then sum(goods_cost_amount) end
            as goods_cost_amount,
        sum(freight_amount) as freight_amount,
        sum(sent_back_count) as sent_back_count
    from replacements
    group by return_line_id
),

joined as (
    select
        requests.return_line_id,
        requests.sku,
        landed.offered_sku,
        requests.requested_net_amount,
        bands.band_from_amount,
        coalesce(reasons.reason_group_code, 'NONE') as reason_group_code,
        coalesce(landed.is_holdout, false) as is_holdout,
        requests.is_denied,
        coalesce(stock.is_stock_known, false) as is_stock_known,
        coalesce(stock.is_stock_known and stock.has_alternative and not requests.is_denied, false)
            as is_eligible,
        stock.offered_at is not null
        and coalesce(first_refunds.paid_at > stock.offered_at, true) as is_offered,
        coalesce(outcomes.exchange_count, 0) > 0 as is_begun,
        shipped.state_code,
        outcomes.paid_amount,
        outcomes.bonus_amount,
        shipped.price_difference_amount,
        shipped.goods_cost_amount,
        shipped.freight_amount,
        shipped.sent_back_count,
        costs.second_return_line_amount,
        costs.second_return_unit_amount,
        costs.saved_refund_amount,
        requests.event_date,
        stock.offered_date
    from requests
    cross join costs
    inner join landed on requests.return_line_id = landed.return_line_id
    left join bands on requests.return_line_id = bands.return_line_id
    left join reasons on requests.return_line_id = reasons.return_line_id
    left join stock on requests.return_line_id = stock.return_line_id
    left join first_refunds on requests.return_line_id = first_refunds.return_line_id
    left join outcomes on requests.return_line_id = outcomes.return_line_id
    left join shipped on requests.return_line_id = shipped.return_line_id
),

-- A replacement that came back saved nothing and cost its way out and back.
final as (
    select
        return_line_id,
        sku,
        offered_sku,
        requested_net_amount,
        band_from_amount,
        reason_group_code,
        is_holdout,
        is_denied,
        is_stock_known,
        is_eligible,
        is_offered,
        is_begun,
        state_code,
        cast(
            case state_code
                when 'kept'
                    then
                        requested_net_amount
                        - paid_amount
                        + price_difference_amount
                        - goods_cost_amount
                        - freight_amount
                        - bonus_amount
                        + saved_refund_amount
                when 'sent_back'
                    then
                        0
                        - freight_amount
                        - bonus_amount
                        - second_return_line_amount
                        - sent_back_count * second_return_unit_amount
            end as bigint
        ) as net_saving_amount,
        event_date,
        offered_date
    from joined
)

select * from final
