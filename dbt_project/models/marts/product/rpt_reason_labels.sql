with

final as (
    select
        reason_code,
        group_code,
        label_ja_text,
        label_en_text,
        definition_text,
        owner_code,
        second_owner_code,
        fault_side_code,
        size_direction_code,
        is_controllable,
        is_size_reason,
        is_expectation_gap,
        is_changed_by_shop,
        valid_from_date,
        valid_to_date
    from {{ ref('stg_kaeru__reasons') }}
    order by reason_code
)

select * from final
