-- What the liability holds of accepted returns is never more than what is outstanding: the rest
-- belongs to channels and categories without a delivery in the year before.
with

liabilities as (
    select
        as_of_date,
        sum(accepted_unpaid_amount) as liability_amount
    from {{ ref('rpt_refund_liability') }}
    group by as_of_date
),

outstanding as (
    select
        as_of_date,
        sum(outstanding_amount) as outstanding_amount
    from {{ ref('rpt_outstanding_refunds') }}
    group by as_of_date
)

select liabilities.as_of_date
from liabilities
left join outstanding on liabilities.as_of_date = outstanding.as_of_date
where liabilities.liability_amount > coalesce(outstanding.outstanding_amount, 0)
