with

parameters as (
    select
        inspection_minutes,
        settle_minutes,
        shelf_minutes
    from {{ ref('int_cost_parameters_pivoted_to_shops') }}
),

-- Returns of which every moment is known; of what still waits no mean can be told.
finished as (
    select
        received_count,
        shelved_at is not null as is_shelved,
        coalesce(graded_at < received_at, false) as is_graded_before_received,
        {{ to_week_start('received_date') }} as week_start_date,
        received_at,
        greatest(graded_at, received_at) as graded_at,
        greatest(resolved_at, graded_at, received_at) as resolved_at,
        greatest(shelved_at, resolved_at, graded_at, received_at) as shelved_at
    from {{ ref('int_return_lines_matched_to_dispositions') }}
    where
        is_product_return
        and received_at is not null
        and graded_at is not null
        and resolved_at is not null
),

final as (
    select
        finished.is_shelved,
        count(*) as finished_line_count,
        count(case when finished.is_graded_before_received then 1 end)
            as graded_before_received_line_count,
        cast(sum({{ minutes_between('finished.received_at', 'finished.graded_at') }}) as bigint)
            as grading_minutes,
        cast(sum({{ minutes_between('finished.graded_at', 'finished.resolved_at') }}) as bigint)
            as settling_minutes,
        cast(
            coalesce(
                sum(
                    case
                        when finished.is_shelved
                            then {{ minutes_between(
                                'finished.resolved_at', 'finished.shelved_at'
                            ) }}
                    end
                ), 0
            ) as bigint
        ) as shelving_minutes,
        sum(finished.received_count * parameters.inspection_minutes) as inspection_work_minutes,
        sum(parameters.settle_minutes) as settling_work_minutes,
        sum(case when finished.is_shelved then parameters.shelf_minutes else 0.0 end)
            as shelving_work_minutes,
        finished.week_start_date
    from finished
    cross join parameters
    group by finished.is_shelved, finished.week_start_date
    order by finished.week_start_date, finished.is_shelved
)

select * from final
