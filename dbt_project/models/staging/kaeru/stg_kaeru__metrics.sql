with

source as (
    select
        metric_name,
        mart_name,
        numerator_column,
        denominator_column,
        denominator_mart_name,
        denominator_date_column,
        expected_column,
        exposure_column,
        n_column,
        filter,
        whole_dimension,
        date_column,
        dimensions,
        basis,
        unit,
        owner,
        required_entities,
        taxed_entities,
        is_developed,
        label_ja,
        label_en,
        definition_ja,
        definition_en
    from {{ ref('metric_catalogue') }}
),

renamed as (
    select
        metric_name,
        mart_name,
        numerator_column as numerator_column_name,
        denominator_column as denominator_column_name,
        denominator_mart_name,
        denominator_date_column as denominator_date_column_name,
        expected_column as expected_column_name,
        exposure_column as exposure_column_name,
        n_column as n_column_name,
        date_column as date_column_name,
        whole_dimension as whole_dimension_name,
        owner as owner_name,
        basis as basis_code,
        unit as unit_code,
        filter as filter_text,
        dimensions as dimensions_text,
        required_entities as required_entities_text,
        taxed_entities as taxed_entities_text,
        label_ja as label_ja_text,
        label_en as label_en_text,
        definition_ja as definition_ja_text,
        definition_en as definition_en_text,
        is_developed = 'true' as is_developed
    from source
)

select * from renamed
