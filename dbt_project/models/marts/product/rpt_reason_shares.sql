with

shares as (
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
    from {{ ref('stg_scores__reason_shares') }}
),

reasons as (
    select
        reason_code,
        group_code
    from {{ ref('stg_kaeru__reasons') }}
),

final as (
    select
        shares.level_code,
        shares.style_id,
        shares.size_label,
        shares.sku,
        shares.date_basis_code,
        shares.reason_code,
        shares.reason_system,
        reasons.group_code,
        shares.returned_count,
        shares.told_returned_count,
        shares.expected_returned_units,
        shares.corrected_returned_units,
        shares.reason_share,
        shares.low_share,
        shares.high_share,
        shares.label_count,
        shares.label_count > 0 as is_corrected,
        shares.month_start_date
    from shares
    left join reasons
        on shares.reason_code = reasons.reason_code and shares.reason_system = 'taxonomy'
    order by shares.level_code, shares.style_id, shares.sku, shares.month_start_date
)

select * from final
