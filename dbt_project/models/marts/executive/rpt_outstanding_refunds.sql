with

debts as (
    select
        as_of_date,
        debt_state_code,
        age_class_code,
        accepted_amount,
        paid_amount,
        outstanding_amount,
        is_current,
        is_credit_wanted
    from {{ ref('int_debts_listed_to_as_of_days') }}
),

final as (
    select
        debt_state_code,
        age_class_code,
        count(*) as return_line_count,
        count(case when outstanding_amount > 0 then 1 end) as outstanding_count,
        cast(sum(accepted_amount) as bigint) as accepted_amount,
        cast(sum(paid_amount) as bigint) as paid_amount,
        cast(
            sum(case when accepted_amount is not null then outstanding_amount end) as bigint
        ) as outstanding_amount,
        cast(sum(accepted_amount - paid_amount - outstanding_amount) as bigint)
            as difference_amount,
        is_credit_wanted,
        is_current,
        as_of_date
    from debts
    group by as_of_date, is_current, debt_state_code, age_class_code, is_credit_wanted
    order by as_of_date, age_class_code, debt_state_code, is_credit_wanted
)

select * from final
