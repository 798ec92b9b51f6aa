with

units as (
    select
        grade_code,
        ruled_action_code,
        moved_action_code,
        arrived_count,
        is_word_unknown,
        cast(date_trunc('month', graded_date) as date) as month_date
    from {{ ref('int_return_receipts_moved_to_stock_actions') }}
),

final as (
    select
        grade_code,
        cast(sum(arrived_count) as bigint) as graded_count,
        cast(
            sum(case when moved_action_code is not null then arrived_count else 0 end) as bigint
        ) as moved_count,
        cast(
            sum(case when moved_action_code = ruled_action_code then arrived_count else 0 end)
            as bigint
        ) as conforming_count,
        cast(sum(case when is_word_unknown then arrived_count else 0 end) as bigint)
            as unknown_word_count,
        month_date
    from units
    group by grade_code, month_date
    order by month_date nulls last, grade_code
)

select * from final
