with

requests as (
    select
        return_line_id,
        return_id,
        order_line_id,
        order_id,
        sku,
        reason_code,
        return_type_code,
        reason_system,
        request_channel_code,
        decision_code,
        requested_resolution_code,
        source_system,
        requested_count,
        is_quantity_assumed,
        is_requested_day_unknown,
        requested_date,
        requested_at
    from {{ ref('int_return_requests_matched_to_order_lines') }}
),

receipts as (
    select
        return_line_id,
        source_system,
        stated_count,
        stated_accepted_count,
        unstated_receipt_count,
        unstated_accepted_receipt_count,
        received_date,
        received_at
    from {{ ref('int_return_receipts_grouped_to_return_lines') }}
),

-- An arrival of an unknown day cannot be older than its request, when that is not used yet.
early_receipts as (
    select receipts.return_line_id
    from receipts
    inner join {{ ref('stg_shop__return_requests') }} as landed_requests
        on receipts.return_line_id = landed_requests.return_line_id
    left join requests on receipts.return_line_id = requests.return_line_id
    where receipts.received_at is null and requests.return_line_id is null
),

used_receipts as (
    select receipts.*
    from receipts
    left join early_receipts on receipts.return_line_id = early_receipts.return_line_id
    where early_receipts.return_line_id is null
),

shop as (
    select
        has_receipts,
        has_grades
    from {{ ref('int_return_receipts_counted_to_shops') }}
),

replacements as (
    select order_line_id
    from {{ ref('int_exchanges_grouped_to_replacements') }}
),

joined as (
    select
        coalesce(requests.return_line_id, receipts.return_line_id) as return_line_id,
        requests.return_id,
        requests.order_line_id,
        requests.order_id,
        requests.sku,
        requests.reason_code,
        -- What is sent back is an exchange's replacement: its return belongs to the episode.
        case
            when
                requests.return_type_code = 'customer_return'
                and replacements.order_line_id is not null
                then 'exchange_leg'
            else requests.return_type_code
        end as return_type_code,
        requests.reason_system,
        requests.request_channel_code,
        requests.decision_code,
        requests.requested_resolution_code,
        coalesce(requests.source_system, receipts.source_system) as source_system,
        coalesce(requests.requested_count, 0) as requested_count,
        -- Receipts that state no quantity stand for what is still missing of the request.
        coalesce(receipts.stated_count, 0)
        + case
            when receipts.unstated_receipt_count > 0
                then greatest(coalesce(requests.requested_count, 1) - receipts.stated_count, 0)
            else 0
        end as arrived_count,
        coalesce(receipts.stated_accepted_count, 0)
        + case
            when
                receipts.unstated_receipt_count > 0
                and receipts.unstated_receipt_count = receipts.unstated_accepted_receipt_count
                then greatest(coalesce(requests.requested_count, 1) - receipts.stated_count, 0)
            else 0
        end as arrived_accepted_count,
        requests.return_line_id is not null as has_request,
        coalesce(requests.decision_code in ('denied', 'cancelled'), false) as is_dropped,
        coalesce(requests.is_quantity_assumed, false) as is_quantity_assumed,
        replacements.order_line_id is not null
        or coalesce(requests.return_type_code = 'exchange_leg', false) as is_exchange_leg,
        coalesce(requests.is_requested_day_unknown, false) as is_requested_day_unknown,
        requests.requested_date,
        receipts.received_date,
        requests.requested_at,
        receipts.received_at
    from requests
    full join used_receipts as receipts
        on requests.return_line_id = receipts.return_line_id
    left join replacements on requests.order_line_id = replacements.order_line_id
),

counted as (
    select
        joined.return_line_id,
        joined.return_id,
        joined.order_line_id,
        joined.order_id,
        joined.sku,
        joined.reason_code,
        joined.return_type_code,
        joined.reason_system,
        joined.request_channel_code,
        joined.decision_code,
        joined.requested_resolution_code,
        joined.source_system,
        joined.requested_count,
        case when shop.has_receipts then joined.arrived_count end as received_count,
        case when shop.has_grades then joined.arrived_accepted_count end as accepted_count,
        -- Received, where the shop sends receipts; else what was asked for and not turned down.
        case
            when shop.has_receipts then joined.arrived_count
            when joined.is_dropped then 0
            else joined.requested_count
        end as sent_back_count,
        joined.has_request,
        joined.is_dropped,
        joined.is_quantity_assumed,
        joined.is_exchange_leg,
        joined.is_requested_day_unknown,
        joined.requested_date,
        joined.received_date,
        case when shop.has_receipts then joined.received_date else joined.requested_date end
            as returned_date,
        joined.requested_at,
        joined.received_at
    from joined
    cross join shop
),

final as (
    select
        *,
        -- Only customer returns feed product rates.
        coalesce(return_type_code = 'customer_return' and not is_exchange_leg, false)
            as is_product_return,
        case
            when return_type_code = 'customer_return' and not is_exchange_leg
                then sent_back_count
            else 0
        end as returned_count
    from counted
)

select * from final
