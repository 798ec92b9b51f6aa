with

segments as (
    select
        style_id,
        dimension_code,
        segment_kind_code,
        segment_label,
        delivered_count,
        returned_count,
        developed_millionths,
        small_millionths,
        large_millionths,
        size_millionths,
        small_weighed_millionths,
        large_weighed_millionths
    from {{ ref('int_fit_cells_merged_to_segments') }}
),

styles as (
    select
        style_id,
        min(category_name) as category_name
    from {{ ref('rpt_fit_evidence') }}
    group by style_id
),

final as (
    select
        segments.style_id,
        segments.dimension_code,
        segments.segment_kind_code,
        segments.segment_label,
        styles.category_name,
        segments.delivered_count,
        segments.returned_count,
        {{ from_millionths('segments.small_millionths') }} as small_units,
        {{ from_millionths('segments.large_millionths') }} as large_units,
        {{ from_millionths('segments.size_millionths') }} as size_units,
        {{ from_millionths('segments.developed_millionths') }} as developed_exposure,
        {{ from_millionths('segments.small_weighed_millionths') }} as small_exposure,
        {{ from_millionths('segments.large_weighed_millionths') }} as large_exposure
    from segments
    inner join styles on segments.style_id = styles.style_id
    order by
        segments.style_id,
        segments.dimension_code,
        segments.segment_kind_code,
        segments.segment_label
)

select * from final
