with

source as (
    select
        style_id,
        verdict_code,
        diagnosis_code,
        from_size_label,
        to_size_label,
        order_basis_code,
        unknown_labels_text,
        small_probability,
        large_probability,
        swap_probability,
        verdict_probability,
        needed_count,
        more_deliveries_count
    from {{ source('scores', 'fit_verdicts') }}
),

renamed as (
    select
        style_id,
        verdict_code,
        diagnosis_code,
        from_size_label,
        to_size_label,
        order_basis_code,
        unknown_labels_text,
        small_probability,
        large_probability,
        swap_probability,
        verdict_probability,
        needed_count,
        more_deliveries_count
    from source
)

select * from renamed
