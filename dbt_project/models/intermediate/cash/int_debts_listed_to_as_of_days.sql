with

as_of_days as (
    select
        as_of_date,
        is_current
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

final as (
    select
        as_of_days.as_of_date,
        states.return_line_id,
        states.order_line_id,
        states.channel_name,
        states.category_name,
        states.outstanding_amount,
        as_of_days.is_current
    from {{ ref('int_debts_followed_to_states') }} as states
    inner join as_of_days
        on
            (states.first_date is null or states.first_date <= as_of_days.as_of_date)
            and (states.next_date is null or states.next_date > as_of_days.as_of_date)
    where states.outstanding_amount > 0
)

select * from final
