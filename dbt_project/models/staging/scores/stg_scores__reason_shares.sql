with

source as (
    select
        level_code,
        style_id,
        size_label,
        sku,
        month_start_date,
        date_basis_code,
        reason_code,
        reason_system,
        returned_count,
        told_returned_count,
        expected_returned_units,
        corrected_returned_units,
        reason_share,
        low_share,
        high_share,
        label_count
    from {{ source('scores', 'reason_shares') }}
),

renamed as (
    select
        level_code,
        style_id,
        size_label,
        sku,
        date_basis_code,
        reason_code,
        reason_system,
        returned_count,
        told_returned_count,
        expected_returned_units,
        corrected_returned_units,
        reason_share,
        low_share,
        high_share,
        label_count,
        month_start_date
    from source
)

select * from renamed
