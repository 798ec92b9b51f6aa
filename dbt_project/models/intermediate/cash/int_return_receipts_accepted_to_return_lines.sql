with

shop as (
    select
        shops.time_zone_name,
        shops.known_before_at,
        receipt_counts.has_grades
    from {{ ref('int_settings_pivoted_to_shops') }} as shops
    cross join {{ ref('int_return_receipts_counted_to_shops') }} as receipt_counts
),

-- Accepted is what was graded other than X; where nothing is graded, what arrived.
receipts as (
    select
        receipts.return_line_id,
        receipts.received_count,
        case
            when shop.has_grades then coalesce(receipts.graded_at, receipts.received_at)
            else receipts.received_at
        end as accepted_at,
        not shop.has_grades or coalesce(receipts.grade_code <> 'X', false) as is_accepted,
        shop.time_zone_name,
        shop.known_before_at
    from {{ ref('stg_shop__return_receipts') }} as receipts
    cross join shop
    where receipts.received_at < shop.known_before_at or receipts.is_received_day_unknown
),

known as (
    select
        return_line_id,
        received_count,
        -- A grade that is not known yet leaves its receipt unaccepted.
        is_accepted and coalesce(accepted_at < known_before_at, true) as is_accepted,
        {{ to_shop_date('accepted_at', 'time_zone_name') }} as accepted_date
    from receipts
),

-- Receipts that state no quantity stand for the rest of the request, if all of them are accepted.
grouped as (
    select
        return_line_id,
        count(case when received_count is null and not is_accepted then 1 end) as refused_count,
        cast(coalesce(sum(received_count), 0) as bigint) as stated_count
    from known
    group by return_line_id
),

requests as (
    select
        return_line_id,
        requested_count
    from {{ ref('int_return_lines_joined_to_receipts') }}
    where has_request
),

days as (
    select
        return_line_id,
        accepted_date,
        coalesce(sum(received_count), 0) as stated_count,
        count(case when received_count is null then 1 end) as unstated_count
    from known
    where is_accepted
    group by return_line_id, accepted_date
),

filled as (
    select
        days.return_line_id,
        days.accepted_date,
        days.stated_count,
        case
            when
                days.unstated_count > 0
                and grouped.refused_count = 0
                and row_number() over (
                    partition by days.return_line_id, days.unstated_count > 0
                    order by days.accepted_date nulls first
                ) = 1
                then greatest(coalesce(requests.requested_count, 1) - grouped.stated_count, 0)
            else 0
        end as filled_count
    from days
    inner join grouped on days.return_line_id = grouped.return_line_id
    left join requests on days.return_line_id = requests.return_line_id
),

final as (
    select
        return_line_id,
        cast(stated_count + filled_count as bigint) as accepted_count,
        cast(
            sum(stated_count + filled_count) over (
                partition by return_line_id
                order by accepted_date nulls first
                rows between unbounded preceding and current row
            ) as bigint
        ) as accepted_until_count,
        accepted_date,
        lead(accepted_date) over (
            partition by return_line_id
            order by accepted_date nulls first
        ) as next_accepted_date
    from filled
)

select * from final
