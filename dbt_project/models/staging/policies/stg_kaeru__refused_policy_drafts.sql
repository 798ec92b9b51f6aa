with

refused as (
    select
        draft_name,
        message_ja as message_ja_text,
        message_en as message_en_text
    from {{ source('landing', 'refused_policy_drafts') }}
)

select * from refused
