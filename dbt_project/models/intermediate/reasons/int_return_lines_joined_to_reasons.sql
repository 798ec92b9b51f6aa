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

shop as (
    select count(*) > 0 as has_inspections
    from inspections
),

-- Once a shop inspects for reasons, a return line without one is counted as such.
both_sources as (
    select
        return_line_id,
        'stated' as reason_source_code,
        reason_system as source_reason_system,
        reason_code as source_reason_code,
        requested_date as recorded_date
    from return_lines

    union all

    select
        return_lines.return_line_id,
        'inspected' as reason_source_code,
        inspections.reason_system as source_reason_system,
        inspections.source_reason_code,
        inspections.recorded_date
    from return_lines
    cross join shop
    left join inspections on return_lines.return_line_id = inspections.return_line_id
    where shop.has_inspections
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
        both_sources.return_line_id,
        both_sources.reason_source_code,
        both_sources.source_reason_system,
        both_sources.source_reason_code,
        coalesce(codes.reason_code, 'NONE') as reason_code,
        coalesce(codes.reason_system, 'taxonomy') as reason_system,
        both_sources.source_reason_code is not null as is_reason_given,
        coalesce(codes.is_reason_mapped, true) as is_reason_mapped,
        coalesce(codes.is_ambiguous, false) as is_ambiguous
    from both_sources
    left join codes
        on
            both_sources.source_reason_system = codes.source_reason_system
            and both_sources.source_reason_code = codes.source_reason_code
            and both_sources.recorded_date is not distinct from codes.recorded_date
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
        case
            when not coded.is_reason_mapped then 'unmapped'
            when coded.reason_code = 'NONE' then 'none'
            when coded.reason_code = 'OTHER' then 'other'
            else 'coded'
        end as reason_state_code,
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
