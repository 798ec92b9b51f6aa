with

shop as (
    select
        time_zone_name,
        tax_turned_to_code,
        known_before_at
    from {{ ref('int_settings_pivoted_to_shops') }}
),

-- A refund is taxed like the line that it is for, else like its order if that has one rate only.
line_rates as (
    select
        return_lines.return_line_id,
        return_lines.order_id,
        order_lines.tax_rate
    from {{ ref('int_return_lines_joined_to_receipts') }} as return_lines
    inner join shop on shop.tax_turned_to_code is not null
    left join {{ ref('stg_shop__order_lines') }} as order_lines
        on return_lines.order_line_id = order_lines.order_line_id
),

order_rates as (
    select
        order_lines.order_id,
        min(order_lines.tax_rate) as tax_rate
    from {{ ref('stg_shop__order_lines') }} as order_lines
    inner join shop on shop.tax_turned_to_code is not null
    group by order_lines.order_id
    having
        count(*) = count(order_lines.tax_rate)
        and min(order_lines.tax_rate) = max(order_lines.tax_rate)
),

known as (
    select
        refunds.refund_id,
        refunds.return_line_id,
        refunds.order_id,
        refunds.method_code,
        refunds.source_system,
        {{ turn_tax(
            'refunds.refund_amount',
            'coalesce(line_rates.tax_rate, order_rates.tax_rate)',
            'shop.tax_turned_to_code'
        ) }} as refund_amount,
        refunds.fee_amount,
        refunds.is_paid_day_unknown,
        refunds.is_failed_day_unknown,
        shop.time_zone_name,
        coalesce(refunds.initiated_at, refunds.paid_at, refunds.failed_at) as begun_at,
        shop.known_before_at,
        case when refunds.initiated_at < shop.known_before_at then refunds.initiated_at end
            as initiated_at,
        case when refunds.paid_at < shop.known_before_at then refunds.paid_at end as paid_at,
        case when refunds.failed_at < shop.known_before_at then refunds.failed_at end as failed_at
    from {{ ref('stg_shop__refunds') }} as refunds
    cross join shop
    left join line_rates on refunds.return_line_id = line_rates.return_line_id
    left join order_rates
        on coalesce(refunds.order_id, line_rates.order_id) = order_rates.order_id
),

begun as (
    select
        *,
        paid_at is not null or is_paid_day_unknown as has_payment,
        failed_at is not null or is_failed_day_unknown as has_failure
    from known
    where
        begun_at is null
        or begun_at < known_before_at
        or paid_at is not null
        or failed_at is not null
),

judged as (
    select
        *,
        -- A payment that failed is paid only if it was paid again after that.
        has_payment and (not has_failure or coalesce(paid_at > failed_at, false)) as is_paid
    from begun
),

final as (
    select
        refund_id,
        return_line_id,
        order_id,
        method_code,
        source_system,
        refund_amount,
        fee_amount,
        method_code in ('original_payment', 'bank_transfer', 'atm_cash', 'gift_code', 'wallet')
            as is_outside_cash,
        is_paid,
        has_failure and not is_paid as is_failed,
        case when is_paid then {{ to_shop_date('paid_at', 'time_zone_name') }} end as paid_date,
        initiated_at,
        paid_at,
        failed_at
    from judged
)

select * from final
