with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

known as (
    select has_settlements
    from {{ ref('int_return_moments_counted_to_shops') }}
),

arrivals as (
    select
        waits.is_resolved,
        waits.resolved_at,
        waits.received_at,
        {{ to_week_start('waits.received_date') }} as week_start_date,
        {{ divide_down(
            minutes_between(
                'waits.received_at',
                'case when waits.is_resolved then waits.resolved_at else shop.known_before_at end'
            ), '60'
        ) }} as whole_hours
    from {{ ref('int_return_lines_matched_to_dispositions') }} as waits
    cross join shop
    cross join known
    where waits.is_product_return and waits.received_at is not null and known.has_settlements
),

-- Settled: the first hour by whose end it was over. Open: the hours that were watched in full.
timed as (
    select
        is_resolved,
        week_start_date,
        case
            when whole_hours is null then null
            when is_resolved and resolved_at > {{ add_hours('received_at', 'whole_hours') }}
                then least(greatest(whole_hours + 1, 0), 337)
            else least(greatest(whole_hours, 0), 337)
        end as waited_hours
    from arrivals
),

final as (
    select
        waited_hours,
        count(case when is_resolved and waited_hours is not null then 1 end) as settled_line_count,
        count(case when not is_resolved then 1 end) as open_line_count,
        count(case when waited_hours is null then 1 end) as unknown_line_count,
        week_start_date
    from timed
    group by waited_hours, week_start_date
    order by week_start_date, waited_hours nulls last
)

select * from final
