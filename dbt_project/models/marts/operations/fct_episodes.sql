{%- set measures = [
    'in_transit_count',
    'kept_count',
    'unfollowed_count',
    'price_difference_amount',
    'resolved_net_amount',
    'retained_gross_amount',
    'refunded_amount',
    'credited_amount',
    'bonus_amount',
    'subsidy_amount',
    'exchange_count',
    'size_exchange_count',
    'colour_exchange_count',
    'other_exchange_count',
    'unknown_subsidy_count',
    'awaited_arrival_count',
    'awaited_settlement_count'
] -%}
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
        leg_number,
        {% for measure in measures -%}
            {{ measure }},
        {% endfor -%}
        sent_back_count,
        is_chain_cut,
        delivered_date
    from {{ ref('fct_episode_legs') }}
),

-- Few episodes have a second leg: only those are summed, and the first leg is joined.
replacements as (
    select
        episode_id,
        max(leg_number) as replacement_depth_count,
        {% for measure in measures -%}
            sum({{ measure }}) as {{ measure }},
        {% endfor -%}
        bool_or(is_chain_cut) as is_chain_cut,
        max(delivered_date) as last_delivered_date
    from legs
    where leg_number > 0
    group by episode_id
),

episodes as (
    select
        firsts.episode_id,
        coalesce(replacements.replacement_depth_count, 0) as replacement_depth_count,
        {% for measure in measures -%}
            firsts.{{ measure }} + coalesce(replacements.{{ measure }}, 0) as {{ measure }},
        {% endfor -%}
        firsts.sent_back_count > 0 as is_returned,
        firsts.is_chain_cut or coalesce(replacements.is_chain_cut, false) as is_chain_cut,
        greatest(firsts.delivered_date, replacements.last_delivered_date) as last_delivered_date
    from legs as firsts
    left join replacements on firsts.episode_id = replacements.episode_id
    where firsts.leg_number = 0
),

joined as (
    select
        episodes.episode_id,
        order_lines.order_id,
        order_lines.sku,
        order_lines.style_id,
        products.category_name,
        order_lines.channel_name,
        order_lines.delivered_count,
        order_lines.delivered_net_amount,
        least(episodes.kept_count, order_lines.delivered_count) as kept_count,
        episodes.kept_count as held_count,
        episodes.unfollowed_count,
        episodes.price_difference_amount,
        episodes.resolved_net_amount,
        episodes.retained_gross_amount,
        episodes.refunded_amount,
        episodes.credited_amount,
        episodes.bonus_amount,
        episodes.subsidy_amount,
        episodes.replacement_depth_count,
        episodes.exchange_count,
        episodes.size_exchange_count,
        episodes.colour_exchange_count,
        episodes.other_exchange_count,
        episodes.unknown_subsidy_count,
        episodes.in_transit_count > 0
        or episodes.awaited_arrival_count > 0
        or episodes.awaited_settlement_count > 0 as is_open,
        episodes.is_returned,
        episodes.is_chain_cut,
        shop.as_of_date,
        shop.return_window_days,
        order_lines.delivered_date as cohort_date,
        episodes.last_delivered_date
    from episodes
    cross join shop
    inner join order_lines on episodes.episode_id = order_lines.order_line_id
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
)

select * from final
