with

source as (
    {{ newest_rows(
        source('landing', 'return_receipts'),
        keys=['return_line_id', 'received_at'],
        payload=[
            'quantity', 'graded_at', 'grade', 'grader_id', 'disposition', 'restocked_at',
            'inspected_reason', 'note'
        ]
    ) }}
),

renamed as (
    select
        return_line_id,
        grader_id,
        inspected_reason as inspected_reason_code,
        grade as grade_code,
        disposition as disposition_name,
        note as note_text,
        source_system,
        cast(quantity as bigint) as received_count,
        kept_place,
        other_place,
        coalesce(received_at = 'unknown', false) as is_received_day_unknown,
        cast(nullif(received_at, 'unknown') as timestamp) as received_at,
        cast(nullif(graded_at, 'unknown') as timestamp) as graded_at,
        cast(nullif(restocked_at, 'unknown') as timestamp) as restocked_at
    from source
)

select * from renamed
