with

rules as (
    select
        policy_id,
        policy_version,
        rule_id,
        effect_code,
        decision_reason_code,
        message_ja_text,
        message_en_text,
        priority_number,
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
