with

receipts as (
    select
        style_id,
        grade_code,
        arrived_count,
        received_date
    from {{ ref('int_return_receipts_settled_to_stocks') }}
),

final as (
    select
        style_id,
        grade_code,
        cast(sum(arrived_count) as bigint) as arrived_count,
        received_date
    from receipts
    group by style_id, grade_code, received_date
    order by received_date, style_id, grade_code
)

select * from final
