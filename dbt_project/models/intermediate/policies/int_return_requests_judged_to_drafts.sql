with

names as (
    select draft_name
    from {{ ref('stg_kaeru__policy_drafts') }}
    group by draft_name
),

decisions as (
    select
        return_line_id,
        policy_id,
        effect_code,
        counted_days,
        member_tier_name,
        reason_side_code,
        blocked_code,
        returns_90d_count,
        is_sale,
        is_final_sale,
        is_hygiene,
        is_gift,
        is_worn,
        since_delivered_days,
        since_shipped_days,
        since_ordered_days,
        ordered_date
    from {{ ref('fct_return_decisions') }}
),

-- Every draft decides every request in one pass: the name of a draft, in which no file can have a
-- slash, stands before the policy and before the request.
asked as (
    select
        names.draft_name,
        decisions.return_line_id as asked_return_line_id,
        decisions.effect_code as now_effect_code,
        decisions.counted_days as now_counted_days,
        concat(names.draft_name, '/', decisions.return_line_id) as return_line_id,
        concat(names.draft_name, '/', decisions.policy_id) as policy_id,
        decisions.member_tier_name,
        decisions.reason_side_code,
        decisions.blocked_code,
        decisions.returns_90d_count,
        decisions.is_sale,
        decisions.is_final_sale,
        decisions.is_hygiene,
        decisions.is_gift,
        decisions.is_worn,
        decisions.since_delivered_days,
        decisions.since_shipped_days,
        decisions.since_ordered_days,
        decisions.ordered_date
    from names
    cross join decisions
),

tried as (
    select
        concat(draft_name, '/', policy_id) as policy_id,
        policy_version,
        rule_id,
        effect_code,
        day_basis_code,
        reason_side_code,
        tiers_text,
        resolutions_text,
        shipping_payer_code,
        decision_reason_code,
        priority_number,
        max_days,
        max_returns_count,
        has_tiers,
        is_sale,
        is_final_sale,
        is_hygiene,
        is_gift,
        is_unworn_required,
        is_first_day_counted,
        is_catch_all,
        valid_from_date,
        valid_to_date
    from {{ ref('stg_kaeru__policy_drafts') }}
),

judged as (
    {{ decide_requests('asked', 'tried') }}
),

final as (
    select
        asked.draft_name,
        asked.asked_return_line_id as return_line_id,
        asked.reason_side_code,
        asked.now_effect_code,
        judged.effect_code as new_effect_code,
        judged.rule_id as new_rule_id,
        asked.now_counted_days,
        asked.now_effect_code <> 'deny' and judged.effect_code = 'deny' as is_newly_denied,
        asked.now_effect_code <> 'approve' and judged.effect_code = 'approve' as is_newly_approved
    from asked
    inner join judged on asked.return_line_id = judged.return_line_id
)

select * from final
