with

landed as (
    select
        return_line_id,
        received_at,
        graded_at,
        grade,
        grader_id,
        source_updated_at,
        file_as_of,
        load_id,
        file_line
    from {{ source('landing', 'return_receipts') }}
    where
        is_filtered is not true
        and grade is not null
        and grader_id is not null
        and graded_at is not null
        and graded_at <> 'unknown'
),

-- A grade that was corrected keeps its moment; one of another moment is another look.
ranked as (
    select
        *,
        row_number() over (
            partition by return_line_id, received_at, graded_at
            order by
                coalesce(nullif(source_updated_at, 'unknown'), file_as_of) desc nulls last,
                grade desc,
                grader_id desc,
                load_id asc,
                file_line asc
        ) as version_number
    from landed
),

renamed as (
    select
        return_line_id,
        grader_id,
        grade as grade_code,
        coalesce(received_at = 'unknown', false) as is_received_day_unknown,
        cast(nullif(received_at, 'unknown') as timestamp) as received_at,
        cast(graded_at as timestamp) as graded_at
    from ranked
    where version_number = 1
)

select * from renamed
