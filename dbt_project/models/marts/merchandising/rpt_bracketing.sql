with

order_lines as (
    select
        order_id,
        sku,
        style_id,
        is_style_repeated,
        delivered_count > 0 as is_delivered
    from {{ ref('fct_order_lines') }}
    where not is_exchange_leg and delivery_state_code <> 'cancelled'
),

products as (
    select
        sku,
        size_label,
        colour_name
    from {{ ref('dim_products') }}
),

-- A line that is the only one of its style in the order is a pair by itself: only the others
-- are grouped.
single_pairs as (
    select
        style_id,
        count(*) as order_style_pair_count,
        count(case when is_delivered then 1 end) as delivered_pair_count
    from order_lines
    where not is_style_repeated
    group by style_id
),

repeated_pairs as (
    select
        order_lines.order_id,
        order_lines.style_id,
        max(case when order_lines.is_delivered then 1 else 0 end) as delivered_number,
        coalesce(min(products.size_label) <> max(products.size_label), false) as has_sizes,
        coalesce(min(products.colour_name) <> max(products.colour_name), false) as has_colours,
        coalesce(
            min(case when order_lines.is_delivered then products.size_label end)
            <> max(case when order_lines.is_delivered then products.size_label end),
            false
        ) as has_delivered_sizes,
        coalesce(
            min(case when order_lines.is_delivered then products.colour_name end)
            <> max(case when order_lines.is_delivered then products.colour_name end),
            false
        ) as has_delivered_colours
    from order_lines
    inner join products on order_lines.sku = products.sku
    where order_lines.is_style_repeated
    group by order_lines.order_id, order_lines.style_id
),

counted as (
    select
        style_id,
        order_style_pair_count,
        0 as size_bracketed_pair_count,
        0 as colour_bracketed_pair_count,
        delivered_pair_count,
        0 as delivered_size_bracketed_pair_count,
        0 as delivered_colour_bracketed_pair_count
    from single_pairs

    union all

    select
        style_id,
        count(*) as order_style_pair_count,
        count(case when has_sizes then 1 end) as size_bracketed_pair_count,
        count(case when has_colours then 1 end) as colour_bracketed_pair_count,
        sum(delivered_number) as delivered_pair_count,
        count(case when has_delivered_sizes then 1 end) as delivered_size_bracketed_pair_count,
        count(case when has_delivered_colours then 1 end)
            as delivered_colour_bracketed_pair_count
    from repeated_pairs
    group by style_id
),

final as (
    select
        style_id,
        cast(sum(order_style_pair_count) as bigint) as order_style_pair_count,
        cast(sum(size_bracketed_pair_count) as bigint) as size_bracketed_pair_count,
        cast(sum(colour_bracketed_pair_count) as bigint) as colour_bracketed_pair_count,
        cast(sum(delivered_pair_count) as bigint) as delivered_pair_count,
        cast(sum(delivered_size_bracketed_pair_count) as bigint)
            as delivered_size_bracketed_pair_count,
        cast(sum(delivered_colour_bracketed_pair_count) as bigint)
            as delivered_colour_bracketed_pair_count
    from counted
    group by style_id
    order by style_id
)

select * from final
