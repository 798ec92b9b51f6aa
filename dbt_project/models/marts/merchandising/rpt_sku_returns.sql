with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

order_lines as (
    select
        sku,
        channel_name,
        delivery_state_code in ('delivered', 'delivered_unknown_day') as is_delivered,
        delivery_state_code = 'delivered_unknown_day' as is_day_unknown,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        in_transit_count,
        is_size_bracketed,
        is_estimated_delivery,
        delivered_date
    from {{ ref('fct_order_lines') }}
    where not is_exchange_leg
),

return_lines as (
    select
        sku,
        channel_name,
        returned_count,
        returned_net_amount,
        is_matched
    from {{ ref('fct_return_lines') }}
    where is_product_return and sku is not null
),

products as (
    select
        sku,
        style_id,
        style_name,
        category_name,
        brand_name,
        season_name,
        size_label,
        colour_name,
        size_order
    from {{ ref('dim_products') }}
),

sold as (
    select
        sku,
        channel_name,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount,
        sum(case when is_delivered then requested_count else 0 end) as requested_count,
        sum(case when is_delivered then returned_count else 0 end) as returned_count,
        sum(case when is_delivered then returned_net_amount else 0 end) as returned_net_amount,
        sum(case when is_day_unknown then delivered_count else 0 end)
            as delivered_unknown_day_count,
        sum(case when is_day_unknown then returned_count else 0 end)
            as returned_unknown_day_count,
        sum(case when is_delivered and is_size_bracketed then returned_count else 0 end)
            as size_bracketed_returned_count,
        sum(in_transit_count) as in_transit_count,
        sum(case when is_delivered then 0 else returned_count end)
            as not_delivered_returned_count,
        sum(case when is_delivered then 0 else returned_net_amount end)
            as not_delivered_returned_net_amount,
        sum(case when is_estimated_delivery then delivered_count else 0 end)
            as estimated_delivered_count,
        max(delivered_date) as last_delivered_date
    from order_lines
    group by sku, channel_name
),

sent_back as (
    select
        sku,
        channel_name,
        sum(case when is_matched then 0 else returned_count end) as unmatched_returned_count,
        sum(returned_count) as event_returned_count,
        sum(coalesce(returned_net_amount, 0)) as event_returned_net_amount
    from return_lines
    group by sku, channel_name
),

joined as (
    select
        coalesce(sold.sku, sent_back.sku) as sku,
        coalesce(sold.channel_name, sent_back.channel_name) as channel_name,
        coalesce(sold.delivered_count, 0) as delivered_count,
        coalesce(sold.delivered_net_amount, 0) as delivered_net_amount,
        coalesce(sold.requested_count, 0) as requested_count,
        coalesce(sold.returned_count, 0) as returned_count,
        coalesce(sold.returned_net_amount, 0) as returned_net_amount,
        coalesce(sold.delivered_unknown_day_count, 0) as delivered_unknown_day_count,
        coalesce(sold.returned_unknown_day_count, 0) as returned_unknown_day_count,
        coalesce(sold.size_bracketed_returned_count, 0) as size_bracketed_returned_count,
        coalesce(sold.in_transit_count, 0) as in_transit_count,
        coalesce(sold.not_delivered_returned_count, 0) as not_delivered_returned_count,
        coalesce(sold.not_delivered_returned_net_amount, 0)
            as not_delivered_returned_net_amount,
        coalesce(sent_back.unmatched_returned_count, 0) as unmatched_returned_count,
        coalesce(sent_back.event_returned_count, 0) as event_returned_count,
        coalesce(sent_back.event_returned_net_amount, 0) as event_returned_net_amount,
        coalesce(sold.estimated_delivered_count, 0) as estimated_delivered_count,
        sold.last_delivered_date
    from sold
    full join sent_back
        on sold.sku = sent_back.sku and sold.channel_name = sent_back.channel_name
),

-- Returns without an order have no channel: more returned than delivered is judged over all.
over_returned as (
    select sku
    from joined
    group by sku
    having sum(event_returned_count) > sum(delivered_count)
),

final as (
    select
        joined.sku,
        joined.channel_name,
        products.style_id,
        products.style_name,
        products.category_name,
        products.brand_name,
        products.season_name,
        products.size_label,
        products.colour_name,
        products.size_order,
        cast(joined.delivered_count as bigint) as delivered_count,
        cast(joined.delivered_net_amount as bigint) as delivered_net_amount,
        cast(joined.requested_count as bigint) as requested_count,
        cast(joined.returned_count as bigint) as returned_count,
        cast(joined.returned_net_amount as bigint) as returned_net_amount,
        cast(joined.delivered_unknown_day_count as bigint) as delivered_unknown_day_count,
        cast(joined.returned_unknown_day_count as bigint) as returned_unknown_day_count,
        cast(joined.size_bracketed_returned_count as bigint) as size_bracketed_returned_count,
        cast(joined.in_transit_count as bigint) as in_transit_count,
        cast(joined.not_delivered_returned_count as bigint) as not_delivered_returned_count,
        cast(joined.not_delivered_returned_net_amount as bigint)
            as not_delivered_returned_net_amount,
        cast(joined.unmatched_returned_count as bigint) as unmatched_returned_count,
        cast(joined.event_returned_count as bigint) as event_returned_count,
        cast(joined.event_returned_net_amount as bigint) as event_returned_net_amount,
        cast(joined.estimated_delivered_count as bigint) as estimated_delivered_count,
        over_returned.sku is not null as is_over_returned,
        joined.last_delivered_date,
        shop.as_of_date
    from joined
    cross join shop
    inner join products on joined.sku = products.sku
    left join over_returned on joined.sku = over_returned.sku
    order by joined.sku, joined.channel_name
)

select * from final
