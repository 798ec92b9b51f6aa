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
        is_hygiene,
        is_final_sale,
        launched_date
    from {{ ref('stg_shop__products') }}
),

skus as (
    select sku
    from products

    union distinct

    select sku
    from {{ ref('stg_shop__order_lines') }}

    union distinct

    select sku
    from {{ ref('stg_shop__return_requests') }}
    where sku is not null

    union distinct

    select replacement_sku as sku
    from {{ ref('stg_shop__exchanges') }}
),

final as (
    select
        skus.sku,
        coalesce(products.style_id, skus.sku) as style_id,
        coalesce(products.style_name, products.style_id, skus.sku) as style_name,
        products.category_name,
        products.brand_name,
        products.season_name,
        products.size_label,
        products.colour_name,
        products.size_order,
        products.list_price_amount,
        products.unit_cost_amount,
        products.sku is not null as is_in_catalogue,
        products.is_hygiene,
        products.is_final_sale,
        products.launched_date
    from skus
    left join products on skus.sku = products.sku
)

select * from final
