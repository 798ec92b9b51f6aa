-- To the yen in every month, and every month opens where the one before closed.
with

months as (
    select
        month,
        sum(case when step <> 'closing' then amount else 0 end) as summed_amount,
        sum(case when step = 'opening' then amount else 0 end) as opening_amount,
        sum(case when step = 'closing' then amount else 0 end) as closing_amount,
        count(*) as step_count
    from {{ ref('rpt_roll_forward') }}
    group by month
),

chained as (
    select
        *,
        lag(closing_amount) over (order by month) as previous_closing_amount
    from months
)

select month
from chained
where
    step_count <> 7
    or summed_amount <> closing_amount
    or opening_amount <> coalesce(previous_closing_amount, opening_amount)
