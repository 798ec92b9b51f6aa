with

rules as (
    select
        grade_code,
        reason_side_code,
        resolution_code,
        stock_action_code,
        refund_ratio,
        next_action_code,
        message_ja,
        message_en
    from {{ ref('stg_kaeru__disposition_rules') }}
),

final as (
    select *
    from rules
    order by grade_code, reason_side_code, resolution_code
)

select * from final
