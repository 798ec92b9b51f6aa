with

requests as (
    select
        return_line_id,
        sku,
        reason_focus_code,
        size_direction_code,
        requested_count,
        requested_net_amount,
        event_date
    from {{ ref('int_return_requests_narrowed_to_open_requests') }}
),

offers as (
    select
        return_line_id,
        offer_rank,
        offer_kind_code,
        offered_sku,
        available_count,
        accept_probability,
        profit_amount,
        expected_profit_amount,
        offer_reason_code
    from {{ ref('fct_exchange_offers') }}
),

counted as (
    select
        return_line_id,
        count(offered_sku) as exchange_offer_count
    from offers
    group by return_line_id
),

products as (
    select
        sku,
        style_id,
        style_name,
        size_label,
        colour_name
    from {{ ref('dim_products') }}
),

final as (
    select
        requests.return_line_id,
        requests.sku,
        own.style_id,
        own.style_name,
        own.size_label,
        own.colour_name,
        requests.reason_focus_code,
        requests.size_direction_code,
        requests.requested_count,
        requests.requested_net_amount,
        coalesce(counted.exchange_offer_count, 0) as exchange_offer_count,
        offers.offer_kind_code,
        offers.offer_reason_code,
        offers.offered_sku,
        offered.size_label as offered_size_label,
        offered.colour_name as offered_colour_name,
        offers.available_count,
        offers.accept_probability,
        offers.profit_amount,
        offers.expected_profit_amount,
        requests.event_date
    from requests
    left join offers on requests.return_line_id = offers.return_line_id and offers.offer_rank = 1
    left join counted on requests.return_line_id = counted.return_line_id
    left join products as own on requests.sku = own.sku
    left join products as offered on offers.offered_sku = offered.sku
    order by requests.event_date, requests.return_line_id
)

select * from final
