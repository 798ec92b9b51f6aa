with

shop as (
    select known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

graded as (
    select
        receipts.return_line_id,
        receipts.grade_code,
        receipts.graded_at,
        row_number() over (
            partition by receipts.return_line_id
            order by receipts.graded_at desc nulls last, receipts.grade_code desc
        ) as grade_number
    from {{ ref('stg_shop__return_receipts') }} as receipts
    cross join shop
    where
        receipts.grade_code is not null
        and (receipts.received_at < shop.known_before_at or receipts.is_received_day_unknown)
        and (receipts.graded_at is null or receipts.graded_at < shop.known_before_at)
),

-- The last grade stands; of grades of the same moment the worst.
final as (
    select
        return_line_id,
        grade_code,
        graded_at
    from graded
    where grade_number = 1
)

select * from final
