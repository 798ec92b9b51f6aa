-- Every side, kind of goods and state, early, late and very often, under every version: decided by
-- a rule, or for a person to decide, and what is not the customer's side is never denied.
with

flags as (
    select true as flag
    union all
    select false as flag
),

sides as (
    select 'merchant' as reason_side_code
    union all
    select 'statutory' as reason_side_code
    union all
    select 'customer' as reason_side_code
),

ages as (
    select cast(0 as bigint) as since_days
    union all
    select cast(10000 as bigint) as since_days
),

versions as (
    select distinct
        policy_id,
        policy_version,
        valid_from_date
    from {{ ref('stg_kaeru__policy_rules') }}
),

requests as (
    select
        concat_ws(
            '|', versions.policy_id, versions.policy_version, sides.reason_side_code, sale.flag,
            final_sale.flag, hygiene.flag, gift.flag, worn.flag, ages.since_days
        ) as return_line_id,
        versions.policy_id,
        versions.valid_from_date as ordered_date,
        sides.reason_side_code,
        cast(null as varchar) as blocked_code,
        cast(null as varchar) as member_tier_name,
        ages.since_days as returns_90d_count,
        ages.since_days as since_delivered_days,
        ages.since_days as since_shipped_days,
        ages.since_days as since_ordered_days,
        sale.flag as is_sale,
        final_sale.flag as is_final_sale,
        hygiene.flag as is_hygiene,
        gift.flag as is_gift,
        worn.flag as is_worn
    from versions
    cross join sides
    cross join flags as sale
    cross join flags as final_sale
    cross join flags as hygiene
    cross join flags as gift
    cross join flags as worn
    cross join ages
),

policy_rules as (
    select *
    from {{ ref('stg_kaeru__policy_rules') }}
),

decided as (
    {{ decide_requests('requests', 'policy_rules') }}
)

select
    requests.return_line_id,
    decided.effect_code,
    decided.rule_id
from requests
left join decided on requests.return_line_id = decided.return_line_id
where
    decided.effect_code is null
    or (requests.reason_side_code = 'customer' and decided.rule_id is null)
    or (requests.reason_side_code <> 'customer' and decided.effect_code = 'deny')
