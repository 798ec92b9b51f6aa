with

order_lines as (
    select
        sku,
        channel_name,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        case when is_size_bracketed then delivered_count else 0 end
            as size_bracketed_delivered_count,
        case when is_size_bracketed then returned_count else 0 end
            as size_bracketed_returned_count,
        delivered_date
    from {{ ref('fct_order_lines') }}
    where
        not is_exchange_leg
        and delivery_state_code in ('delivered', 'delivered_unknown_day')
),

return_lines as (
    select
        sku,
        channel_name,
        requested_count,
        returned_count,
        returned_net_amount,
        case when is_matched then 0 else returned_count end as unvalued_returned_count,
        case when is_size_bracketed then returned_count else 0 end
            as size_bracketed_returned_count,
        event_date
    from {{ ref('fct_return_lines') }}
    where is_product_return and sku is not null
),

delivered_days as (
    select
        sku,
        channel_name,
        delivered_date as calendar_date,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(returned_net_amount) as returned_net_amount,
        sum(size_bracketed_delivered_count) as size_bracketed_delivered_count,
        sum(size_bracketed_returned_count) as size_bracketed_returned_count
    from order_lines
    group by sku, channel_name, delivered_date
),

event_days as (
    select
        sku,
        channel_name,
        event_date as calendar_date,
        sum(requested_count) as requested_count,
        sum(returned_count) as returned_count,
        sum(coalesce(returned_net_amount, 0)) as returned_net_amount,
        sum(unvalued_returned_count) as unvalued_returned_count,
        sum(size_bracketed_returned_count) as size_bracketed_returned_count
    from return_lines
    group by sku, channel_name, event_date
),

-- The same deliveries stand on both bases: a delivery is its own event.
both_bases as (
    select
        sku,
        channel_name,
        'cohort' as date_basis_code,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        0 as unvalued_returned_count,
        size_bracketed_delivered_count,
        size_bracketed_returned_count,
        calendar_date
    from delivered_days

    union all

    select
        coalesce(delivered_days.sku, event_days.sku) as sku,
        coalesce(delivered_days.channel_name, event_days.channel_name) as channel_name,
        'event' as date_basis_code,
        coalesce(delivered_days.delivered_count, 0) as delivered_count,
        coalesce(delivered_days.delivered_net_amount, 0) as delivered_net_amount,
        coalesce(event_days.requested_count, 0) as requested_count,
        coalesce(event_days.returned_count, 0) as returned_count,
        coalesce(event_days.returned_net_amount, 0) as returned_net_amount,
        coalesce(event_days.unvalued_returned_count, 0) as unvalued_returned_count,
        coalesce(delivered_days.size_bracketed_delivered_count, 0)
            as size_bracketed_delivered_count,
        coalesce(event_days.size_bracketed_returned_count, 0) as size_bracketed_returned_count,
        coalesce(delivered_days.calendar_date, event_days.calendar_date) as calendar_date
    from delivered_days
    full join event_days
        on
            delivered_days.sku = event_days.sku
            and delivered_days.channel_name = event_days.channel_name
            and delivered_days.calendar_date is not distinct from event_days.calendar_date
),

final as (
    select
        sku,
        channel_name,
        date_basis_code,
        cast(delivered_count as bigint) as delivered_count,
        cast(delivered_net_amount as bigint) as delivered_net_amount,
        cast(requested_count as bigint) as requested_count,
        cast(returned_count as bigint) as returned_count,
        cast(returned_net_amount as bigint) as returned_net_amount,
        cast(unvalued_returned_count as bigint) as unvalued_returned_count,
        cast(size_bracketed_delivered_count as bigint) as size_bracketed_delivered_count,
        cast(size_bracketed_returned_count as bigint) as size_bracketed_returned_count,
        calendar_date
    from both_bases
    order by sku
)

select * from final
