with

months as (
    select
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

refunds as (
    select
        fee_part_code,
        fee_amount,
        is_ended,
        is_entered_by_hand,
        begun_date
    from {{ ref('int_refunds_followed_to_rails') }}
),

told as (
    select case when count(*) = 0 then 'refunds' end as missing_name
    from refunds
),

ended as (
    select
        refunds.fee_part_code,
        refunds.fee_amount,
        refunds.is_entered_by_hand
    from refunds
    cross join months
    where refunds.is_ended and refunds.begun_date between months.first_date and months.last_date
),

fees as (
    select
        fee_part_code as part_code,
        count(case when fee_amount is null then 1 end) as case_count,
        sum(coalesce(fee_amount, 0)) as recorded_amount
    from ended
    group by fee_part_code
),

entered as (
    select count(*) as case_count
    from ended
    where is_entered_by_hand
),

final as (
    select
        parts.part_code,
        told.missing_name,
        case
            when parts.part_code in ('refund_entry', 'second_checks') then entered.case_count
            else coalesce(fees.case_count, 0)
        end as case_count,
        cast(coalesce(fees.recorded_amount, 0) as double) as recorded_quantity
    from {{ ref('leak_parts') }} as parts
    cross join told
    cross join entered
    left join fees on parts.part_code = fees.part_code
    where parts.hole_code = 'refunds' and parts.part_code <> 'refund_contacts'
)

select * from final
