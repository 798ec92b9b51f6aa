with

notes as (
    select
        notes.style_id,
        notes.sku,
        notes.owner_name,
        notes.state_code,
        notes.note_text,
        notes.noted_at
    from {{ ref('stg_shop__worklist_notes') }} as notes
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where notes.noted_at is not null and notes.noted_at < shop.known_before_at
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
