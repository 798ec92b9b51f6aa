with

drafts as (
    select *
    from {{ source('landing', 'policy_drafts') }}
),

final as (
    {{ type_policy_rules('drafts', has_names=true) }}
)

select * from final
