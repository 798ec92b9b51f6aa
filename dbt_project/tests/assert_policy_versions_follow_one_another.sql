-- Each version of a policy begins on the day after the one before ended, and the last has no end.
with

versions as (
    select
        policy_id,
        policy_version,
        min(valid_from_date) as valid_from_date,
        max(valid_from_date) as other_from_date,
        min(coalesce(valid_to_date, cast('9999-12-31' as date))) as valid_to_date,
        max(coalesce(valid_to_date, cast('9999-12-31' as date))) as other_to_date
    from {{ ref('stg_kaeru__policy_rules') }}
    group by policy_id, policy_version
),

followed as (
    select
        *,
        lead(valid_from_date) over (
            partition by policy_id
            order by valid_from_date
        ) as next_from_date
    from versions
)

select *
from followed
where
    valid_from_date <> other_from_date
    or valid_to_date <> other_to_date
    or valid_to_date < valid_from_date
    or case
        when next_from_date is null then valid_to_date <> cast('9999-12-31' as date)
        else {{ add_days('valid_to_date', 1) }} <> next_from_date
    end
