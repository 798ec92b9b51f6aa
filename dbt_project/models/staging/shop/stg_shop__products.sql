with

source as (
    {{ newest_rows(
        source('landing', 'products'),
        keys=['sku'],
        payload=[
            'style_id', 'style_name', 'category', 'brand', 'season', 'size_label', 'size_order',
            'colour_name', 'list_price', 'unit_cost', 'is_hygiene', 'is_final_sale',
            'launched_on', 'image_path', 'factory', 'material', 'lot_id', 'length_cm',
            'chest_width_cm', 'shoulder_width_cm', 'sleeve_length_cm', 'waist_cm', 'hip_cm',
            'inseam_cm', 'foot_length_cm', 'foot_width_cm'
        ],
        own_files_first=true
    ) }}
),

renamed as (
    select
        sku,
        style_id,
        lot_id,
        style_name,
        category as category_name,
        brand as brand_name,
        season as season_name,
        size_label,
        colour_name,
        image_path as image_path_text,
        factory as factory_name,
        material as material_name,
        source_system,
        cast(size_order as bigint) as size_order,
        cast(list_price as bigint) as list_price_amount,
        cast(unit_cost as bigint) as unit_cost_amount,
        cast(length_cm as double) as length_cm,
        cast(chest_width_cm as double) as chest_width_cm,
        cast(shoulder_width_cm as double) as shoulder_width_cm,
        cast(sleeve_length_cm as double) as sleeve_length_cm,
        cast(waist_cm as double) as waist_cm,
        cast(hip_cm as double) as hip_cm,
        cast(inseam_cm as double) as inseam_cm,
        cast(foot_length_cm as double) as foot_length_cm,
        cast(foot_width_cm as double) as foot_width_cm,
        kept_place,
        other_place,
        cast(is_hygiene as boolean) as is_hygiene,
        cast(is_final_sale as boolean) as is_final_sale,
        cast(launched_on as date) as launched_date
    from source
)

select * from renamed
