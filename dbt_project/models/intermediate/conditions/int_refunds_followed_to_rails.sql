with

shop as (
    select
        time_zone_name,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

dated as (
    select
        refunds.refund_id,
        refunds.method_code,
        refunds.refund_amount,
        refunds.fee_amount,
        refunds.is_paid,
        refunds.is_failed,
        {{ to_shop_date('refunds.initiated_at', 'shop.time_zone_name') }} as initiated_date,
        {{ to_shop_date(
            'coalesce(refunds.initiated_at, refunds.paid_at, refunds.failed_at)',
            'shop.time_zone_name'
        ) }} as begun_date,
        refunds.paid_date
    from {{ ref('fct_refunds') }} as refunds
    cross join shop
),

final as (
    select
        dated.refund_id,
        dated.method_code,
        rails.fee_part_code,
        rails.fee_parameter_name,
        dated.refund_amount,
        dated.fee_amount,
        case
            when
                dated.is_paid
                and dated.initiated_date is not null
                and dated.paid_date is not null
                then greatest({{ days_between('dated.initiated_date', 'dated.paid_date') }}, 0)
        end as waited_days,
        dated.is_paid,
        dated.is_failed,
        coalesce(rails.is_entered_by_hand, false) as is_entered_by_hand,
        -- What is still open has cost nothing yet that anyone knows.
        dated.is_paid or dated.is_failed as is_ended,
        dated.begun_date
    from dated
    left join {{ ref('refund_rails') }} as rails on dated.method_code = rails.method_code
)

select * from final
