with

charts as (
    select
        style_id,
        brand_name,
        category_name,
        size_label,
        measure_code,
        cast(round(value_cm * 100) as bigint) as chart_hundredths
    from {{ ref('stg_shop__size_charts') }}
),

styles as (
    select
        style_id,
        min(brand_name) as brand_name,
        min(category_name) as category_name
    from {{ ref('stg_shop__products') }}
    where style_id is not null
    group by style_id
),

spread as (
    select
        charts.style_id,
        charts.measure_code,
        charts.size_label,
        charts.chart_hundredths,
        1 as basis_number
    from charts
    inner join styles on charts.style_id = styles.style_id

    union all

    select
        styles.style_id,
        charts.measure_code,
        charts.size_label,
        charts.chart_hundredths,
        case
            when charts.category_name is null then 4
            when charts.brand_name is null then 3
            else 2
        end as basis_number
    from charts
    inner join styles
        on
            (charts.brand_name is null or charts.brand_name = styles.brand_name)
            and (charts.category_name is null or charts.category_name = styles.category_name)
    where charts.style_id is null
),

-- The chart that names most of the style speaks for a measurement alone.
nearest as (
    select
        *,
        min(basis_number) over (partition by style_id, measure_code) as nearest_number
    from spread
),

-- Lines that promise two things of one size say nothing of it.
final as (
    select
        style_id,
        measure_code,
        size_label,
        case min(basis_number)
            when 1 then 'style'
            when 2 then 'brand_category'
            when 3 then 'category'
            else 'brand'
        end as basis_code,
        min(chart_hundredths) as chart_hundredths
    from nearest
    where basis_number = nearest_number
    group by style_id, measure_code, size_label
    having min(chart_hundredths) = max(chart_hundredths)
)

select * from final
