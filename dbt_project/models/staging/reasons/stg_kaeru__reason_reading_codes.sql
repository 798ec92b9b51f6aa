with

source as (
    select
        text_sha256,
        model_version,
        reason_code,
        reason_probability,
        evidence_spans_text
    from {{ source('landing', 'reason_reading_codes') }}
),

renamed as (
    select
        text_sha256 as text_id,
        model_version,
        reason_code,
        evidence_spans_text,
        reason_probability
    from source
)

select * from renamed
