with

as_of_days as (
    select
        as_of_date,
        cast(date_trunc('month', as_of_date) as date) as month_start_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- A day on which any part is not measurable has no liability.
liabilities as (
    select
        as_of_date,
        sum(refund_liability_amount) as liability_amount
    from {{ ref('rpt_refund_liability') }}
    group by as_of_date
    having count(*) = count(refund_liability_amount)
),

movements as (
    select
        as_of_date,
        sum(new_sales_amount) as new_sales_amount,
        -- Where more came back than was expected nothing is released.
        sum(-greatest(expected_emerged_amount - emerged_amount, 0)) as released_amount
    from {{ ref('int_cohorts_estimated_to_liabilities') }}
    group by as_of_date
),

months as (
    select
        as_of_days.as_of_date,
        as_of_days.month_start_date,
        {{ add_days('as_of_days.month_start_date', -1) }} as opening_date
    from as_of_days
),

refund_days as (
    select
        cast(date_trunc('month', paid_date) as date) as month_start_date,
        sum(refund_amount) as refund_amount
    from {{ ref('fct_refunds') }}
    where is_paid and paid_date is not null
    group by cast(date_trunc('month', paid_date) as date)
),

closings as (
    select
        month_text,
        metric_name,
        closing_amount
    from {{ ref('stg_kaeru__closings') }}
    where
        month_text <= (
            select substring(cast(max(as_of_days.as_of_date) as string), 1, 7)
            from as_of_days
        )
),

last_closing as (
    select max(month_text) as month_text
    from closings
    where metric_name = 'refund_liability'
),

refunds_until as (
    select
        months.as_of_date,
        sum(refund_days.refund_amount) as refund_amount
    from months
    inner join refund_days on months.month_start_date >= refund_days.month_start_date
    group by months.as_of_date
),

joined as (
    select
        substring(cast(months.month_start_date as string), 1, 7) as month_text,
        coalesce(closed_openings.closing_amount, openings.liability_amount) as opening_amount,
        movements.new_sales_amount,
        -coalesce(refund_days.refund_amount, 0) as refunded_amount,
        movements.released_amount,
        -- What was paid in closed months and landed after they were closed.
        case
            when closed_refunds.closing_amount is not null
                then closed_refunds.closing_amount - coalesce(refunds_until.refund_amount, 0)
            else 0
        end as late_amount,
        closings_now.liability_amount as closing_amount
    from months
    inner join liabilities as closings_now on months.as_of_date = closings_now.as_of_date
    inner join movements on months.as_of_date = movements.as_of_date
    left join liabilities as openings on months.opening_date = openings.as_of_date
    left join refund_days on months.month_start_date = refund_days.month_start_date
    left join refunds_until on months.opening_date = refunds_until.as_of_date
    left join closings as closed_openings
        on
            closed_openings.metric_name = 'refund_liability'
            and substring(cast(months.opening_date as string), 1, 7) = closed_openings.month_text
    left join closings as closed_refunds
        on
            closed_refunds.metric_name = 'refunds_to_date'
            and substring(cast(months.opening_date as string), 1, 7) = closed_refunds.month_text
    -- What was closed opens the next month, whether or not it can be measured today.
    where coalesce(closed_openings.closing_amount, openings.liability_amount) is not null
),

-- A closed month stands as it was closed; what lies before it and is open would not lead to it.
open_months as (
    select
        joined.month_text,
        joined.opening_amount,
        joined.new_sales_amount,
        joined.refunded_amount,
        joined.released_amount,
        joined.late_amount,
        joined.closing_amount
    from joined
    cross join last_closing
    where joined.month_text > coalesce(last_closing.month_text, '')
),

steps as (
    select
        month_text,
        'opening' as step,
        opening_amount as amount
    from open_months

    union all

    select
        month_text,
        'new_sales' as step,
        new_sales_amount as amount
    from open_months

    union all

    select
        month_text,
        'refunds' as step,
        refunded_amount as amount
    from open_months

    union all

    select
        month_text,
        'releases' as step,
        released_amount as amount
    from open_months

    union all

    select
        month_text,
        're_estimates' as step,
        closing_amount - opening_amount - new_sales_amount - refunded_amount - released_amount
        - late_amount as amount
    from open_months

    union all

    select
        month_text,
        'late_data' as step,
        late_amount as amount
    from open_months

    union all

    select
        month_text,
        'closing' as step,
        closing_amount as amount
    from open_months

    union all

    select
        month_text,
        substring(metric_name, 14, 20) as step,
        closing_amount as amount
    from closings
    where substring(metric_name, 1, 13) = 'roll_forward_'
),

final as (
    select
        steps.month_text as month,  -- noqa: RF04
        steps.step,
        cast(steps.amount as bigint) as amount,
        steps.month_text <= coalesce(last_closing.month_text, '') as is_closed
    from steps
    cross join last_closing
    order by steps.month_text, steps.step
)

select * from final
