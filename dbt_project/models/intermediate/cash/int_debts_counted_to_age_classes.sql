with

as_of_days as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- Days are few where debts are many.
states as (
    select
        debt_state_code,
        count(*) as return_line_count,
        count(case when outstanding_amount > 0 then 1 end) as outstanding_count,
        sum(accepted_amount) as accepted_amount,
        sum(paid_amount) as paid_amount,
        sum(outstanding_amount) as outstanding_amount,
        is_credit_wanted,
        first_accepted_date,
        first_date,
        next_date
    from {{ ref('int_debts_followed_to_states') }}
    group by
        debt_state_code, is_credit_wanted, first_accepted_date, first_date, next_date
),

aged as (
    select
        as_of_days.as_of_date,
        states.debt_state_code,
        states.return_line_count,
        states.outstanding_count,
        states.accepted_amount,
        states.paid_amount,
        states.outstanding_amount,
        case
            when states.first_accepted_date <= as_of_days.as_of_date
                then {{ days_between('states.first_accepted_date', 'as_of_days.as_of_date') }}
        end as age_days,
        as_of_days.is_current,
        states.is_credit_wanted
    from states
    inner join as_of_days
        on
            (states.first_date is null or states.first_date <= as_of_days.as_of_date)
            and (states.next_date is null or states.next_date > as_of_days.as_of_date)
),

classed as (
    select
        *,
        case
            when age_days is null then 'unknown'
            when age_days <= 1 then '0-1'
            when age_days <= 3 then '2-3'
            when age_days <= 7 then '4-7'
            when age_days <= 14 then '8-14'
            when age_days <= 30 then '15-30'
            else '31+'
        end as age_class_code
    from aged
),

final as (
    select
        as_of_date,
        debt_state_code,
        age_class_code,
        cast(sum(return_line_count) as bigint) as return_line_count,
        cast(sum(outstanding_count) as bigint) as outstanding_count,
        cast(sum(accepted_amount) as bigint) as accepted_amount,
        cast(sum(paid_amount) as bigint) as paid_amount,
        cast(
            sum(case when accepted_amount is not null then outstanding_amount end) as bigint
        ) as outstanding_amount,
        is_current,
        is_credit_wanted
    from classed
    group by as_of_date, is_current, debt_state_code, age_class_code, is_credit_wanted
)

select * from final
