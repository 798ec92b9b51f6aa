with

requests as (
    select *
    from {{ ref('int_return_requests_joined_to_terms') }}
),

policy_rules as (
    select *
    from {{ ref('stg_kaeru__policy_rules') }}
),

final as (
    {{ decide_requests('requests', 'policy_rules') }}
)

select * from final
