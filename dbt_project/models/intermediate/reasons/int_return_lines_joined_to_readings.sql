with

requests as (
    select
        return_line_id,
        reason_text,
        {{ hash_text('reason_text') }} as text_id
    from {{ ref('stg_shop__return_requests') }}
    where trim(reason_text) <> ''
),

return_lines as (
    select
        return_line_id,
        requested_date
    from {{ ref('int_return_lines_joined_to_receipts') }}
    -- What is asked after the as-of day is not known yet, though the goods may be there.
    where has_request
),

readings as (
    select
        readings.text_id,
        readings.model_version,
        readings.language_code,
        readings.direction_code,
        readings.zones_text,
        readings.danger_spans_text,
        readings.is_abstained,
        readings.is_escalated
    from {{ ref('stg_kaeru__reason_readings') }} as readings
    inner join {{ ref('stg_kaeru__reason_readers') }} as reader
        on readings.model_version = reader.model_version
),

final as (
    select
        return_lines.return_line_id,
        requests.text_id,
        requests.reason_text,
        readings.model_version,
        readings.language_code,
        readings.direction_code,
        readings.zones_text,
        readings.danger_spans_text,
        not readings.is_abstained and not readings.is_escalated as is_decided,
        readings.is_abstained,
        readings.is_escalated,
        return_lines.requested_date
    from return_lines
    inner join requests on return_lines.return_line_id = requests.return_line_id
    inner join readings on requests.text_id = readings.text_id
)

select * from final
