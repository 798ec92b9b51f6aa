-- Every grade, side and resolution: exactly one rule.
with

grades as (
    select 'A' as grade_code
    union all
    select 'B' as grade_code
    union all
    select 'C' as grade_code
    union all
    select 'X' as grade_code
),

sides as (
    select 'merchant' as reason_side_code
    union all
    select 'customer' as reason_side_code
    union all
    select 'statutory' as reason_side_code
),

resolutions as (
    select 'refund' as resolution_code
    union all
    select 'exchange' as resolution_code
    union all
    select 'credit' as resolution_code
    union all
    select 'none' as resolution_code
)

select
    grades.grade_code,
    sides.reason_side_code,
    resolutions.resolution_code,
    count(rules.next_action_code) as rule_count
from grades
cross join sides
cross join resolutions
left join {{ ref('stg_kaeru__disposition_rules') }} as rules
    on
        grades.grade_code = rules.grade_code
        and sides.reason_side_code = rules.reason_side_code
        and resolutions.resolution_code = rules.resolution_code
group by grades.grade_code, sides.reason_side_code, resolutions.resolution_code
having count(rules.next_action_code) <> 1
