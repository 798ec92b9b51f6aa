with

shop as (
    select
        as_of_date,
        return_window_days
    from {{ ref('int_settings_pivoted_to_shops') }}
),

return_lines as (
    select
        return_line_id,
        order_line_id,
        sku,
        channel_name,
        return_type_code,
        decision_code,
        requested_resolution_code,
        requested_count,
        sent_back_count,
        returned_net_amount,
        has_request,
        is_matched,
        is_product_return,
        event_date
    from {{ ref('fct_return_lines') }}
),

refunds as (
    select
        return_line_id,
        sum(case when method_code <> 'credit' then refund_amount else 0 end) as refunded_amount,
        sum(case when method_code = 'credit' then refund_amount else 0 end) as credited_amount,
        count(case when method_code <> 'credit' then 1 end) as refund_count,
        count(case when method_code = 'credit' then 1 end) as credit_count,
        min(case when method_code <> 'credit' then paid_date end) as refunded_date,
        min(case when method_code = 'credit' then paid_date end) as credited_date
    from {{ ref('fct_refunds') }}
    where is_paid and is_matched
    group by return_line_id
),

exchanges as (
    select
        exchange_id,
        return_line_id,
        replacement_order_line_id,
        exchange_kind_code,
        bonus_credit_amount,
        is_shipped,
        shipped_date,
        row_number() over (
            partition by return_line_id
            order by case when is_shipped then 0 else 1 end, shipped_at nulls last, exchange_id
        ) as exchange_number
    from {{ ref('fct_exchanges') }}
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

priced_exchanges as (
    select
        exchanges.return_line_id,
        exchanges.exchange_kind_code,
        exchanges.exchange_number,
        exchanges.is_shipped,
        exchanges.shipped_date,
        case when exchanges.is_shipped then coalesce(exchanges.bonus_credit_amount, 0) else 0 end
            as bonus_amount,
        case
            when exchanges.is_shipped and shipping.is_shipping_free
                then coalesce(freight.freight_amount, 0)
            else 0
        end as subsidy_amount,
        exchanges.is_shipped
        and (
            shipping.is_shipping_free is null
            or (shipping.is_shipping_free and freight.freight_amount is null)
        ) as is_subsidy_unknown
    from exchanges
    inner join shipping on exchanges.exchange_id = shipping.exchange_id
    left join freight on exchanges.replacement_order_line_id = freight.order_line_id
),

exchanged as (
    select
        return_line_id,
        count(*) as exchange_count,
        count(case when is_shipped then 1 end) as shipped_exchange_count,
        count(
            case
                when is_shipped and exchange_kind_code in ('size_up', 'size_down', 'size_other')
                    then 1
            end
        ) as size_exchange_count,
        count(case when is_shipped and exchange_kind_code = 'colour' then 1 end)
            as colour_exchange_count,
        count(case when is_subsidy_unknown then 1 end) as unknown_subsidy_count,
        sum(bonus_amount) as bonus_amount,
        sum(subsidy_amount) as subsidy_amount,
        max(case when exchange_number = 1 then exchange_kind_code end) as exchange_kind_code,
        min(case when is_shipped then shipped_date end) as exchanged_date
    from priced_exchanges
    group by return_line_id
),

-- A shop that lands neither refunds nor exchanges does not say what is settled; one whose refunds
-- are not paid says that nothing is.
landed as (
    select return_line_id
    from {{ ref('fct_refunds') }}

    union all

    select return_line_id
    from exchanges
),

settlements as (
    select count(*) > 0 as has_settlements
    from landed
),

joined as (
    select
        return_lines.*,
        coalesce(refunds.refunded_amount, 0) as refunded_amount,
        coalesce(refunds.credited_amount, 0) as credited_amount,
        coalesce(exchanged.bonus_amount, 0) as bonus_amount,
        coalesce(exchanged.subsidy_amount, 0) as subsidy_amount,
        coalesce(exchanged.exchange_count, 0) as exchange_count,
        coalesce(exchanged.shipped_exchange_count, 0) as shipped_exchange_count,
        coalesce(exchanged.size_exchange_count, 0) as size_exchange_count,
        coalesce(exchanged.colour_exchange_count, 0) as colour_exchange_count,
        coalesce(exchanged.unknown_subsidy_count, 0) as unknown_subsidy_count,
        exchanged.exchange_kind_code,
        -- A refund beside an exchange is a price difference: the line was exchanged.
        case
            when exchanged.shipped_exchange_count > 0 then 'exchanged'
            when refunds.refund_count > 0 then 'refunded'
            when refunds.credit_count > 0 then 'credited'
            else 'none'
        end as outcome_code,
        coalesce(return_lines.decision_code in ('denied', 'cancelled'), false) as is_dropped,
        settlements.has_settlements,
        shop.return_window_days,
        shop.as_of_date,
        exchanged.exchanged_date,
        refunds.refunded_date,
        refunds.credited_date
    from return_lines
    cross join settlements
    cross join shop
    left join refunds on return_lines.return_line_id = refunds.return_line_id
    left join exchanged on return_lines.return_line_id = exchanged.return_line_id
),

judged as (
    select
        *,
        coalesce(return_type_code in ('customer_return', 'exchange_leg'), false)
            as is_customer_return,
        has_request
        and not is_dropped
        and sent_back_count < requested_count
        and outcome_code in ('none', 'exchanged')
        and coalesce(
            {{ days_between('event_date', 'as_of_date') }} <= return_window_days, false
        ) as is_arrival_awaited,
        has_settlements and not is_dropped and sent_back_count > 0 and outcome_code = 'none'
            as is_settlement_awaited
    from joined
),

final as (
    select
        return_line_id,
        order_line_id,
        sku,
        channel_name,
        return_type_code,
        outcome_code,
        exchange_kind_code,
        sent_back_count,
        cast(returned_net_amount as bigint) as returned_net_amount,
        cast(refunded_amount as bigint) as refunded_amount,
        cast(credited_amount as bigint) as credited_amount,
        cast(
            case
                when returned_net_amount is null then null
                when outcome_code = 'exchanged'
                    then greatest(returned_net_amount - refunded_amount, 0)
                else greatest(least(credited_amount, returned_net_amount), 0)
            end as bigint
        ) as retained_gross_amount,
        cast(bonus_amount as bigint) as bonus_amount,
        cast(subsidy_amount as bigint) as subsidy_amount,
        exchange_count,
        shipped_exchange_count,
        size_exchange_count,
        colour_exchange_count,
        shipped_exchange_count - size_exchange_count - colour_exchange_count
            as other_exchange_count,
        unknown_subsidy_count,
        is_matched,
        is_product_return,
        is_customer_return,
        is_dropped,
        coalesce(requested_resolution_code = 'exchange', false) or exchange_count > 0
            as is_exchange_requested,
        is_customer_return and is_arrival_awaited as is_arrival_awaited,
        is_customer_return and is_settlement_awaited as is_settlement_awaited,
        event_date,
        case outcome_code
            when 'exchanged' then exchanged_date
            when 'refunded' then refunded_date
            when 'credited' then credited_date
        end as resolved_date
    from judged
)

select * from final
