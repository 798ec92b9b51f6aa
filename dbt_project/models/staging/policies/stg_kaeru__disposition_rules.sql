with

own as (
    select
        grade_code,
        reason_side_code,
        resolution_code,
        stock_action_code,
        next_action_code,
        message_ja,
        message_en,
        cast(refund_ratio as double) as refund_ratio
    from {{ source('landing', 'disposition_rules') }}
),

shipped as (
    select
        grade_code,
        reason_side_code,
        resolution_code,
        stock_action_code,
        next_action_code,
        message_ja,
        message_en,
        refund_ratio
    from {{ ref('disposition_rules') }}
),

-- A table is the shop's or the shipped one, never a mixture.
final as (
    select * from own

    union all

    select * from shipped
    where (select count(*) from own) = 0
)

select * from final
