with

-- What was accepted on a day nobody knows was accepted before every other day.
debts as (
    select
        return_line_id,
        order_line_id,
        channel_name,
        category_name,
        accepted_count,
        accepted_amount,
        is_credit_wanted,
        first_accepted_date,
        accepted_date,
        next_accepted_date
    from {{ ref('int_return_lines_accepted_to_debts') }}
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
        return_line_id,
        sum(refund_amount) over (
            partition by return_line_id
            order by paid_date nulls first
            rows between unbounded preceding and current row
        ) as paid_amount,
        paid_date,
        lead(paid_date) over (
            partition by return_line_id
            order by paid_date nulls first
        ) as next_paid_date
    from refund_days
),

-- Until the first payment nothing is paid.
unpaid as (
    select
        debts.return_line_id,
        min(refund_days.paid_date) as first_paid_date
    from debts
    left join refund_days on debts.return_line_id = refund_days.return_line_id
    group by debts.return_line_id
    having count(refund_days.return_line_id) = count(refund_days.paid_date)
),

payments as (
    select
        return_line_id,
        paid_amount,
        paid_date,
        next_paid_date
    from paid

    union all

    select
        return_line_id,
        0 as paid_amount,
        null as paid_date,
        first_paid_date as next_paid_date
    from unpaid
),

joined as (
    select
        debts.return_line_id,
        debts.order_line_id,
        debts.channel_name,
        debts.category_name,
        debts.accepted_count,
        debts.accepted_amount,
        payments.paid_amount,
        debts.accepted_amount - payments.paid_amount as unpaid_amount,
        debts.is_credit_wanted,
        debts.first_accepted_date,
        greatest(
            coalesce(debts.accepted_date, payments.paid_date),
            coalesce(payments.paid_date, debts.accepted_date)
        ) as first_date,
        least(
            coalesce(debts.next_accepted_date, payments.next_paid_date),
            coalesce(payments.next_paid_date, debts.next_accepted_date)
        ) as next_date
    from debts
    inner join payments
        on
            debts.return_line_id = payments.return_line_id
            and (
                debts.accepted_date is null
                or payments.next_paid_date is null
                or debts.accepted_date < payments.next_paid_date
            )
            and (
                payments.paid_date is null
                or debts.next_accepted_date is null
                or debts.next_accepted_date > payments.paid_date
            )
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
        return_line_id,
        order_line_id,
        channel_name,
        category_name,
        debt_state_code,
        accepted_count,
        accepted_amount,
        cast(paid_amount as bigint) as paid_amount,
        cast(
            case when debt_state_code in ('unpaid', 'underpaid') then unpaid_amount else 0 end
            as bigint
        ) as outstanding_amount,
        is_credit_wanted,
        first_accepted_date,
        first_date,
        next_date
    from coded
)

select * from final
