with

figures as (
    select
        condition_code,
        condition_number,
        missing_name,
        n_count,
        figure_value,
        low,
        high,
        pass_value,
        partial_value,
        is_shown,
        -- Of the shown figure its doubt counts: the lower end of the interval has to pass.
        case
            when n_count = 0 or pass_value is null then true
            when is_shown then coalesce(low >= pass_value, false)
            when bound_code = 'at_least' then coalesce(figure_value >= pass_value, false)
            else coalesce(figure_value <= pass_value, false)
        end as is_passed,
        case
            when n_count = 0 or partial_value is null then true
            when bound_code = 'at_least' then coalesce(figure_value >= partial_value, false)
            else coalesce(figure_value <= partial_value, false)
        end as is_partial,
        first_date,
        last_date
    from {{ ref('rpt_condition_figures') }}
),

judged as (
    select
        condition_code,
        condition_number,
        max(case when is_shown then missing_name end) as shown_missing_name,
        min(missing_name) as missing_name,
        max(case when is_shown then n_count end) as n_count,
        max(case when is_shown then figure_value end) as shown_value,
        max(case when is_shown then low end) as low,
        max(case when is_shown then high end) as high,
        max(case when is_shown then pass_value end) as pass_value,
        max(case when is_shown then partial_value end) as partial_value,
        -- Too little is too little, whatever else is not known.
        bool_or(figure_value is not null and not is_partial) as is_failed,
        bool_or(missing_name is not null) as is_missing,
        bool_and(is_partial) as is_partial,
        bool_and(is_passed) as is_passed,
        min(first_date) as first_date,
        min(last_date) as last_date
    from figures
    group by condition_code, condition_number
),

leaks as (
    select
        condition_number,
        cast(sum(month_amount) as bigint) as month_amount
    from {{ ref('rpt_leak_parts') }}
    group by condition_number
),

states as (
    select
        *,
        case
            when is_passed and not is_missing then 'pass'
            when is_failed then 'fail'
            when is_missing then 'not_measurable'
            when is_partial then 'partial'
            else 'fail'
        end as state_code
    from judged
),

-- No part of the leak belongs to conditions 3 and 5: what passes there leaks nothing, and what does
-- not leaks what nobody can measure without orders that were kept out of it.
final as (
    select
        states.condition_code,
        states.state_code,
        coalesce(states.shown_missing_name, states.missing_name) as missing_name,
        states.condition_number,
        states.n_count,
        states.shown_value as value_share,
        states.low,
        states.high,
        states.pass_value as threshold_share,
        states.partial_value as partial_threshold_share,
        case
            when leaks.condition_number is not null then leaks.month_amount
            when states.state_code = 'pass' then 0
        end as month_amount,
        states.first_date,
        states.last_date
    from states
    left join leaks on states.condition_number = leaks.condition_number
    order by states.condition_number
)

select * from final
