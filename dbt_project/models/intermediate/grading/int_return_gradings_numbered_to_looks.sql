with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

gradings as (
    select
        gradings.return_line_id,
        gradings.received_at,
        trim(gradings.grader_id) as grader_id,
        gradings.grade_code,
        gradings.graded_at
    from {{ ref('stg_shop__return_gradings') }} as gradings
    cross join shop
    where
        trim(gradings.grader_id) <> ''
        and gradings.graded_at < shop.known_before_at
        and (gradings.received_at < shop.known_before_at or gradings.is_received_day_unknown)
),

-- Numbers stand for people: their ids, which may be names, stay out of every mart.
graders as (
    select
        grader_id,
        row_number() over (order by min(graded_at), grader_id) as grader_number
    from gradings
    group by grader_id
),

final as (
    select
        gradings.return_line_id,
        gradings.received_at,
        graders.grader_number,
        gradings.grade_code,
        row_number() over (
            partition by gradings.return_line_id, gradings.received_at
            order by gradings.graded_at, graders.grader_number
        ) as look_number,
        lag(graders.grader_number) over (
            partition by gradings.return_line_id, gradings.received_at
            order by gradings.graded_at, graders.grader_number
        ) as earlier_grader_number,
        lag(gradings.grade_code) over (
            partition by gradings.return_line_id, gradings.received_at
            order by gradings.graded_at, graders.grader_number
        ) as earlier_grade_code,
        gradings.graded_at
    from gradings
    inner join graders on gradings.grader_id = graders.grader_id
)

select * from final
