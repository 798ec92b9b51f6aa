with

source as (
    {{ newest_rows(
        source('landing', 'product_actions'),
        keys=['action_id'],
        payload=[
            'style_id', 'opened_on', 'finding', 'action', 'status', 'closed_on',
            'effective_from'
        ]
    ) }}
),

renamed as (
    select
        action_id,
        style_id,
        finding as finding_text,
        action as action_text,
        status as status_name,
        source_system,
        kept_place,
        other_place,
        cast(opened_on as date) as opened_date,
        cast(closed_on as date) as closed_date,
        cast(effective_from as date) as effective_from_date
    from source
)

select * from renamed
