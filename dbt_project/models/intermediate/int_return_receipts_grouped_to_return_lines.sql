with

receipts as (
    select
        receipts.return_line_id,
        receipts.source_system,
        receipts.received_count,
        receipts.is_received_day_unknown,
        -- A grade dated after the as-of day is not known yet.
        case
            when receipts.graded_at is null or receipts.graded_at < shop.known_before_at
                then receipts.grade_code
        end as grade_code,
        {{ to_shop_date('receipts.received_at', 'shop.time_zone_name') }} as received_date,
        receipts.received_at
    from {{ ref('stg_shop__return_receipts') }} as receipts
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where receipts.received_at < shop.known_before_at or receipts.is_received_day_unknown
),

judged as (
    select
        *,
        coalesce(grade_code <> 'X', false) as is_accepted
    from receipts
),

final as (
    select
        return_line_id,
        min(source_system) as source_system,
        cast(coalesce(sum(received_count), 0) as bigint) as stated_count,
        cast(coalesce(sum(case when is_accepted then received_count end), 0) as bigint)
            as stated_accepted_count,
        count(case when received_count is null then 1 end) as unstated_receipt_count,
        count(case when received_count is null and is_accepted then 1 end)
            as unstated_accepted_receipt_count,
        min(received_date) as received_date,
        min(received_at) as received_at
    from judged
    group by return_line_id
)

select * from final
