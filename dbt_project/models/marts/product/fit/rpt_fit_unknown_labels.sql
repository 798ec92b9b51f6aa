with

labels as (
    select
        style_id,
        size_label,
        is_blocking
    from {{ ref('stg_scores__fit_unknown_labels') }}
),

products as (
    select
        sku,
        style_id,
        style_name,
        size_label
    from {{ ref('dim_products') }}
),

-- The newest row of the SKU that says the label.
placed as (
    select
        sku,
        size_label,
        load_number,
        line_number,
        row_number() over (
            partition by sku, size_label order by load_number desc, line_number desc
        ) as place_number
    from {{ ref('stg_shop__product_rows') }}
),

files as (
    select
        load_number,
        file_name
    from {{ ref('stg_kaeru__files') }}
),

final as (
    select
        products.sku,
        products.style_id,
        products.style_name,
        products.size_label,
        files.file_name,
        placed.line_number,
        labels.is_blocking
    from labels
    inner join products
        on labels.style_id = products.style_id and labels.size_label = products.size_label
    left join placed
        on
            products.sku = placed.sku
            and products.size_label = placed.size_label
            and placed.place_number = 1
    left join files on placed.load_number = files.load_number
    order by products.style_id, products.size_label, products.sku
)

select * from final
