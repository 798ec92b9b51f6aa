with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

return_lines as (
    select
        return_line_id,
        sku,
        style_id,
        received_count as line_received_count
    from {{ ref('fct_return_lines') }}
    where received_count > 0
),

receipts as (
    select
        receipts.return_line_id,
        receipts.received_count,
        case
            when receipts.graded_at is null or receipts.graded_at < shop.known_before_at
                then receipts.grade_code
        end as grade_code,
        case
            when receipts.graded_at is null or receipts.graded_at < shop.known_before_at
                then lower(receipts.disposition_name)
        end as disposition_name,
        receipts.is_received_day_unknown,
        {{ to_shop_date('receipts.received_at', 'shop.time_zone_name') }} as received_date,
        case
            when receipts.graded_at < shop.known_before_at
                then {{ to_shop_date('receipts.graded_at', 'shop.time_zone_name') }}
        end as graded_date,
        {{ to_shop_date('receipts.restocked_at', 'shop.time_zone_name') }} as restocked_date,
        receipts.received_at,
        case when receipts.restocked_at < shop.known_before_at then receipts.restocked_at end
            as restocked_at
    from {{ ref('stg_shop__return_receipts') }} as receipts
    cross join shop
    where receipts.received_at < shop.known_before_at or receipts.is_received_day_unknown
),

numbered as (
    select
        *,
        sum(coalesce(received_count, 0)) over (partition by return_line_id) as stated_count,
        row_number() over (
            partition by return_line_id
            order by
                case when received_count is null then 0 else 1 end,
                received_at nulls last,
                restocked_at nulls last
        ) as receipt_number
    from receipts
),

-- The first receipt without a quantity stands for what the others leave of the arrived units.
final as (
    select
        numbered.return_line_id,
        return_lines.sku,
        return_lines.style_id,
        coalesce(numbered.grade_code, 'ungraded') as grade_code,
        numbered.disposition_name,
        coalesce(
            numbered.received_count,
            case
                when numbered.receipt_number = 1
                    then return_lines.line_received_count - numbered.stated_count
                else 0
            end
        ) as arrived_count,
        numbered.receipt_number,
        numbered.restocked_at is not null as is_restocked,
        coalesce(
            numbered.disposition_name in (
                'disposal', 'disposed', 'destroyed', 'scrapped', 'written_off', 'write_off', '廃棄'
            ),
            false
        ) as is_written_off,
        numbered.received_date,
        numbered.graded_date,
        case when numbered.restocked_at is not null then numbered.restocked_date end
            as restocked_date,
        numbered.restocked_at
    from numbered
    inner join return_lines on numbered.return_line_id = return_lines.return_line_id
)

select * from final
