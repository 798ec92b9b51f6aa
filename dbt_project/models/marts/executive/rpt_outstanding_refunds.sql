with

debts as (
    select
        as_of_date,
        debt_state_code,
        age_class_code,
        return_line_count,
        outstanding_count,
        accepted_amount,
        paid_amount,
        outstanding_amount,
        is_current,
        is_credit_wanted
    from {{ ref('int_debts_counted_to_age_classes') }}
),

final as (
    select
        debt_state_code,
        age_class_code,
        return_line_count,
        outstanding_count,
        accepted_amount,
        paid_amount,
        outstanding_amount,
        accepted_amount - paid_amount - outstanding_amount as difference_amount,
        is_credit_wanted,
        is_current,
        as_of_date
    from debts
    order by as_of_date, age_class_code, debt_state_code, is_credit_wanted
)

select * from final
