with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

return_lines as (
    select
        return_line_id,
        returned_net_amount,
        returned_count
    from {{ ref('fct_return_lines') }}
),

receipts as (
    select
        return_line_id,
        grade_code,
        arrived_count,
        is_restocked,
        is_written_off,
        received_date,
        restocked_date
    from {{ ref('int_return_receipts_settled_to_stocks') }}
),

told_goods as (
    select
        case
            when count(*) = 0 then 'return_receipts'
            when count(case when grade_code <> 'ungraded' then 1 end) = 0
                then 'return_receipts.grade'
            when count(case when is_restocked then 1 end) = 0
                then 'return_receipts.restocked_at'
        end as missing_name
    from receipts
),

told_disposals as (
    select
        case
            when count(*) = 0 then 'return_receipts'
            when count(disposition_name) = 0 then 'return_receipts.disposition'
        end as missing_name
    from {{ ref('stg_shop__return_receipts') }}
),

-- Days of the months in question, from 24 hours after the arrival to the shelf.
waits as (
    select
        {{ share_of_amount(
            'return_lines.returned_net_amount',
            'receipts.arrived_count',
            'return_lines.returned_count'
        ) }} as net_amount,
        greatest(
            {{ days_between(
                'greatest(' ~ add_days('receipts.received_date', 1) ~ ', months.first_date)',
                'least(' ~ 'coalesce(receipts.restocked_date, ' ~ add_days('shop.as_of_date', 1)
                ~ '), ' ~ add_days('months.last_date', 1) ~ ')'
            ) }}, 0
        ) as waited_days
    from receipts
    cross join shop
    cross join months
    inner join return_lines on receipts.return_line_id = return_lines.return_line_id
    where
        receipts.grade_code = 'A'
        and not receipts.is_written_off
        and receipts.received_date is not null
        and return_lines.returned_count > 0
),

waiting as (
    select coalesce(sum(net_amount * waited_days), 0) as recorded_amount
    from waits
),

disposed as (
    select coalesce(sum(receipts.arrived_count), 0) as case_count
    from receipts
    cross join months
    where
        receipts.is_written_off
        and receipts.received_date between months.first_date and months.last_date
),

final as (
    select
        'waiting_goods' as part_code,
        told_goods.missing_name,
        cast(0 as bigint) as case_count,
        cast(waiting.recorded_amount as double) as recorded_quantity
    from waiting
    cross join told_goods

    union all

    select
        'disposals' as part_code,
        told_disposals.missing_name,
        cast(disposed.case_count as bigint) as case_count,
        cast(0 as double) as recorded_quantity
    from disposed
    cross join told_disposals
)

select * from final
