with

source as (
    {{ newest_rows(
        source('landing', 'size_charts'),
        keys=['style_id', 'brand', 'category', 'size_label', 'measure'],
        payload=['value_cm']
    ) }}
),

renamed as (
    select
        style_id,
        brand as brand_name,
        category as category_name,
        size_label,
        measure as measure_code,
        source_system,
        cast(value_cm as double) as value_cm,
        kept_place,
        other_place
    from source
)

select * from renamed
