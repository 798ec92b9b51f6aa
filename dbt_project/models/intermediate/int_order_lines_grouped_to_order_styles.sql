with

order_lines as (
    select
        order_line_id,
        order_id,
        sku
    from {{ ref('stg_shop__order_lines') }}
),

products as (
    select
        sku,
        style_id,
        size_label,
        colour_name
    from {{ ref('int_products_gathered_to_skus') }}
),

replacements as (
    select order_line_id
    from {{ ref('int_exchanges_grouped_to_replacements') }}
),

-- Most orders hold one line of a style: the others are found by a hash, then grouped by their keys.
repeated as (
    select {{ hash_columns(['order_lines.order_id', 'products.style_id']) }} as order_style_hash
    from order_lines
    inner join products on order_lines.sku = products.sku
    group by order_style_hash
    having count(*) > 1
),

final as (
    select
        order_lines.order_id,
        products.style_id,
        coalesce(min(products.size_label) <> max(products.size_label), false) as has_sizes,
        coalesce(min(products.colour_name) <> max(products.colour_name), false) as has_colours
    from order_lines
    inner join products on order_lines.sku = products.sku
    inner join repeated
        on
            {{ hash_columns(['order_lines.order_id', 'products.style_id']) }}
            = repeated.order_style_hash
    left join replacements on order_lines.order_line_id = replacements.order_line_id
    where replacements.order_line_id is null
    group by order_lines.order_id, products.style_id
    having count(*) > 1
)

select * from final
