with

products as (
    select
        style_id,
        category_name,
        size_label,
        size_order,
        length_cm,
        chest_width_cm,
        shoulder_width_cm,
        sleeve_length_cm,
        waist_cm,
        hip_cm,
        inseam_cm,
        foot_length_cm,
        foot_width_cm
    from {{ ref('stg_shop__products') }}
    where style_id is not null and size_label is not null and size_order is not null
),

measured as (
    select
        style_id,
        category_name,
        size_label,
        size_order,
        'length' as measure_code,
        length_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'chest_width' as measure_code,
        chest_width_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'shoulder_width' as measure_code,
        shoulder_width_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'sleeve_length' as measure_code,
        sleeve_length_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'waist' as measure_code,
        waist_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'hip' as measure_code,
        hip_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'inseam' as measure_code,
        inseam_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'foot_length' as measure_code,
        foot_length_cm as measured_cm
    from products

    union all

    select
        style_id,
        category_name,
        size_label,
        size_order,
        'foot_width' as measure_code,
        foot_width_cm as measured_cm
    from products
),

-- Colours of a size that are measured differently say nothing of it.
final as (
    select
        style_id,
        measure_code,
        size_label,
        min(category_name) as category_name,
        min(size_order) as size_order,
        cast(round(min(measured_cm) * 100) as bigint) as measured_hundredths
    from measured
    where measured_cm is not null
    group by style_id, measure_code, size_label
    having min(size_order) = max(size_order) and min(measured_cm) = max(measured_cm)
)

select * from final
