with

shop as (
    select
        as_of_date,
        return_window_days
    from {{ ref('int_settings_pivoted_to_shops') }}
),

order_lines as (
    select
        order_line_id,
        order_id,
        sku,
        style_id,
        channel_name,
        delivered_count,
        delivered_net_amount,
        delivered_date
    from {{ ref('fct_order_lines') }}
),

products as (
    select
        sku,
        category_name
    from {{ ref('dim_products') }}
),

legs as (
    select
        episode_id,
        max(leg_number) as replacement_depth_count,
        sum(in_transit_count) as in_transit_count,
        sum(kept_count) as held_count,
        sum(unfollowed_count) as unfollowed_count,
        sum(price_difference_amount) as price_difference_amount,
        sum(resolved_net_amount) as resolved_net_amount,
        sum(retained_gross_amount) as retained_gross_amount,
        sum(refunded_amount) as refunded_amount,
        sum(credited_amount) as credited_amount,
        sum(bonus_amount) as bonus_amount,
        sum(subsidy_amount) as subsidy_amount,
        sum(exchange_count) as exchange_count,
        sum(size_exchange_count) as size_exchange_count,
        sum(colour_exchange_count) as colour_exchange_count,
        sum(other_exchange_count) as other_exchange_count,
        sum(unknown_subsidy_count) as unknown_subsidy_count,
        sum(awaited_arrival_count) as awaited_arrival_count,
        sum(awaited_settlement_count) as awaited_settlement_count,
        bool_or(leg_number = 0 and sent_back_count > 0) as is_returned,
        bool_or(is_chain_cut) as is_chain_cut,
        max(delivered_date) as last_delivered_date
    from {{ ref('fct_episode_legs') }}
    group by episode_id
),

joined as (
    select
        legs.episode_id,
        order_lines.order_id,
        order_lines.sku,
        order_lines.style_id,
        products.category_name,
        order_lines.channel_name,
        order_lines.delivered_count,
        order_lines.delivered_net_amount,
        least(legs.held_count, order_lines.delivered_count) as kept_count,
        legs.held_count,
        legs.unfollowed_count,
        legs.price_difference_amount,
        legs.resolved_net_amount,
        legs.retained_gross_amount,
        legs.refunded_amount,
        legs.credited_amount,
        legs.bonus_amount,
        legs.subsidy_amount,
        legs.replacement_depth_count,
        legs.exchange_count,
        legs.size_exchange_count,
        legs.colour_exchange_count,
        legs.other_exchange_count,
        legs.unknown_subsidy_count,
        legs.in_transit_count > 0
        or legs.awaited_arrival_count > 0
        or legs.awaited_settlement_count > 0 as is_open,
        legs.is_returned,
        legs.is_chain_cut,
        shop.as_of_date,
        shop.return_window_days,
        order_lines.delivered_date as cohort_date,
        legs.last_delivered_date
    from legs
    cross join shop
    inner join order_lines on legs.episode_id = order_lines.order_line_id
    inner join products on order_lines.sku = products.sku
),

valued as (
    select
        *,
        {{ share_of_amount('delivered_net_amount', 'kept_count', 'delivered_count') }}
        + price_difference_amount as kept_net_amount,
        case
            when return_window_days is not null
                then
                    not is_open
                    and coalesce(
                        {{ days_between('last_delivered_date', 'as_of_date') }}
                        > return_window_days,
                        false
                    )
        end as is_developed
    from joined
),

final as (
    select
        episode_id,
        order_id,
        sku,
        style_id,
        category_name,
        channel_name,
        delivered_count,
        delivered_net_amount,
        cast(kept_count as bigint) as kept_count,
        cast(kept_net_amount as bigint) as kept_net_amount,
        cast(price_difference_amount as bigint) as price_difference_amount,
        cast(resolved_net_amount as bigint) as resolved_net_amount,
        cast(retained_gross_amount as bigint) as retained_gross_amount,
        cast(refunded_amount as bigint) as refunded_amount,
        cast(credited_amount as bigint) as credited_amount,
        cast(bonus_amount as bigint) as bonus_amount,
        cast(subsidy_amount as bigint) as subsidy_amount,
        cast(kept_net_amount - bonus_amount - subsidy_amount as bigint)
            as retained_durable_amount,
        cast(replacement_depth_count as bigint) as replacement_depth_count,
        cast(exchange_count as bigint) as exchange_count,
        cast(size_exchange_count as bigint) as size_exchange_count,
        cast(colour_exchange_count as bigint) as colour_exchange_count,
        cast(other_exchange_count as bigint) as other_exchange_count,
        cast(unfollowed_count as bigint) as unfollowed_count,
        cast(unknown_subsidy_count as bigint) as unknown_subsidy_count,
        is_returned,
        is_open,
        is_developed,
        held_count > delivered_count as is_more_held_than_sold,
        is_chain_cut,
        cohort_date,
        last_delivered_date
    from valued
    order by cohort_date nulls last, sku
)

select * from final
