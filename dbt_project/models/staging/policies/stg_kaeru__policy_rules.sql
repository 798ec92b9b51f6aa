with

shipped as (
    select
        policy_id,
        version,
        valid_from,
        valid_to,
        rule_id,
        priority,
        effect,
        day_basis,
        counts_first_day,
        max_days,
        reason_side,
        sale,
        final_sale,
        hygiene,
        unworn_required,
        gift,
        tier_min,
        max_returns_90d,
        resolutions,
        shipping_payer,
        reason_code,
        message_ja,
        message_en
    from {{ ref('policy_rules') }}
),

own as (
    select *
    from {{ source('landing', 'policy_rules') }}
),

-- Rules decide by their order: a table is the shop's or the shipped one, never a mixture.
final as (
    {{ type_policy_rules('own') }}

    union all

    {{ type_policy_rules('shipped') }}
    where (select count(*) from own) = 0
)

select * from final
