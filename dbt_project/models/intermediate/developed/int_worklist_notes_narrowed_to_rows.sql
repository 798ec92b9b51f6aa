with

notes as (
    select
        style_id,
        sku,
        owner_name,
        state_code,
        note_text,
        noted_at
    from {{ ref('stg_shop__worklist_notes') }}
    -- A note is about the list, not about the shop's day: one of today stands beside figures up
    -- to yesterday.
    where noted_at is not null
),

ranked as (
    select
        *,
        row_number() over (partition by style_id, sku order by noted_at desc) as note_rank
    from notes
),

final as (
    select
        style_id,
        sku,
        owner_name,
        state_code,
        note_text,
        noted_at
    from ranked
    where note_rank = 1
)

select * from final
