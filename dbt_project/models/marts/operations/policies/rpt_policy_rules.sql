with

rules as (
    select
        policy_id,
        policy_version,
        rule_id,
        effect_code,
        day_basis_code,
        reason_side_code,
        tiers_text,
        resolutions_text,
        shipping_payer_code,
        decision_reason_code,
        message_ja_text,
        message_en_text,
        priority_number,
        max_days,
        max_returns_count,
        has_tiers,
        is_sale,
        is_final_sale,
        is_hygiene,
        is_gift,
        is_unworn_required,
        is_first_day_counted,
        is_catch_all,
        valid_from_date,
        valid_to_date
    from {{ ref('stg_kaeru__policy_rules') }}
),

final as (
    select *
    from rules
    order by policy_id, valid_from_date, priority_number
)

select * from final
