with

final as (
    select
        reason_code,
        model_version,
        correction_factor,
        correction_doubt,
        label_count
    from {{ ref('stg_kaeru__reason_corrections') }}
    order by reason_code
)

select * from final
