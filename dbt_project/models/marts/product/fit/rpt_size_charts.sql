with

final as (
    select
        style_id,
        measure_code,
        size_label,
        basis_code,
        chart_hundredths / 100.0 as chart_cm
    from {{ ref('int_size_charts_spread_to_styles') }}
    order by style_id, measure_code, size_label
)

select * from final
