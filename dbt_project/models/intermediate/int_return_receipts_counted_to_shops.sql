with

final as (
    select
        count(*) > 0 as has_receipts,
        count(grade_code) > 0 as has_grades
    from {{ ref('stg_shop__return_receipts') }}
)

select * from final
