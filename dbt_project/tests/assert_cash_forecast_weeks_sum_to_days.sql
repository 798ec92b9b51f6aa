-- The eight weeks, and their sum, are the days over all methods.
with

days as (
    select
        as_of_date,
        sum(forecast_amount) as forecast_amount
    from {{ ref('rpt_cash_forecast') }}
    group by as_of_date
),

weeks as (
    select
        as_of_date,
        sum(case when week_number > 0 then forecast_amount else 0 end) as forecast_amount,
        sum(case when week_number = 0 then forecast_amount else 0 end) as whole_amount
    from {{ ref('rpt_cash_forecast_weeks') }}
    group by as_of_date
)

select
    days.as_of_date,
    weeks.as_of_date as week_as_of_date
from days
full join weeks on days.as_of_date = weeks.as_of_date
where
    days.forecast_amount is distinct from weeks.forecast_amount
    or days.forecast_amount is distinct from weeks.whole_amount
