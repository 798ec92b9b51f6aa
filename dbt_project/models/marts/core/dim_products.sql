with

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
        size_order,
        list_price_amount,
        unit_cost_amount,
        is_in_catalogue,
        is_hygiene,
        is_final_sale,
        launched_date
    from {{ ref('int_products_gathered_to_skus') }}
),

final as (
    select *
    from products
    order by sku
)

select * from final
