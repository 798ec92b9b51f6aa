with

metrics as (
    select
        metric_name,
        mart_name,
        numerator_column_name,
        denominator_column_name,
        denominator_mart_name,
        denominator_date_column_name,
        expected_column_name,
        exposure_column_name,
        n_column_name,
        date_column_name,
        whole_dimension_name,
        owner_name,
        basis_code,
        unit_code,
        filter_text,
        dimensions_text,
        required_entities_text,
        taxed_entities_text,
        label_ja_text,
        label_en_text,
        definition_ja_text,
        definition_en_text,
        is_developed
    from {{ ref('stg_kaeru__metrics') }}
),

final as (
    select *
    from metrics
    order by metric_name
)

select * from final
