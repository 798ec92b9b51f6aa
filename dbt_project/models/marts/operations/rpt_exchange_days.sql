with

outcomes as (
    select
        return_line_id,
        channel_name,
        outcome_code,
        coalesce(exchange_kind_code, 'none') as exchange_kind_code,
        returned_net_amount,
        retained_gross_amount,
        exchange_count,
        is_dropped,
        is_exchange_requested,
        event_date,
        resolved_date
    from {{ ref('fct_return_outcomes') }}
    where is_product_return
),

decisions as (
    select
        return_line_id,
        decision_code
    from {{ ref('fct_return_lines') }}
),

stock as (
    select
        return_line_id,
        is_stock_known,
        has_alternative,
        is_wanted_in_stock,
        offered_date,
        offered_at
    from {{ ref('int_return_requests_joined_to_stock') }}
),

-- A shop that never says what it offered has no coverage, which is not the same as none.
offers as (
    select count(offered_at) > 0 as has_offers
    from stock
),

first_refunds as (
    select
        return_line_id,
        min(paid_at) as paid_at
    from {{ ref('fct_refunds') }}
    where is_paid
    group by return_line_id
),

shipped as (
    select
        exchanges.exchange_kind_code,
        exchanges.shipped_date,
        outcomes.channel_name
    from {{ ref('fct_exchanges') }} as exchanges
    inner join outcomes on exchanges.return_line_id = outcomes.return_line_id
    where exchanges.is_shipped
),

asked as (
    select
        outcomes.channel_name,
        outcomes.exchange_kind_code,
        outcomes.exchange_count,
        outcomes.is_exchange_requested,
        -- Stock that nobody wrote down at the time makes a request not measurable.
        stock.is_stock_known
        and coalesce(decisions.decision_code <> 'denied', true)
        and stock.has_alternative as is_eligible,
        stock.is_stock_known and stock.has_alternative is not null as is_eligibility_known,
        stock.is_wanted_in_stock,
        stock.offered_at is not null
        and coalesce(first_refunds.paid_at > stock.offered_at, true) as is_offered,
        stock.offered_date,
        outcomes.event_date
    from outcomes
    inner join decisions on outcomes.return_line_id = decisions.return_line_id
    inner join stock on outcomes.return_line_id = stock.return_line_id
    left join first_refunds on outcomes.return_line_id = first_refunds.return_line_id
),

parts as (
    select
        channel_name,
        exchange_kind_code,
        resolved_date as calendar_date,
        case when outcome_code = 'exchanged' then 1 else 0 end as exchanged_line_count,
        case when outcome_code = 'refunded' then 1 else 0 end as refunded_line_count,
        case when outcome_code = 'credited' then 1 else 0 end as credited_line_count,
        coalesce(returned_net_amount, 0) as resolved_net_amount,
        coalesce(retained_gross_amount, 0) as retained_gross_amount,
        case when returned_net_amount is null then 1 else 0 end as unvalued_line_count,
        0 as exchange_request_count,
        0 as stocked_request_count,
        0 as fillable_request_count,
        0 as eligibility_known_count,
        0 as eligible_count,
        0 as offered_eligible_count,
        0 as offered_count,
        0 as accepted_count,
        0 as shipped_count
    from outcomes
    where outcome_code <> 'none'

    union all

    select
        channel_name,
        exchange_kind_code,
        event_date as calendar_date,
        0 as exchanged_line_count,
        0 as refunded_line_count,
        0 as credited_line_count,
        0 as resolved_net_amount,
        0 as retained_gross_amount,
        0 as unvalued_line_count,
        case when is_exchange_requested then 1 else 0 end as exchange_request_count,
        case when is_exchange_requested and is_wanted_in_stock is not null then 1 else 0 end
            as stocked_request_count,
        case when is_exchange_requested and is_wanted_in_stock then 1 else 0 end
            as fillable_request_count,
        case when is_eligibility_known then 1 else 0 end as eligibility_known_count,
        case when is_eligible then 1 else 0 end as eligible_count,
        case when is_eligible and is_offered then 1 else 0 end as offered_eligible_count,
        0 as offered_count,
        0 as accepted_count,
        0 as shipped_count
    from asked

    union all

    select
        channel_name,
        exchange_kind_code,
        offered_date as calendar_date,
        0 as exchanged_line_count,
        0 as refunded_line_count,
        0 as credited_line_count,
        0 as resolved_net_amount,
        0 as retained_gross_amount,
        0 as unvalued_line_count,
        0 as exchange_request_count,
        0 as stocked_request_count,
        0 as fillable_request_count,
        0 as eligibility_known_count,
        0 as eligible_count,
        0 as offered_eligible_count,
        1 as offered_count,
        case when exchange_count > 0 then 1 else 0 end as accepted_count,
        0 as shipped_count
    from asked
    where is_offered

    union all

    select
        channel_name,
        exchange_kind_code,
        shipped_date as calendar_date,
        0 as exchanged_line_count,
        0 as refunded_line_count,
        0 as credited_line_count,
        0 as resolved_net_amount,
        0 as retained_gross_amount,
        0 as unvalued_line_count,
        0 as exchange_request_count,
        0 as stocked_request_count,
        0 as fillable_request_count,
        0 as eligibility_known_count,
        0 as eligible_count,
        0 as offered_eligible_count,
        0 as offered_count,
        0 as accepted_count,
        1 as shipped_count
    from shipped
),

summed as (
    select
        channel_name,
        exchange_kind_code,
        calendar_date,
        sum(exchanged_line_count) as exchanged_line_count,
        sum(refunded_line_count) as refunded_line_count,
        sum(credited_line_count) as credited_line_count,
        sum(resolved_net_amount) as resolved_net_amount,
        sum(retained_gross_amount) as retained_gross_amount,
        sum(unvalued_line_count) as unvalued_line_count,
        sum(exchange_request_count) as exchange_request_count,
        sum(stocked_request_count) as stocked_request_count,
        sum(fillable_request_count) as fillable_request_count,
        sum(eligibility_known_count) as eligibility_known_count,
        sum(eligible_count) as eligible_count,
        sum(offered_eligible_count) as offered_eligible_count,
        sum(offered_count) as offered_count,
        sum(accepted_count) as accepted_count,
        sum(shipped_count) as shipped_count
    from parts
    group by channel_name, exchange_kind_code, calendar_date
    having
        sum(
            exchanged_line_count + refunded_line_count + credited_line_count
            + exchange_request_count + eligibility_known_count + offered_count + shipped_count
        ) > 0
),

final as (
    select
        summed.channel_name,
        summed.exchange_kind_code,
        cast(summed.exchanged_line_count as bigint) as exchanged_line_count,
        cast(summed.refunded_line_count as bigint) as refunded_line_count,
        cast(summed.credited_line_count as bigint) as credited_line_count,
        cast(
            summed.exchanged_line_count + summed.refunded_line_count + summed.credited_line_count
            as bigint
        ) as resolved_line_count,
        cast(summed.retained_gross_amount as bigint) as retained_gross_amount,
        cast(summed.resolved_net_amount as bigint) as resolved_net_amount,
        cast(summed.unvalued_line_count as bigint) as unvalued_line_count,
        cast(summed.exchange_request_count as bigint) as exchange_request_count,
        cast(summed.stocked_request_count as bigint) as stocked_request_count,
        cast(summed.fillable_request_count as bigint) as fillable_request_count,
        cast(summed.eligibility_known_count as bigint) as eligibility_known_count,
        cast(summed.eligible_count as bigint) as eligible_count,
        cast(case when offers.has_offers then summed.offered_eligible_count end as bigint)
            as offered_eligible_count,
        cast(case when offers.has_offers then summed.offered_count end as bigint)
            as offered_count,
        cast(case when offers.has_offers then summed.accepted_count end as bigint)
            as accepted_count,
        cast(summed.shipped_count as bigint) as shipped_count,
        summed.calendar_date
    from summed
    cross join offers
    order by summed.calendar_date nulls last, summed.channel_name, summed.exchange_kind_code
)

select * from final
