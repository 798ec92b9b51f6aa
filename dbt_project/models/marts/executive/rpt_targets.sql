with

targets as (
    select
        metric_name,
        owner_name,
        period_text,
        target_value,
        period_text like '____-__' and substring(period_text, 6, 2) between '01' and '12'
            as is_month
    from {{ ref('stg_shop__targets') }}
),

shop as (
    select substring(cast(as_of_date as string), 1, 7) as current_month_text
    from {{ ref('int_settings_pivoted_to_shops') }}
),

cash_months as (
    select
        substring(cast(calendar_date as string), 1, 7) as month_text,
        sum(refund_amount) as refund_amount
    from {{ ref('rpt_refund_days') }}
    where is_outside_cash and calendar_date is not null
    group by substring(cast(calendar_date as string), 1, 7)
),

covered as (
    select min(month_text) as first_month_text
    from cash_months
),

exchange_months as (
    select
        substring(cast(calendar_date as string), 1, 7) as month_text,
        cast(sum(exchanged_line_count) as double) / nullif(sum(resolved_line_count), 0)
            as exchange_rate,
        cast(sum(retained_gross_amount) as double) / nullif(sum(resolved_net_amount), 0)
            as retained_revenue_gross
    from {{ ref('rpt_exchange_days') }}
    where calendar_date is not null
    group by substring(cast(calendar_date as string), 1, 7)
),

episode_months as (
    select
        substring(cast(cohort_month_date as string), 1, 7) as month_text,
        cast(sum(developed_retained_durable_amount) as double)
        / nullif(sum(developed_delivered_net_amount), 0) as retained_revenue_durable
    from {{ ref('rpt_episode_months') }}
    where cohort_month_date is not null
    group by substring(cast(cohort_month_date as string), 1, 7)
),

-- As-of days are month ends, and the run's own day in its month.
outstanding_months as (
    select
        substring(cast(as_of_date as string), 1, 7) as month_text,
        sum(outstanding_amount) as outstanding_amount
    from {{ ref('rpt_outstanding_refunds') }}
    group by substring(cast(as_of_date as string), 1, 7)
),

-- A month in which any part is not measurable has no liability.
liability_months as (
    select
        substring(cast(as_of_date as string), 1, 7) as month_text,
        case
            when count(*) = count(refund_liability_amount) then sum(refund_liability_amount)
        end as refund_liability_amount,
        case when count(*) = count(return_asset_amount) then sum(return_asset_amount) end
            as return_asset_amount
    from {{ ref('rpt_refund_liability') }}
    group by substring(cast(as_of_date as string), 1, 7)
),

measured as (
    select
        'exchange_rate' as metric_name,
        month_text,
        exchange_rate as measured_value
    from exchange_months

    union all

    select
        'retained_revenue_gross' as metric_name,
        month_text,
        retained_revenue_gross as measured_value
    from exchange_months

    union all

    select
        'retained_revenue_durable' as metric_name,
        month_text,
        retained_revenue_durable as measured_value
    from episode_months

    union all

    select
        'outstanding_refunds' as metric_name,
        month_text,
        cast(outstanding_amount as double) as measured_value
    from outstanding_months

    union all

    select
        'refund_liability' as metric_name,
        month_text,
        cast(refund_liability_amount as double) as measured_value
    from liability_months

    union all

    select
        'return_asset' as metric_name,
        month_text,
        cast(return_asset_amount as double) as measured_value
    from liability_months
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
                and targets.is_month
                and targets.period_text between
                covered.first_month_text and shop.current_month_text
                then cast(coalesce(cash_months.refund_amount, 0) as double)
            when targets.period_text <= shop.current_month_text then measured.measured_value
        end as measured_value,
        targets.period_text = shop.current_month_text as is_current_month
    from targets
    cross join shop
    cross join covered
    left join cash_months on targets.period_text = cash_months.month_text
    left join measured
        on
            targets.metric_name = measured.metric_name
            and targets.period_text = measured.month_text
    order by targets.metric_name, targets.period_text
)

select * from final
