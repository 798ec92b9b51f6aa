with

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

costs as (
    select
        parameter_name,
        parameter_value
    from {{ ref('int_cost_parameters_chosen_to_shops') }}
),

labour as (
    select
        max(case when parameter_name = 'hourly_wage' then parameter_value end) / 60 as wage,
        max(case when parameter_name = 'refund_entry_minutes' then parameter_value end)
            as entry_minutes,
        max(case when parameter_name = 'second_check_minutes' then parameter_value end)
            as check_minutes,
        max(case when parameter_name = 'transfer_wait_days' then parameter_value end) as wait_days
    from costs
),

refunds as (
    select *
    from {{ ref('int_refunds_followed_to_rails') }}
),

-- Every month, and once more all that the conditions are judged by.
spans as (
    select
        'month' as span_code,
        refunds.refund_id,
        cast(date_trunc('month', refunds.begun_date) as date) as month_start_date
    from refunds

    union all

    select
        'period' as span_code,
        refunds.refund_id,
        null as month_start_date
    from refunds
    cross join months
    where refunds.begun_date between months.first_date and months.last_date
),

joined as (
    select
        spans.span_code,
        spans.month_start_date,
        refunds.*,
        coalesce(refunds.fee_amount, costs.parameter_value) as charged_fee,
        row_number() over (
            partition by refunds.method_code, spans.span_code, spans.month_start_date
            order by refunds.waited_days nulls last, refunds.refund_id
        ) as wait_number,
        count(refunds.waited_days) over (
            partition by refunds.method_code, spans.span_code, spans.month_start_date
        ) as timed_count
    from spans
    inner join refunds on spans.refund_id = refunds.refund_id
    left join costs on refunds.fee_parameter_name = costs.parameter_name
),

-- A fee that neither a refund nor a default tells leaves the sum unknown.
summed as (
    select
        method_code,
        span_code,
        month_start_date,
        count(case when is_paid then 1 end) as refund_count,
        coalesce(sum(case when is_paid then refund_amount end), 0) as refund_amount,
        sum(case when is_ended then coalesce(charged_fee, 0) else 0 end) as charged_fee,
        count(case when is_ended and fee_amount is null then 1 end) as untold_fee_count,
        count(
            case
                when is_ended and charged_fee is null and fee_parameter_name is not null then 1
            end
        ) as unknown_fee_count,
        count(case when is_ended and is_entered_by_hand then 1 end) as entered_count,
        count(case when is_failed then 1 end) as failed_count,
        count(case when not is_ended then 1 end) as open_count,
        min(timed_count) as timed_count,
        min(case when 2 * wait_number >= timed_count then waited_days end) as median_days,
        min(case when 10 * wait_number >= 9 * timed_count then waited_days end) as p90_days
    from joined
    group by method_code, span_code, month_start_date
),

final as (
    select
        summed.method_code,
        summed.span_code,
        summed.refund_count,
        cast(summed.refund_amount as bigint) as refund_amount,
        case
            when summed.unknown_fee_count = 0 then cast(round(summed.charged_fee) as bigint)
        end as fee_amount,
        summed.untold_fee_count,
        summed.entered_count,
        cast(
            round(round(summed.entered_count * labour.entry_minutes * labour.wage, 3)) as bigint
        ) as entry_labour_amount,
        cast(
            round(round(summed.entered_count * labour.check_minutes * labour.wage, 3)) as bigint
        ) as second_check_amount,
        summed.timed_count,
        summed.median_days,
        summed.p90_days,
        case
            when summed.timed_count = 0 and summed.entered_count > 0
                then cast(round(labour.wait_days) as bigint)
        end as assumed_days,
        summed.failed_count,
        summed.open_count,
        summed.month_start_date
    from summed
    cross join labour
    order by summed.span_code, summed.month_start_date nulls last, summed.method_code
)

select * from final
