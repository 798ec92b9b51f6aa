with

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

losses as (
    select
        return_line_id,
        outcome_code,
        service_amount,
        loss_amount
    from {{ ref('int_return_lines_charged_to_losses') }}
),

-- What a shorter window could refuse: approved by a rule, on the customer's side, not refused yet.
requests as (
    select
        decisions.counted_days,
        losses.outcome_code,
        losses.service_amount,
        losses.loss_amount
    from {{ ref('fct_return_decisions') }} as decisions
    inner join months on decisions.event_date between months.first_date and months.last_date
    inner join losses on decisions.return_line_id = losses.return_line_id
    where
        decisions.reason_side_code = 'customer'
        and decisions.effect_code = 'approve'
        and decisions.counted_days is not null
        and coalesce(decisions.recorded_decision_code, '') <> 'denied'
),

-- A refused request is still answered.
daily as (
    select
        counted_days,
        count(*) as request_line_count,
        count(case when outcome_code = 'refunded' then 1 end) as refund_line_count,
        count(case when outcome_code = 'exchanged' then 1 end) as exchange_line_count,
        count(*) - count(loss_amount) as uncosted_line_count,
        coalesce(sum(loss_amount - service_amount), 0) as avoidable_amount
    from requests
    group by counted_days
),

-- A window that ends before a day refuses that day and every later one.
summed as (
    select
        counted_days,
        request_line_count,
        refund_line_count,
        exchange_line_count,
        sum(request_line_count) over (
            order by counted_days desc
            rows between unbounded preceding and current row
        ) as refused_line_count,
        sum(uncosted_line_count) over (
            order by counted_days desc
            rows between unbounded preceding and current row
        ) as uncosted_line_count,
        sum(avoidable_amount) over (
            order by counted_days desc
            rows between unbounded preceding and current row
        ) as avoidable_amount
    from daily
),

whole as (
    select request_line_count
    from {{ ref('rpt_what_if_baseline') }}
),

final as (
    select
        summed.counted_days,
        summed.request_line_count,
        summed.refund_line_count,
        summed.exchange_line_count,
        cast(summed.refused_line_count as bigint) as refused_line_count,
        {{ bound_of_share('summed.refused_line_count', 'whole.request_line_count', '-') }}
            as low_refused_share,
        {{ bound_of_share('summed.refused_line_count', 'whole.request_line_count', '+') }}
            as high_refused_share,
        cast(case when summed.uncosted_line_count = 0 then summed.avoidable_amount end as bigint)
            as avoidable_amount
    from summed
    cross join whole
    order by summed.counted_days
)

select * from final
