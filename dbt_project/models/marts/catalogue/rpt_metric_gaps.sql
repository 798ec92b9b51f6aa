{%- set gaps = [
    ('waiting_time', 'grading', 'return_receipts.graded_at', 'moments', 'not has_grading_moments'),
    ('waiting_time', 'resolution', 'return_receipts.graded_at', 'moments',
     'not has_grading_moments'),
    ('waiting_time', 'resolution', 'refunds', 'moments', 'not has_settlements'),
    ('waiting_time', 'resale', 'refunds', 'moments', 'not has_settlements'),
    ('waiting_time', 'resale', 'return_receipts.restocked_at', 'moments', 'not has_restocking'),
    ('recovery_rate', 'whole', 'return_receipts.grade', 'grades', 'not has_grades'),
    ('policy_automation', 'whole', 'return_requests.decided_by', 'deciders', 'not has_deciders'),
    ('policy_exceptions', 'whole', 'return_requests.decided_by', 'deciders', 'not has_deciders'),
    ('policy_exceptions', 'whole', 'return_requests.decision_rule_id', 'deciders',
     'is_every_rule_unknown'),
    ('review_minutes_per_request', 'whole', 'return_requests.review_minutes', 'deciders',
     'not has_minutes'),
    ('address_defect_rate', 'whole', 'address_checks.status', 'checks', 'not has_statuses'),
    ('address_auto_resolved', 'whole', 'address_checks.status', 'checks', 'not has_statuses'),
    ('address_auto_resolved', 'whole', 'address_checks.method', 'checks', 'not has_methods'),
    ('address_manual_touch', 'whole', 'address_checks.method', 'checks', 'not has_methods'),
    ('address_check_miss', 'whole', 'address_checks.status', 'checks', 'not has_statuses'),
    ('address_check_miss', 'whole', 'delivery_events.cause', 'checks', 'is_every_cause_unknown'),
] -%}
with

moments as (
    select
        has_grading_moments,
        has_restocking,
        has_settlements
    from {{ ref('int_return_moments_counted_to_shops') }}
),

grades as (
    select has_grades
    from {{ ref('int_return_receipts_counted_to_shops') }}
),

deciders as (
    select
        count(case when decider_code in ('system', 'staff') then 1 end) > 0 as has_deciders,
        count(case when decider_code = 'staff' then 1 end) > 0
        and count(case when decider_code = 'staff' and not is_unjudged then 1 end) = 0
            as is_every_rule_unknown,
        count(case when has_review_minutes then 1 end) > 0 as has_minutes
    from {{ ref('int_return_requests_judged_to_deciders') }}
),

checks as (
    select
        count(case when is_checked then 1 end) > 0 as has_statuses,
        count(case when has_method then 1 end) > 0 as has_methods,
        count(case when is_cause_unknown then 1 end) > 0
        and count(case when has_known_cause then 1 end) = 0 as is_every_cause_unknown
    from {{ ref('int_address_checks_grouped_to_orders') }}
),

gaps as (
    {% for metric, part, missing, relation, condition in gaps -%}
        select
            '{{ metric }}' as metric_name,
            '{{ part }}' as part_code,
            '{{ missing }}' as missing_name
        from {{ relation }}
        where {{ condition }}
        {%- if not loop.last %}

            union all

        {% endif %}
    {%- endfor %}
),

final as (
    select
        metric_name,
        part_code,
        missing_name
    from gaps
    order by metric_name, part_code, missing_name
)

select * from final
