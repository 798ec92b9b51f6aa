with

labels as (
    select
        size_label,
        size_key_text,
        is_known
    from {{ ref('stg_scores__size_label_keys') }}
),

tolerances as (
    select
        garment_tolerance_hundredths,
        shoe_tolerance_hundredths
    from {{ ref('int_settings_defaulted_to_size_charts') }}
),

verdicts as (
    select
        style_id,
        verdict_code
    from {{ ref('stg_scores__fit_verdicts') }}
),

measured as (
    select
        sizes.style_id,
        sizes.measure_code,
        sizes.size_label,
        sizes.category_name,
        sizes.size_order,
        sizes.measured_hundredths,
        labels.size_key_text
    from {{ ref('int_products_measured_to_sizes') }} as sizes
    inner join labels on sizes.size_label = labels.size_label
),

promised as (
    select
        charts.style_id,
        charts.measure_code,
        charts.size_label,
        charts.basis_code,
        charts.chart_hundredths,
        labels.size_key_text,
        labels.is_known
    from {{ ref('int_size_charts_spread_to_styles') }} as charts
    inner join labels on charts.size_label = labels.size_label
),

-- Labels that mean one size promise one thing, or nothing.
charts as (
    select
        style_id,
        measure_code,
        size_key_text,
        min(size_label) as chart_size_label,
        min(basis_code) as basis_code,
        min(chart_hundredths) as chart_hundredths
    from promised
    group by style_id, measure_code, size_key_text
    having min(chart_hundredths) = max(chart_hundredths)
),

charted as (
    select distinct
        style_id,
        measure_code
    from promised
),

compared as (
    select
        measured.style_id,
        measured.measure_code,
        measured.size_label,
        charts.chart_size_label,
        measured.category_name,
        charts.basis_code,
        case
            when charts.chart_hundredths is not null then 'compared'
            when charted.style_id is not null then 'size_not_in_chart'
            else 'no_chart'
        end as state_code,
        measured.size_order,
        measured.measured_hundredths,
        charts.chart_hundredths,
        case
            when measured.measure_code in ('foot_length', 'foot_width')
                then tolerances.shoe_tolerance_hundredths
            else tolerances.garment_tolerance_hundredths
        end as tolerance_hundredths
    from measured
    cross join tolerances
    left join charts
        on
            measured.style_id = charts.style_id
            and measured.measure_code = charts.measure_code
            and measured.size_key_text = charts.size_key_text
    left join charted
        on
            measured.style_id = charted.style_id
            and measured.measure_code = charted.measure_code
),

-- A label of the chart that nothing is known of is listed, unless the style writes the same one.
unknown as (
    select
        promised.style_id,
        promised.measure_code,
        cast(null as string) as size_label,
        promised.size_label as chart_size_label,
        cast(null as string) as category_name,
        promised.basis_code,
        'unknown_label' as state_code,
        cast(null as bigint) as size_order,
        cast(null as bigint) as measured_hundredths,
        promised.chart_hundredths,
        cast(null as bigint) as tolerance_hundredths
    from promised
    left join measured
        on
            promised.style_id = measured.style_id
            and promised.measure_code = measured.measure_code
            and promised.size_key_text = measured.size_key_text
    where not promised.is_known and measured.style_id is null
),

gathered as (
    select * from compared
    union all
    select * from unknown
),

judged as (
    select
        *,
        measured_hundredths - chart_hundredths as difference_hundredths,
        case
            when measured_hundredths - chart_hundredths <= -tolerance_hundredths then 'small'
            when measured_hundredths - chart_hundredths >= tolerance_hundredths then 'large'
        end as direction_code
    from gathered
),

final as (
    select
        judged.style_id,
        judged.measure_code,
        judged.size_label,
        judged.chart_size_label,
        judged.category_name,
        judged.basis_code,
        judged.state_code,
        judged.direction_code,
        case
            when judged.direction_code is null then null
            when verdicts.verdict_code = 'runs_' || judged.direction_code then 'agrees'
            when verdicts.verdict_code in ('runs_small', 'runs_large') then 'disagrees'
        end as agreement_code,
        judged.size_order,
        judged.measured_hundredths / 100.0 as measured_cm,
        judged.chart_hundredths / 100.0 as chart_cm,
        judged.difference_hundredths / 100.0 as difference_cm,
        judged.tolerance_hundredths / 100.0 as tolerance_cm,
        judged.direction_code is not null as is_beyond_tolerance
    from judged
    left join verdicts on judged.style_id = verdicts.style_id
    order by
        judged.style_id, judged.measure_code, judged.size_order nulls last, judged.size_label,
        judged.chart_size_label
)

select * from final
