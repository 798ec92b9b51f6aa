with

usable as (
    select
        draft_name,
        count(*) as rule_count
    from {{ ref('stg_kaeru__policy_drafts') }}
    group by draft_name
),

final as (
    select
        draft_name,
        rule_count,
        true as is_usable,
        cast(null as string) as message_ja_text,
        cast(null as string) as message_en_text
    from usable

    union all

    select
        draft_name,
        0 as rule_count,
        false as is_usable,
        message_ja_text,
        message_en_text
    from {{ ref('stg_kaeru__refused_policy_drafts') }}
)

select * from final
order by draft_name
