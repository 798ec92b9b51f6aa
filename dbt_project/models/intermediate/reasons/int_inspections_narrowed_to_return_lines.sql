with

receipts as (
    select
        receipts.return_line_id,
        receipts.source_system as reason_system,
        receipts.inspected_reason_code as source_reason_code,
        {{ to_shop_date(
            'coalesce(receipts.graded_at, receipts.received_at)', 'shop.time_zone_name'
        ) }} as recorded_date,
        receipts.received_at,
        receipts.graded_at
    from {{ ref('stg_shop__return_receipts') }} as receipts
    cross join {{ ref('int_settings_pivoted_to_shops') }} as shop
    where
        trim(receipts.inspected_reason_code) <> ''
        and (receipts.received_at < shop.known_before_at or receipts.is_received_day_unknown)
        -- What an inspection after the as-of day found is not known yet.
        and (receipts.graded_at is null or receipts.graded_at < shop.known_before_at)
),

-- Several arrivals of one return line: the inspection that was made last speaks for all.
ranked as (
    select
        return_line_id,
        reason_system,
        source_reason_code,
        recorded_date,
        row_number() over (
            partition by return_line_id
            order by
                coalesce(graded_at, received_at) desc nulls last,
                received_at desc nulls last,
                source_reason_code asc,
                reason_system asc
        ) as place_number
    from receipts
),

final as (
    select
        return_line_id,
        reason_system,
        source_reason_code,
        recorded_date
    from ranked
    where place_number = 1
)

select * from final
