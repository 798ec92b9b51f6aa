with

products as (
    select
        sku,
        style_id,
        size_label,
        colour_name,
        size_order,
        unit_cost_amount,
        is_in_catalogue
    from {{ ref('dim_products') }}
),

stock as (
    select
        sku,
        available_count
    from {{ ref('int_inventory_snapshots_reserved_to_skus') }}
),

returns as (
    select
        style_id,
        return_millionths
    from {{ ref('int_fit_cells_grouped_to_return_probabilities') }}
),

fits as (
    select
        style_id,
        size_label,
        small_thousandths,
        large_thousandths
    from {{ ref('int_fit_cells_weighed_to_sizes') }}
),

final as (
    select
        products.sku,
        products.style_id,
        products.size_label,
        products.colour_name,
        products.size_order,
        stock.available_count,
        products.unit_cost_amount,
        {{ from_millionths('returns.return_millionths') }} as return_probability,
        fits.small_thousandths,
        fits.large_thousandths,
        products.is_in_catalogue
    from products
    inner join stock on products.sku = stock.sku
    inner join returns on products.style_id = returns.style_id
    left join fits
        on
            products.style_id = fits.style_id
            and coalesce(products.size_label, 'unknown') = fits.size_label
    order by products.style_id, products.sku
)

select * from final
