with

shop as (
    select
        time_zone_name,
        as_of_date,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

return_lines as (
    select
        return_line_id,
        channel_name,
        has_request and coalesce(decision_code not in ('denied', 'cancelled'), true) as is_awaited,
        received_count,
        event_date as requested_date,
        received_date
    from {{ ref('fct_return_lines') }}
    where is_product_return
),

-- A grade of which nobody says when was given on an unknown day.
gradings as (
    select
        receipts.return_line_id,
        bool_or(
            coalesce(receipts.graded_at < shop.known_before_at, receipts.grade_code is not null)
        ) as is_graded,
        min(
            case
                when receipts.graded_at < shop.known_before_at
                    then {{ to_shop_date('receipts.graded_at', 'shop.time_zone_name') }}
            end
        ) as graded_date
    from {{ ref('stg_shop__return_receipts') }} as receipts
    cross join shop
    where receipts.received_at < shop.known_before_at or receipts.is_received_day_unknown
    group by receipts.return_line_id
),

grades as (
    select
        return_line_id,
        grade_code
    from {{ ref('int_return_receipts_narrowed_to_grades') }}
),

stocks as (
    select
        return_line_id,
        bool_or(is_restocked) as is_restocked,
        bool_and(is_written_off) as is_written_off,
        min(restocked_date) as restocked_date
    from {{ ref('int_return_receipts_settled_to_stocks') }}
    group by return_line_id
),

settlements as (
    select
        return_line_id,
        paid_date as resolved_date
    from {{ ref('fct_refunds') }}
    where is_paid

    union all

    select
        return_line_id,
        shipped_date as resolved_date
    from {{ ref('fct_exchanges') }}
    where is_shipped
),

resolved as (
    select
        return_line_id,
        min(resolved_date) as resolved_date
    from settlements
    group by return_line_id
),

-- What no row of the shop ever says is not waited for: its stage has no row.
known as (
    select
        has_grading_moments,
        has_restocking,
        has_settlements
    from {{ ref('int_return_moments_counted_to_shops') }}
),

joined as (
    select
        return_lines.return_line_id,
        return_lines.channel_name,
        return_lines.is_awaited and return_lines.received_count is not null as is_awaited,
        coalesce(return_lines.received_count > 0, false) as has_arrived,
        coalesce(gradings.is_graded, false) as is_graded,
        resolved.return_line_id is not null as is_resolved,
        coalesce(stocks.is_restocked, false) as is_restocked,
        -- B goes to the outlet, C and X nowhere: these do not wait for the shelf.
        coalesce(grades.grade_code = 'A', true)
        and not coalesce(stocks.is_written_off, false) as is_sellable,
        known.has_settlements,
        known.has_grading_moments,
        known.has_restocking,
        return_lines.requested_date,
        return_lines.received_date,
        gradings.graded_date,
        resolved.resolved_date,
        stocks.restocked_date
    from return_lines
    cross join known
    left join gradings on return_lines.return_line_id = gradings.return_line_id
    left join grades on return_lines.return_line_id = grades.return_line_id
    left join resolved on return_lines.return_line_id = resolved.return_line_id
    left join stocks on return_lines.return_line_id = stocks.return_line_id
),

stages as (
    select
        'arrival' as stage_code,
        return_line_id,
        channel_name,
        has_arrived as is_settled,
        requested_date as began_date,
        received_date as ended_date
    from joined
    where is_awaited

    union all

    select
        'grading' as stage_code,
        return_line_id,
        channel_name,
        is_graded as is_settled,
        received_date as began_date,
        graded_date as ended_date
    from joined
    where has_arrived and has_grading_moments

    union all

    select
        'resolution' as stage_code,
        return_line_id,
        channel_name,
        is_resolved as is_settled,
        graded_date as began_date,
        resolved_date as ended_date
    from joined
    where has_arrived and is_graded and has_grading_moments and has_settlements

    union all

    select
        'resale' as stage_code,
        return_line_id,
        channel_name,
        is_restocked as is_settled,
        resolved_date as began_date,
        restocked_date as ended_date
    from joined
    where has_arrived and is_resolved and is_sellable and has_settlements and has_restocking
),

-- What was done before its turn has waited no day.
final as (
    select
        stages.stage_code,
        stages.return_line_id,
        stages.channel_name,
        stages.is_settled,
        case
            when stages.began_date is null then null
            when stages.is_settled and stages.ended_date is null then null
            when stages.is_settled
                then greatest({{ days_between('stages.began_date', 'stages.ended_date') }}, 0)
            else greatest({{ days_between('stages.began_date', 'shop.as_of_date') }}, 0)
        end as waited_days,
        stages.began_date
    from stages
    cross join shop
)

select * from final
