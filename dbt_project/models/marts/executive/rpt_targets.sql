with

targets as (
    select
        metric_name,
        owner_name,
        period_text,
        target_value
    from {{ ref('stg_shop__targets') }}
),

shop as (
    select substring(cast(as_of_date as string), 1, 7) as current_month_text
    from {{ ref('int_settings_pivoted_to_shops') }}
),

months as (
    select
        substring(cast(calendar_date as string), 1, 7) as month_text,
        sum(refund_amount) as refund_amount
    from {{ ref('rpt_refund_days') }}
    where is_outside_cash and calendar_date is not null
    group by substring(cast(calendar_date as string), 1, 7)
),

covered as (
    select min(month_text) as first_month_text
    from months
),

-- A month without a payout is nothing paid only between the first payout and the as-of day.
final as (
    select
        targets.metric_name,
        targets.owner_name,
        targets.period_text,
        targets.target_value,
        case
            when
                targets.metric_name = 'refund_cash_out'
                and targets.period_text between
                covered.first_month_text and shop.current_month_text
                then cast(coalesce(months.refund_amount, 0) as double)
        end as measured_value,
        targets.period_text = shop.current_month_text as is_current_month
    from targets
    cross join shop
    cross join covered
    left join months on targets.period_text = months.month_text
    order by targets.metric_name, targets.period_text
)

select * from final
