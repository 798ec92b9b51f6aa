with

return_lines as (
    select
        return_line_id,
        text_id,
        model_version,
        language_code,
        direction_code,
        zones_text,
        is_decided,
        is_abstained,
        is_escalated,
        requested_date
    from {{ ref('int_return_lines_joined_to_readings') }}
),

codes as (
    select
        text_id,
        model_version,
        reason_code,
        evidence_spans_text,
        reason_probability,
        row_number() over (
            partition by text_id, model_version
            order by reason_probability desc, reason_code asc
        ) as place_number
    from {{ ref('stg_kaeru__reason_reading_codes') }}
),

final as (
    select
        return_lines.return_line_id,
        return_lines.text_id,
        return_lines.model_version,
        'taxonomy' as source_reason_system,
        codes.reason_code as source_reason_code,
        return_lines.language_code,
        return_lines.direction_code,
        return_lines.zones_text,
        codes.evidence_spans_text,
        codes.reason_probability,
        return_lines.is_decided,
        return_lines.is_abstained,
        return_lines.is_escalated,
        codes.place_number = 1 as is_most_probable,
        return_lines.requested_date as recorded_date
    from return_lines
    inner join codes
        on
            return_lines.text_id = codes.text_id
            and return_lines.model_version = codes.model_version
)

select * from final
