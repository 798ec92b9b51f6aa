with

skus as (
    select
        sku,
        channel_name,
        style_id,
        style_name,
        category_name,
        brand_name,
        season_name,
        delivered_count,
        delivered_net_amount,
        requested_count,
        returned_count,
        returned_net_amount,
        delivered_unknown_day_count,
        returned_unknown_day_count,
        size_bracketed_returned_count,
        in_transit_count,
        not_delivered_returned_count,
        not_delivered_returned_net_amount,
        unmatched_returned_count,
        event_returned_count,
        event_returned_net_amount,
        estimated_delivered_count,
        last_delivered_date,
        as_of_date
    from {{ ref('rpt_sku_returns') }}
),

styles as (
    select
        style_id,
        channel_name,
        count(*) as sku_count,
        cast(sum(delivered_count) as bigint) as delivered_count,
        cast(sum(delivered_net_amount) as bigint) as delivered_net_amount,
        cast(sum(requested_count) as bigint) as requested_count,
        cast(sum(returned_count) as bigint) as returned_count,
        cast(sum(returned_net_amount) as bigint) as returned_net_amount,
        cast(sum(delivered_unknown_day_count) as bigint) as delivered_unknown_day_count,
        cast(sum(returned_unknown_day_count) as bigint) as returned_unknown_day_count,
        cast(sum(size_bracketed_returned_count) as bigint) as size_bracketed_returned_count,
        cast(sum(in_transit_count) as bigint) as in_transit_count,
        cast(sum(not_delivered_returned_count) as bigint) as not_delivered_returned_count,
        cast(sum(not_delivered_returned_net_amount) as bigint) as not_delivered_returned_net_amount,
        cast(sum(unmatched_returned_count) as bigint) as unmatched_returned_count,
        cast(sum(event_returned_count) as bigint) as event_returned_count,
        cast(sum(event_returned_net_amount) as bigint) as event_returned_net_amount,
        cast(sum(estimated_delivered_count) as bigint) as estimated_delivered_count,
        max(last_delivered_date) as last_delivered_date,
        max(as_of_date) as as_of_date
    from skus
    group by style_id, channel_name
),

-- A style's SKUs rarely disagree about these; where they do, the smallest word stands for all.
attributes as (
    select
        style_id,
        min(style_name) as style_name,
        min(category_name) as category_name,
        min(brand_name) as brand_name,
        min(season_name) as season_name,
        sum(event_returned_count) > sum(delivered_count) as is_over_returned
    from skus
    group by style_id
),

final as (
    select
        styles.style_id,
        styles.channel_name,
        attributes.style_name,
        attributes.category_name,
        attributes.brand_name,
        attributes.season_name,
        styles.sku_count,
        styles.delivered_count,
        styles.delivered_net_amount,
        styles.requested_count,
        styles.returned_count,
        styles.returned_net_amount,
        styles.delivered_unknown_day_count,
        styles.returned_unknown_day_count,
        styles.size_bracketed_returned_count,
        styles.in_transit_count,
        styles.not_delivered_returned_count,
        styles.not_delivered_returned_net_amount,
        styles.unmatched_returned_count,
        styles.event_returned_count,
        styles.event_returned_net_amount,
        styles.estimated_delivered_count,
        attributes.is_over_returned,
        styles.last_delivered_date,
        styles.as_of_date
    from styles
    inner join attributes on styles.style_id = attributes.style_id
    order by styles.style_id, styles.channel_name
)

select * from final
