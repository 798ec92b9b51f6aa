with

source as (
    select
        text_sha256,
        model_version,
        language_code,
        direction_code,
        zones_text,
        danger_spans_text,
        is_abstained,
        is_escalated
    from {{ source('landing', 'reason_readings') }}
),

renamed as (
    select
        text_sha256 as text_id,
        model_version,
        language_code,
        direction_code,
        zones_text,
        danger_spans_text,
        is_abstained,
        is_escalated
    from source
)

select * from renamed
