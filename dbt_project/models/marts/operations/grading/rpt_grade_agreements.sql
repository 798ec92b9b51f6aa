with

-- The second pair of eyes: the same unit, graded again by somebody else.
seconds as (
    select
        earlier_grade_code as first_grade_code,
        grade_code as second_grade_code
    from {{ ref('int_return_gradings_numbered_to_looks') }}
    where earlier_grader_number <> grader_number
),

final as (
    select
        first_grade_code,
        second_grade_code,
        count(*) as graded_twice_count
    from seconds
    group by first_grade_code, second_grade_code
    order by first_grade_code, second_grade_code
)

select * from final
