with

as_of_days as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- What was accepted on a day nobody knows was accepted before every as-of day.
debts as (
    select
        as_of_days.as_of_date,
        as_of_days.is_current,
        debts.return_line_id,
        debts.order_line_id,
        debts.channel_name,
        debts.category_name,
        debts.accepted_count,
        debts.accepted_amount,
        debts.is_credit_wanted,
        case
            when debts.first_accepted_date <= as_of_days.as_of_date
                then {{ days_between('debts.first_accepted_date', 'as_of_days.as_of_date') }}
        end as age_days
    from {{ ref('int_return_lines_accepted_to_debts') }} as debts
    inner join as_of_days
        on
            (debts.accepted_date is null or debts.accepted_date <= as_of_days.as_of_date)
            and (
                debts.next_accepted_date is null
                or debts.next_accepted_date > as_of_days.as_of_date
            )
),

refund_days as (
    select
        return_line_id,
        paid_date,
        sum(refund_amount) as refund_amount
    from {{ ref('int_refunds_resolved_to_outcomes') }}
    where is_paid and return_line_id is not null
    group by return_line_id, paid_date
),

paid as (
    select
        debts.as_of_date,
        debts.return_line_id,
        sum(refund_days.refund_amount) as paid_amount
    from debts
    inner join refund_days on debts.return_line_id = refund_days.return_line_id
    where refund_days.paid_date is null or refund_days.paid_date <= debts.as_of_date
    group by debts.as_of_date, debts.return_line_id
),

joined as (
    select
        debts.as_of_date,
        debts.is_current,
        debts.return_line_id,
        debts.order_line_id,
        debts.channel_name,
        debts.category_name,
        debts.accepted_count,
        debts.accepted_amount,
        coalesce(paid.paid_amount, 0) as paid_amount,
        debts.accepted_amount - coalesce(paid.paid_amount, 0) as unpaid_amount,
        debts.is_credit_wanted,
        debts.age_days
    from debts
    left join paid
        on debts.as_of_date = paid.as_of_date and debts.return_line_id = paid.return_line_id
),

-- Up to a yen a unit is the rounding of a discount's allocation and no debt.
coded as (
    select
        *,
        case
            when accepted_amount is null then 'not_measurable'
            when unpaid_amount <= accepted_count and paid_amount > 0 then 'settled'
            when unpaid_amount <= 0 then 'settled'
            when paid_amount > 0 then 'underpaid'
            else 'unpaid'
        end as debt_state_code
    from joined
),

final as (
    select
        as_of_date,
        return_line_id,
        order_line_id,
        channel_name,
        category_name,
        debt_state_code,
        case
            when age_days is null then 'unknown'
            when age_days <= 1 then '0-1'
            when age_days <= 3 then '2-3'
            when age_days <= 7 then '4-7'
            when age_days <= 14 then '8-14'
            when age_days <= 30 then '15-30'
            else '31+'
        end as age_class_code,
        accepted_count,
        accepted_amount,
        cast(paid_amount as bigint) as paid_amount,
        cast(
            case when debt_state_code in ('unpaid', 'underpaid') then unpaid_amount else 0 end
            as bigint
        ) as outstanding_amount,
        age_days,
        is_current,
        is_credit_wanted
    from coded
)

select * from final
