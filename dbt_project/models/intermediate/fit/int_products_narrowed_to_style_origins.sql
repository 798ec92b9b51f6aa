with

products as (
    select
        coalesce(style_id, sku) as style_id,
        factory_name,
        material_name
    from {{ ref('stg_shop__products') }}
),

told as (
    select
        style_id,
        'factory' as origin_code,
        factory_name as origin_name
    from products
    where factory_name is not null

    union all

    select
        style_id,
        'material' as origin_code,
        material_name as origin_name
    from products
    where material_name is not null
),

-- Of a style from two factories nobody knows which of them a return speaks of.
final as (
    select
        style_id,
        origin_code,
        min(origin_name) as origin_name
    from told
    group by style_id, origin_code
    having min(origin_name) = max(origin_name)
)

select * from final
