with

readings as (
    select
        return_line_id,
        text_id,
        model_version,
        source_reason_system,
        source_reason_code,
        language_code,
        direction_code,
        zones_text,
        evidence_spans_text,
        reason_probability,
        is_decided,
        is_abstained,
        is_escalated,
        is_most_probable,
        recorded_date
    from {{ ref('int_return_lines_read_to_reason_codes') }}
),

codes as (
    select
        source_reason_system,
        source_reason_code,
        reason_code,
        reason_system,
        is_reason_mapped,
        recorded_date
    from {{ ref('int_reason_codes_matched_to_reasons') }}
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

return_lines as (
    select
        return_line_id,
        sku,
        style_id,
        channel_name,
        returned_count,
        is_product_return,
        is_counted_in_cohort,
        is_size_bracketed,
        cohort_date,
        event_date
    from {{ ref('fct_return_lines') }}
),

final as (
    select
        readings.return_line_id,
        return_lines.sku,
        return_lines.style_id,
        return_lines.channel_name,
        readings.text_id,
        codes.reason_code,
        codes.reason_system,
        reasons.group_code,
        reasons.size_direction_code,
        {{ to_reason_state('codes.is_reason_mapped', 'codes.reason_code') }} as reason_state_code,
        readings.model_version,
        readings.language_code,
        readings.direction_code,
        readings.zones_text,
        readings.evidence_spans_text,
        readings.reason_probability,
        return_lines.returned_count,
        readings.is_decided,
        readings.is_abstained,
        readings.is_escalated,
        readings.is_most_probable,
        codes.is_reason_mapped,
        coalesce(reasons.is_controllable, false) as is_controllable,
        coalesce(reasons.is_size_reason, false) as is_size_reason,
        coalesce(reasons.is_expectation_gap, false) as is_expectation_gap,
        return_lines.is_product_return,
        return_lines.is_counted_in_cohort,
        return_lines.is_size_bracketed,
        return_lines.cohort_date,
        return_lines.event_date
    from readings
    inner join codes
        on
            readings.source_reason_system = codes.source_reason_system
            and readings.source_reason_code = codes.source_reason_code
            and readings.recorded_date is not distinct from codes.recorded_date
    inner join return_lines on readings.return_line_id = return_lines.return_line_id
    left join reasons on codes.reason_code = reasons.reason_code and codes.is_reason_mapped
)

select * from final
