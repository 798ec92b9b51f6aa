with

source as (
    {{ newest_rows(
        source('landing', 'worklist_notes'),
        keys=['style_id', 'sku', 'noted_at'],
        payload=['owner', 'state', 'note']
    ) }}
),

renamed as (
    select
        style_id,
        nullif(sku, '*') as sku,
        owner as owner_name,
        state as state_code,
        note as note_text,
        source_system,
        kept_place,
        other_place,
        cast(nullif(noted_at, 'unknown') as timestamp) as noted_at
    from source
)

select * from renamed
