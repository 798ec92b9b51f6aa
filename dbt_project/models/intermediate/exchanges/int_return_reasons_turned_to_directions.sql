with

told as (
    select
        return_line_id,
        reason_source_code,
        group_code,
        size_direction_code,
        {{ name_reason_focus('is_size_reason', 'reason_code') }} as reason_focus_code
    from {{ ref('fct_return_reasons') }}
    where reason_state_code = 'coded'
),

stated as (
    select
        return_line_id,
        group_code,
        size_direction_code,
        reason_focus_code
    from told
    where reason_source_code = 'stated'
),

readings as (
    select
        return_line_id,
        group_code,
        size_direction_code,
        reason_focus_code
    from told
    where reason_source_code = 'classified'
),

-- What the customer chose stands; a reason about size that names no direction takes that of the
-- words.
joined as (
    select
        coalesce(stated.return_line_id, readings.return_line_id) as return_line_id,
        coalesce(stated.reason_focus_code, readings.reason_focus_code) as reason_focus_code,
        coalesce(stated.group_code, readings.group_code) as reason_group_code,
        coalesce(stated.size_direction_code, readings.size_direction_code) as size_direction_code
    from stated
    full join readings on stated.return_line_id = readings.return_line_id
),

final as (
    select
        return_line_id,
        reason_focus_code,
        reason_group_code,
        case when reason_focus_code = 'size' then size_direction_code end as size_direction_code
    from joined
)

select * from final
