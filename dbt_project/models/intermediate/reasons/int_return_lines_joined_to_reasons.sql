with

return_lines as (
    select
        return_line_id,
        reason_system,
        reason_code,
        requested_date
    from {{ ref('int_return_lines_joined_to_receipts') }}
),

inspections as (
    select
        return_line_id,
        reason_system,
        source_reason_code,
        recorded_date
    from {{ ref('int_inspections_narrowed_to_return_lines') }}
),

-- Of a text that was read without doubt, the most probable reason, if it is more probable than
-- not; the others stand in fct_return_reason_readings. A text that a person has to read says
-- nothing yet.
readings as (
    select
        readings.return_line_id,
        codes.source_reason_system,
        codes.source_reason_code,
        codes.recorded_date
    from {{ ref('int_return_lines_joined_to_readings') }} as readings
    left join {{ ref('int_return_lines_read_to_reason_codes') }} as codes
        on
            readings.return_line_id = codes.return_line_id
            and codes.is_most_probable
            and codes.is_decided
            and codes.reason_probability >= {{ decided_probability() }}
),

shop as (
    select
        (select count(*) from inspections) > 0 as has_inspections,
        (select count(*) from readings) > 0 as has_readings
),

-- Once a shop inspects for reasons, or has texts read, a return line without one is counted as
-- such.
all_sources as (
    select
        return_line_id,
        'stated' as reason_source_code,
        reason_system as source_reason_system,
        reason_code as source_reason_code,
        reason_code is not null as is_told,
        requested_date as recorded_date
    from return_lines

    union all

    select
        return_lines.return_line_id,
        'inspected' as reason_source_code,
        inspections.reason_system as source_reason_system,
        inspections.source_reason_code,
        inspections.return_line_id is not null as is_told,
        inspections.recorded_date
    from return_lines
    cross join shop
    left join inspections on return_lines.return_line_id = inspections.return_line_id
    where shop.has_inspections

    union all

    select
        return_lines.return_line_id,
        'classified' as reason_source_code,
        readings.source_reason_system,
        readings.source_reason_code,
        readings.return_line_id is not null as is_told,
        readings.recorded_date
    from return_lines
    cross join shop
    left join readings on return_lines.return_line_id = readings.return_line_id
    where shop.has_readings
),

codes as (
    select
        source_reason_system,
        source_reason_code,
        reason_code,
        reason_system,
        is_reason_mapped,
        is_ambiguous,
        recorded_date
    from {{ ref('int_reason_codes_matched_to_reasons') }}
),

coded as (
    select
        all_sources.return_line_id,
        all_sources.reason_source_code,
        all_sources.source_reason_system,
        all_sources.source_reason_code,
        coalesce(codes.reason_code, 'NONE') as reason_code,
        coalesce(codes.reason_system, 'taxonomy') as reason_system,
        all_sources.is_told,
        all_sources.source_reason_code is not null as is_reason_given,
        coalesce(codes.is_reason_mapped, true) as is_reason_mapped,
        coalesce(codes.is_ambiguous, false) as is_ambiguous
    from all_sources
    left join codes
        on
            all_sources.source_reason_system = codes.source_reason_system
            and all_sources.source_reason_code = codes.source_reason_code
            and all_sources.recorded_date is not distinct from codes.recorded_date
),

reasons as (
    select
        reason_code,
        group_code,
        size_direction_code,
        is_controllable,
        is_size_reason,
        is_expectation_gap
    from {{ ref('stg_kaeru__reasons') }}
),

final as (
    select
        coded.return_line_id,
        coded.reason_source_code,
        coded.reason_code,
        coded.reason_system,
        coded.source_reason_code,
        coded.source_reason_system,
        reasons.group_code,
        reasons.size_direction_code,
        {{ to_reason_state('coded.is_reason_mapped', 'coded.reason_code') }} as reason_state_code,
        coded.is_told,
        coded.is_reason_given,
        coded.is_reason_mapped,
        coded.is_ambiguous,
        coalesce(reasons.is_controllable, false) as is_controllable,
        coalesce(reasons.is_size_reason, false) as is_size_reason,
        coalesce(reasons.is_expectation_gap, false) as is_expectation_gap
    from coded
    left join reasons on coded.reason_code = reasons.reason_code and coded.is_reason_mapped
)

select * from final
